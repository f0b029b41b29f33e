using System.Text.Json;
using Pqms.Node.Settings;

namespace Pqms.EndToEnd.Tests.Architecture;

/// <summary>config.example.json, which users copy to config.json, says what is in force without it.</summary>
public sealed class ExampleConfigTests
{
    private static readonly string _path = Path.Combine(Repository.Root, "config.example.json");

    [Fact]
    public void Example_GivenTheSettings_holdsEveryDefault()
    {
        using var example = JsonDocument.Parse(File.ReadAllText(_path));
        var held = example.RootElement.EnumerateObject().ToDictionary(item => item.Name, item => $"{item.Value}");
        var defaults = SettingTable.All.Where(setting => setting.Default.Length > 0)
            .ToDictionary(setting => setting.Name, setting => setting.Default);
        Assert.Equal(defaults, held);
    }

    [Fact]
    public void Example_WhenReadAsConfig_isAccepted()
    {
        var noFlags = new Dictionary<string, string?>();
        var settings = SettingsReader.Read(noFlags, _ => null, _path, File.ReadAllText(_path));
        Assert.All(settings.All.Where(value => value.Definition.Default.Length > 0),
            value => Assert.StartsWith("file ", value.Source, StringComparison.Ordinal));
    }
}
