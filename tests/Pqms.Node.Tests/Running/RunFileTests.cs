using System.Diagnostics;
using Pqms.Node.Running;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Running;

public sealed class RunFileTests
{
    private static readonly RunFile Own = new(
        Environment.ProcessId, RunFile.OwnStartTicks(), "http://127.0.0.1:8545/", 31337, "0x01",
        "http://127.0.0.1:8560", "/data", "0x02", new RunAddresses("0xa", "0xb", "0xc", "0xd", "0xe", "0xf", 1));

    [Fact]
    public void Read_GivenWrittenFile_isTheSame()
    {
        using var folder = new TemporaryFolder();
        Own.Write(folder.Path);

        Assert.Equal(Own, RunFile.Read(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void Read_GivenBrokenFile_isNone(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("run.json", text);

        Assert.Null(RunFile.Read(folder.Path));
    }

    [Fact]
    public void IsAlive_GivenOwnProcess_isTrue() => Assert.True(Own.IsAlive());

    [Fact]
    public void IsAlive_GivenReusedProcessId_isFalse() =>
        Assert.False((Own with { ProcessStartTicks = Own.ProcessStartTicks - TimeSpan.TicksPerMinute }).IsAlive());

    [Fact]
    public void IsAlive_GivenEndedProcess_isFalse()
    {
        var start = new ProcessStartInfo("dotnet", ["--version"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true
        };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.False((Own with { ProcessId = process.Id }).IsAlive());
    }

    [Fact]
    public void Remove_GivenAnotherProcesssFile_leavesIt()
    {
        using var folder = new TemporaryFolder();
        (Own with { ProcessId = 1 }).Write(folder.Path);
        RunFile.Remove(folder.Path);
        Assert.NotNull(RunFile.Read(folder.Path));

        Own.Write(folder.Path);
        RunFile.Remove(folder.Path);
        Assert.Null(RunFile.Read(folder.Path));
    }
}
