using System.Diagnostics;
using System.Text.RegularExpressions;
using Pqms.Node.Keys;
using Pqms.Node.Settings;

namespace Pqms.EndToEnd.Tests.Documentation;

/// <summary>The examples for operators name only what there is.</summary>
public sealed partial class ServiceExampleTests
{
    private static readonly string[] Known =
        [.. SettingTable.All.Select(setting => setting.EnvironmentName), KeyRing.PasswordVariable, KeyRing.KeyVariable];

    [Theory]
    [InlineData("pqms-oracle.service", 5)]
    [InlineData("Containerfile", 3)]
    public void Example_GivenItsVariables_namesSettingsThatExist(string file, int atLeast)
    {
        string[] named = [
            .. Variable().Matches(File.ReadAllText(PathOf(file))).Select(match => match.Value).Distinct()];

        Assert.True(named.Length >= atLeast, string.Join(", ", named));
        Assert.Empty(named.Except(Known));
    }

    [SystemdFact]
    public void Unit_GivenSystemdsOwnCheck_hasNoProblem()
    {
        var start = new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", PathOf("pqms-oracle.service")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var check = Process.Start(start)!;
        string said = check.StandardError.ReadToEnd() + check.StandardOutput.ReadToEnd();
        check.WaitForExit();

        Assert.DoesNotContain("pqms-oracle.service", said, StringComparison.Ordinal);
        Assert.Equal(0, check.ExitCode);
    }

    private static string PathOf(string file) => Path.Combine(Repository.Root, "scripts", "service", file);

    [GeneratedRegex("PQMS_[A-Z_]+", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();

    private sealed class SystemdFactAttribute : FactAttribute
    {
        public SystemdFactAttribute()
        {
            if (!File.Exists("/usr/bin/systemd-analyze"))
            {
                Skip = "systemd-analyze is not installed.";
            }
        }
    }
}
