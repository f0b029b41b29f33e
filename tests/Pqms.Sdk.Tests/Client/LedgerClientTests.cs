using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Transactions;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;
using Pqms.Sdk.Tests.Audit;

namespace Pqms.Sdk.Tests.Client;

public sealed class LedgerClientTests
{
    private static readonly EthereumKey Key = EthereumKey.FromMnemonic(Mnemonic.Development, 3);

    [Fact]
    public async Task EventsAsync_WhenTheNodeRefusesWideRanges_asksForLessAndMissesNothing()
    {
        var ledger = SampleLedgers.Small();
        var file = ledger.ToFile();
        var node = new FakeNode(ledger.Chain) { MaxLogRange = 3 };
        var events = await new LedgerClient(node, SyntheticLedger.Addresses).EventsAsync();
        Assert.Equal(file.Logs.Select(LogPlace.Of), events.Select(e => e.Place));
        Assert.Contains(node.LogRanges, range => range.To - range.From + 1 > 3);
        Assert.True(node.LogRanges.Count < 30, $"{node.LogRanges.Count} questions");
    }

    [Fact]
    public async Task ReportsAsync_GivenALedger_givesTheReportsInOrder()
    {
        var ledger = SampleLedgers.Small();
        ledger.Chain.Close();
        var reports = await new LedgerClient(new FakeNode(ledger.Chain), SyntheticLedger.Addresses).ReportsAsync();
        Assert.Equal([1UL, 2UL, 3UL], reports.Select(report => report.Data.Sequence));
    }

    [Fact]
    public async Task CollectAsync_GivenAChain_makesAFileThatIsAccepted()
    {
        var ledger = SampleLedgers.Small();
        var file = ledger.ToFile();
        var (batches, scenarios) = (file.BatchFinder(), file.ScenarioFinder());
        var collected = await HistoryCollector.CollectAsync(
            new LedgerClient(new FakeNode(ledger.Chain), SyntheticLedger.Addresses),
            (hash, _) => Task.FromResult(batches(hash)),
            (hash, _) => Task.FromResult(scenarios(hash)));
        var result = HistoryVerifier.Verify(collected);
        Assert.Null(result.FirstFault);
        Assert.Equal(31337UL, collected.ChainId);
        Assert.Equal(file.Logs, collected.Logs);
        Assert.Equal(0, result.HeadersRecomputed); // This node leaves out the fields that the hash needs.
    }

    [Fact]
    public async Task RequestAsync_WhenRepeatedWithTheSameTerms_isReadAsSuccess()
    {
        var (client, terms) = Requested(Key.Address);
        var result = await client.RequestAsync(77, terms);
        Assert.Null(result.Receipt);
        Assert.Equal(terms.Hash(), ReservationTerms.Hash(result.Requested.Data.Terms));
    }

    [Fact]
    public async Task RequestAsync_WhenRepeatedWithOtherTerms_namesBothHashes()
    {
        var (client, terms) = Requested(Key.Address);
        var other = terms with { Purpose = 9 };
        var conflict = await Assert.ThrowsAsync<ReservationConflictException>(() => client.RequestAsync(77, other));
        Assert.Equal((terms.Hash(), other.Hash()), (conflict.StoredHash, conflict.GivenHash));
        Assert.Contains(terms.Hash().ToString(), conflict.Message, StringComparison.Ordinal);
        Assert.Contains(other.Hash().ToString(), conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestAsync_WhenTheIdIsAStrangers_namesHim()
    {
        var (client, terms) = Requested(SampleLedgers.Client);
        var conflict = await Assert.ThrowsAsync<ReservationConflictException>(() => client.RequestAsync(77, terms));
        Assert.Contains(SampleLedgers.Client.ToString(), conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeAsync_WithoutASender_saysThatTheClientOnlyReads()
    {
        var client = new LedgerClient(new FakeNode(SampleLedgers.Small().Chain), SyntheticLedger.Addresses);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.TakeAsync(1));
    }

    [Fact]
    public async Task SettleAsync_GivenOtherLinesThanTheReports_refusesBeforeSending()
    {
        var ledger = SampleLedgers.Small();
        ledger.Chain.Close();
        var client = new LedgerClient(new FakeNode(ledger.Chain), SyntheticLedger.Addresses);
        var report = (await client.ReportsAsync())[2];
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => client.SettleAsync(report, [new Line(7, 1)]));
        Assert.Contains(report.Data.Report.LinesHash.ToString(), refused.Message, StringComparison.Ordinal);
    }

    private static (LedgerClient Client, ReservationTerms Terms) Requested(Address by)
    {
        var ledger = new SyntheticLedger();
        ledger.Request(77, by, 2, 600);
        ledger.Chain.Close();
        var node = new FakeNode(ledger.Chain);
        var statusOf = new LedgerContracts(SyntheticLedger.Addresses).Allocation.StatusOf(77);
        node.Answer(statusOf, _ => e => e.WriteUInt((ulong)ReservationStatus.Requested));
        var sender = new TransactionSender(node, Key, 31337, new MemoryTransactionStore());
        var log = LedgerLogs.Decode(ledger.Chain.Logs.Single(l => l.Topics[0]
            == ParticleAllocationContract.ReservationRequestedEvent.Topic0));
        var terms = ReservationTerms.FromTerms(((ReservationRequested)log!).Data.Terms);
        return (new LedgerClient(node, SyntheticLedger.Addresses, sender), terms);
    }
}
