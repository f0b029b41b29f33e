using Pqms.Node.Settings;

namespace Pqms.Node.Tests.Settings;

public sealed class SettingsReaderTests
{
    private const string File = """{ "chainPort": 9001, "apiPort": "9002", "dataFolder": "from-file" }""";

    [Theory]
    [InlineData("7001", "8001", "7001", "flag --chain-port")]
    [InlineData(null, "8001", "8001", "environment PQMS_CHAIN_PORT")]
    [InlineData(null, null, "9001", "file config.json")]
    public void Read_GivenSeveralSources_prefersFlagThenEnvironmentThenFile(
        string? flag, string? variable, string value, string source)
    {
        var settings = Read(new() { ["chainPort"] = flag }, new() { ["PQMS_CHAIN_PORT"] = variable }, File);

        var found = settings.All.Single(entry => entry.Definition == SettingTable.ChainPort);
        Assert.Equal((value, source), (found.Value, found.Source));
    }

    [Fact]
    public void Read_GivenNothing_isTheDefaultAndSaysSo()
    {
        var settings = Read([], [], null);

        Assert.Equal(8545, settings.Number(SettingTable.ChainPort));
        Assert.False(settings.IsSet(SettingTable.ChainPort));
        Assert.All(settings.All, entry => Assert.Equal("default", entry.Source));
    }

    [Theory]
    [InlineData("""{ "privateKey": "0x12" }""", "do not belong in a configuration file")]
    [InlineData("""{ "mnemonic": "test test" }""", "do not belong in a configuration file")]
    [InlineData("""{ "chainport": 1 }""", "unknown setting 'chainport'")]
    [InlineData("""{ "chainPort": true }""", "neither text nor number")]
    [InlineData("""[1]""", "one JSON object")]
    [InlineData("""{ "chainPort": """, "not JSON")]
    public void Read_GivenBrokenFile_namesFileAndFault(string file, string part)
    {
        var refused = Assert.Throws<RefusedException>(() => Read([], [], file)).Refusal;

        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.StartsWith("config.json", refused.What);
        Assert.Contains(part, refused.What);
        Assert.NotEmpty(refused.Next);
    }

    [Theory]
    [InlineData("chainPort", "0")]
    [InlineData("chainPort", "65536")]
    [InlineData("chainPort", "+80")]
    [InlineData("chainUrl", "localhost:8545")]
    [InlineData("chainUrl", "ftp://example.org")]
    [InlineData("account", "root")]
    [InlineData("blockMilliseconds", "99")]
    public void Read_GivenValueOutOfRange_namesValueAllowedAndSource(string name, string value)
    {
        var refused = Assert.Throws<RefusedException>(() => Read(new() { [name] = value }, [], null)).Refusal;

        Assert.Contains($"{name} = '{value}' (from flag --", refused.What);
        Assert.NotEmpty(refused.Allowed);
    }

    [Fact]
    public void Names_GivenCamelCase_followTheOneRule()
    {
        Assert.Equal("--chain-url", SettingTable.ChainUrl.Flag);
        Assert.Equal("PQMS_BLOCK_MILLISECONDS", SettingTable.BlockMilliseconds.EnvironmentName);
        Assert.Equal(SettingTable.All.Count, SettingTable.All.Select(entry => entry.Name).Distinct().Count());
        Assert.All(SettingTable.All, entry => Assert.True(entry.Default.Length == 0 || entry.Accepts(entry.Default)));
    }

    private static SettingsReader Read(
        Dictionary<string, string?> flags, Dictionary<string, string?> environment, string? file) =>
        SettingsReader.Read(flags, name => environment.GetValueOrDefault(name), "config.json", file);
}
