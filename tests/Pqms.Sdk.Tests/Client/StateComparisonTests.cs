using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Tests.Audit;

namespace Pqms.Sdk.Tests.Client;

public sealed class StateComparisonTests
{
    private readonly LedgerHistory _history;
    private readonly LedgerClient _client;
    private readonly FakeNode _node;
    private readonly ulong _block;

    public StateComparisonTests()
    {
        var ledger = SampleLedgers.Small();
        var file = ledger.ToFile();
        _history = LedgerHistory.Rebuild(file.Events());
        _block = file.Headers[^1].Number;
        _node = new FakeNode(ledger.Chain);
        _client = new LedgerClient(_node, SyntheticLedger.Addresses);
        AnswerHonestly(file.Headers[^1].Timestamp);
    }

    [Fact]
    public async Task CompareAsync_GivenAStateThatTheLogsExplain_findsNothing() =>
        Assert.Empty(await StateComparison.CompareAsync(_client, _history, _block));

    [Fact]
    public async Task CompareAsync_WhenAGetterDiffers_namesBothValues()
    {
        _node.Answer(_client.Contracts.Treasury.CreditOf(default), _ => e => e.WriteUInt(5UL));
        _node.Answer(_client.Contracts.Hub.Head(), _ => e => e.WriteBytes32(Bytes32.Zero));
        var faults = await StateComparison.CompareAsync(_client, _history, _block);
        Assert.Equal(_history.Credits.Count + 1, faults.Count);
        Assert.Contains(faults, fault => fault.Text.Contains("holds 5, its logs give 0", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Rule == AuditRule.Reports);
    }

    private void AnswerHonestly(ulong time)
    {
        var contracts = _client.Contracts;
        _node.Answer(contracts.Allocation.Reservation(0), id => Stored(_history.Lives[Id(id)]).Encode);
        _node.Answer(contracts.Allocation.StatusOf(0),
            id => e => e.WriteUInt((ulong)_history.Lives[Id(id)].StatusAt(time)));
        _node.Answer(contracts.Treasury.CreditOf(default), account => e =>
            e.WriteUInt((UInt256)_history.Credits[Account(account)]));
        _node.Answer(contracts.Treasury.TotalEscrow(), _ => e => e.WriteUInt((UInt256)_history.Money.OpenEscrow));
        _node.Answer(contracts.Treasury.TotalCredits(), _ => e => e.WriteUInt((UInt256)_history.Money.Credits));
        _node.Answer(contracts.Allocation.Booked(0, 0), key => e =>
            e.WriteUInt((ulong)_history.Booked[((uint)Id(key), (ulong)Id(key[32..]))]));
        _node.Answer(contracts.Hub.Sequence(), _ => e => e.WriteUInt(3UL));
        _node.Answer(contracts.Hub.Era(), _ => e => e.WriteUInt(1UL));
        _node.Answer(contracts.Hub.Head(), _ => e => e.WriteBytes32(_history.Head));
    }

    private static Reservation Stored(ReservationLife life) => new(
        life.Client, (byte)life.Status, life.Terms.Pool, life.Terms.Slots, life.Start, life.End, life.RequestedAt,
        life.Terms.FidelityMinPpm, life.Terms.CoherenceMinMicroseconds, life.Terms.TakesPerMinute, life.Terms.Purpose,
        life.Terms.Priority, life.Price, life.Divided is null ? life.Escrow : 0, life.BookedEnd, life.Takes);

    private static UInt128 Id(byte[] words) => new AbiDecoder(words.AsSpan(0, 32)).ReadUInt(128);

    private static Address Account(byte[] words) => new AbiDecoder(words.AsSpan(0, 32)).ReadAddress();
}
