using System.IO.Compression;
using System.Text;
using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Tests.Audit;

public sealed class HistoryFileTests
{
    [Fact]
    public async Task ReadAsync_GivenAWrittenFile_isAcceptedWithEveryHeaderRecomputed()
    {
        var file = SampleLedgers.Small().ToFile();
        using var stream = new MemoryStream();
        await file.WriteAsync(stream);
        stream.Position = 0;
        var read = await HistoryFile.ReadAsync(stream);
        var result = HistoryVerifier.Verify(read);
        Assert.Null(result.FirstFault);
        Assert.Equal(file.Headers.Count, result.HeadersRecomputed);
        Assert.Equal(file.Logs, read.Logs);
        Assert.Equal(3, result.History!.Reports.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"pqms-history\"}")]
    [InlineData("{\"format\":\"other\",\"version\":1}")]
    public async Task ReadAsync_GivenOtherContent_isRefusedWithAReason(string json)
    {
        using var stream = new MemoryStream();
        await using (var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes(json));
        }

        stream.Position = 0;
        await Assert.ThrowsAsync<FormatException>(() => HistoryFile.ReadAsync(stream));
    }

    [Fact]
    public async Task ReadAsync_GivenNoGzip_isRefused() =>
        await Assert.ThrowsAsync<FormatException>(() => HistoryFile.ReadAsync(new MemoryStream([1, 2, 3, 4])));

    [Fact]
    public void Verify_WhenForged_namesTheFirstFault()
    {
        var file = SampleLedgers.Small().ToFile();
        var report = file.Logs.ToList().FindIndex(log => log.Topics[0] == ReportHubContract.ReportAcceptedEvent.Topic0);
        Refused("does not follow", file with { Headers = [.. file.Headers.Where((_, i) => i != 4)] });
        Refused("do not hash", file with { Headers = Replace(file.Headers, 3, h => h with { Hash = Bytes32.Zero }) });
        Refused(
            "not those", file with { Headers = Replace(file.Headers, 3, h => h with { Timestamp = h.Timestamp + 1 }) });
        Refused("genesis", file with { GenesisHash = Bytes32.Zero });
        Refused("must begin", file with { Headers = [.. file.Headers.Skip(2)] });
        Refused("among the headers", With(file, 5, log => log with { BlockHash = Bytes32.Zero }));
        Refused("bloom", With(file, report, log => log with { Topics = [.. log.Topics[..^1], file.GenesisHash] }));
        Refused("no batch", file with { Batches = [.. file.Batches.Skip(1)] });
        Refused("scenario", file with { Scenarios = [] });
        Refused("out of order", file with { Logs = [file.Logs[1], file.Logs[0], .. file.Logs.Skip(2)] });
    }

    [Fact]
    public void Verify_WhenALogIsOfAStranger_refuses()
    {
        var file = SampleLedgers.Small().ToFile();
        var forged = With(file, 5, log => log with { Address = SyntheticLedger.Account(99) });
        Assert.False(HistoryVerifier.Verify(forged).Accepted);
    }

    private static void Refused(string reason, HistoryFile file)
    {
        var result = HistoryVerifier.Verify(file);
        Assert.NotNull(result.FirstFault);
        Assert.Contains(reason, result.FirstFault.ToString(), StringComparison.Ordinal);
    }

    private static HistoryFile With(HistoryFile file, int index, Func<LogEntry, LogEntry> change) =>
        file with { Logs = Replace(file.Logs, index, change) };

    private static T[] Replace<T>(IReadOnlyList<T> items, int index, Func<T, T> change) =>
        [.. items.Select((item, i) => i == index ? change(item) : item)];
}
