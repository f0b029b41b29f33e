using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;
using Pqms.Oracle.Tests.Simulation;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle.Tests.Settlement;

public sealed class ReportSignerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteJournal _journal;
    private readonly EthereumKey[] _keys = [Storm.Key(3), Storm.Key(1), Storm.Key(2)];
    private Bytes32? _present = Bytes.Hash("block");

    public ReportSignerTests() => _journal = SqliteJournal.Open(_folder.File("j.db"), durable: false);

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task SignAsync_GivenSeveralKeys_ordersByAscendingAddress()
    {
        SealedReport report = Report(1, "block", "a");
        byte[][] signatures = await Signer().SignAsync(report, 0, default, CancellationToken.None);
        Bytes32 digest = Digest().Of(report.Hash, 0, default);
        Address[] signers = [.. signatures.Select(signature => Signature.Recover(digest, Parse(signature)))];
        Assert.Equal(_keys.Select(key => key.Address).Order(), signers);
        Assert.Single(_journal.SignaturesOf(5));
    }

    [Fact]
    public async Task SignAsync_GivenSameReportAgain_signsAgain()
    {
        ReportSigner signer = Signer();
        byte[][] first = await signer.SignAsync(Report(1, "block", "a"), 0, default, CancellationToken.None);
        byte[][] second = await signer.SignAsync(Report(1, "block", "a"), 0, default, CancellationToken.None);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task SignAsync_GivenOtherReportWhileTheFirstBlockStands_refuses()
    {
        await Signer().SignAsync(Report(1, "block", "a"), 0, default, CancellationToken.None);
        OracleException refusal = await Assert.ThrowsAsync<OracleException>(
            () => Signer().SignAsync(Report(1, "block", "b"), 0, default, CancellationToken.None));
        Assert.Contains("still stands", refusal.Message, StringComparison.Ordinal);
        Assert.Single(_journal.SignaturesOf(5));
    }

    [Fact]
    public async Task SignAsync_GivenOtherReportAfterTheFirstBlockWasOrphaned_signs()
    {
        await Signer().SignAsync(Report(1, "block", "a"), 0, default, CancellationToken.None);
        _present = Bytes.Hash("another block");
        await Signer().SignAsync(Report(1, "another block", "b"), 0, default, CancellationToken.None);
        Assert.Equal(2, _journal.SignaturesOf(5).Count);
    }

    [Fact]
    public async Task SignAsync_GivenOtherReportOfALaterEra_signs()
    {
        await Signer().SignAsync(Report(1, "block", "a"), 0, default, CancellationToken.None);
        await Signer().SignAsync(Report(2, "block", "b"), 0, default, CancellationToken.None);
        Assert.Equal(2, _journal.SignaturesOf(5).Count);
    }

    private static SealedReport Report(ulong era, string block, string state)
    {
        var batch = new Batch(era, 5, []);
        Bytes32 none = default;
        var report = new Report(
            era, 5, 77, Bytes.Hash(block), 1000, 0, none, none, Bytes.Hash(state), batch.DataHash, none, none);
        return new SealedReport(report, ReportHashes.OfReport(report), [], [], batch);
    }

    private static Signature Parse(byte[] bytes) => new(
        Bytes32.FromBytes(bytes.AsSpan(0, 32)), Bytes32.FromBytes(bytes.AsSpan(32, 32)), (byte)(bytes[64] - 27));

    private AttestationDigest Digest() =>
        new(FakeChain.ChainId, FakeChain.Hub, 1, [.. _keys.Select(key => key.Address).Order()], 3);

    private ReportSigner Signer() => new(Digest(), _keys, _journal, (_, _) => Task.FromResult(_present));
}
