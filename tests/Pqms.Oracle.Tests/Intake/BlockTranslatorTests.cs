using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Rpc;
using Pqms.Mesh;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Loop;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Tests.Intake;

public sealed class BlockTranslatorTests
{
    private static readonly LedgerAddresses Ledger = new(
        Bytes.Account("registry"),
        Bytes.Account("treasury"),
        Bytes.Account("network"),
        Bytes.Account("hub"),
        Bytes.Account("allocation"),
        1);

    private static readonly BlockHeader Header =
        new(7, Bytes.Hash("block"), Bytes.Hash("parent"), 1_800_000_000, 30_000_000, 0, default);

    [Fact]
    public void Translate_GivenCommandsOutOfOrderAndRepeated_ordersThemByLogAndDropsRepeats()
    {
        LogEntry take = Take(3, 9);
        LedgerBlock block = Translate(take, Released(1), take);
        Assert.Equal(
            [new ReleaseCommand(5), new TakeCommand(5, 9, 2)],
            block.Entries.Cast<CommandEntry>().Select(entry => entry.Command));
        Assert.Equal([1u, 3u], block.Logs.Select(log => log.LogIndex));
        Assert.Equal((7ul, 1_800_000_000ul), (block.Number, block.Timestamp));
    }

    [Fact]
    public void Translate_GivenStrangersLog_passesItOver() =>
        Assert.Empty(Translate(Take(3, 9) with { Address = Bytes.Account("stranger") }).Entries);

    [Fact]
    public void Translate_GivenReportSettled_isAFactOfTheHub()
    {
        LogEntry log = Log(0, Ledger.ReportHub, ReportHubContract.ReportSettledEvent.Topic0, 4, e => e.WriteUInt(1ul));
        Assert.Equal([new SettledEntry(4)], Translate(log).Entries);
    }

    [Fact]
    public void Translate_WhenLogNamesAnotherBlock_throws() =>
        Assert.Throws<FormatException>(() => Translate(Take(3, 9) with { BlockHash = Bytes.Hash("another") }));

    private static LedgerBlock Translate(params LogEntry[] logs) => new BlockTranslator(Ledger).Translate(Header, logs);

    private static LogEntry Take(uint index, ulong firstTake) => Log(
        index, Ledger.ParticleAllocation, ParticleAllocationContract.TakeRequestedEvent.Topic0, 5, e =>
        {
            e.WriteUInt(firstTake);
            e.WriteUInt(2ul);
            e.WriteUInt(1_000ul);
        });

    private static LogEntry Released(uint index) => Log(
        index, Ledger.ParticleAllocation, ParticleAllocationContract.ReservationReleasedEvent.Topic0, 5, e =>
        {
            e.WriteUInt(1_800_000_000ul);
            e.WriteUInt(77ul);
        });

    private static LogEntry Log(uint index, Address address, Bytes32 topic, ulong id, Action<AbiEncoder> write)
    {
        var key = new AbiEncoder();
        key.WriteUInt(id);
        var data = new AbiEncoder();
        write(data);
        Bytes32[] topics = [topic, Bytes32.FromBytes(key.ToArray())];
        return new LogEntry(address, topics, data.ToArray(), 7, Header.Hash, Bytes.Hash("tx"), 0, index);
    }
}
