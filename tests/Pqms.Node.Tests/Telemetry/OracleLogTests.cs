using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Node.Telemetry;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Telemetry;

public sealed class OracleLogTests
{
    private readonly List<string> _lines = [];

    [Fact]
    public void Log_GivenTextFormat_isTheMessage()
    {
        Log(LogFormat.Text).Reorganised(30, 5);

        Assert.Equal(["oracle: 5 blocks from 30 on were replaced; the mesh is rebuilt"], _lines);
    }

    [Fact]
    public void Log_GivenJsonFormat_namesEveryValue()
    {
        Log(LogFormat.Json).Mined("report", 7, true, 80_000, 31, Bytes32.Zero);

        using var line = JsonDocument.Parse(Assert.Single(_lines));
        var root = line.RootElement;
        Assert.Equal("Mined", root.GetProperty("event").GetString());
        Assert.Equal("Information", root.GetProperty("level").GetString());
        Assert.Equal(7UL, root.GetProperty("sequence").GetUInt64());
        Assert.Equal(80_000UL, root.GetProperty("gasUsed").GetUInt64());
        Assert.Equal(Bytes32.Zero.ToString(), root.GetProperty("transaction").GetString());
        Assert.True(root.TryGetProperty("time", out _));
    }

    [Fact]
    public void Log_GivenJsonFormatAndHostileText_staysOneLineOfJson()
    {
        Log(LogFormat.Json).Refused(7, "a\"\n\u001b[31m{b}");

        Assert.DoesNotContain('\n', Assert.Single(_lines));
        using var line = JsonDocument.Parse(_lines[0]);
        Assert.Equal("a\"\n\u001b[31m{b}", line.RootElement.GetProperty("reason").GetString());
        Assert.Equal("Warning", line.RootElement.GetProperty("level").GetString());
    }

    [Fact]
    public void Log_GivenAQuietOne_leavesOutOnlyTheRoutine()
    {
        var log = new OracleLog(new LineLogger(_lines.Add, LogFormat.Text, new ManualTime()), quiet: true);

        log.Mined("report", 7, true, 80_000, 31, Bytes32.Zero);
        log.Mined("report", 8, false, 80_000, 32, Bytes32.Zero);

        Assert.Contains("report 8 was reverted", Assert.Single(_lines), StringComparison.Ordinal);
    }

    private OracleLog Log(LogFormat format) =>
        new(new LineLogger(_lines.Add, format, new ManualTime()), quiet: false);
}
