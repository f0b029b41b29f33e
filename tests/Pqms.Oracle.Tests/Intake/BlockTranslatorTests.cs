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
        Bytes.Account("inventory"),
        Bytes.Account("allocation"),
        1);

    private static readonly BlockHeader Header =
        new(7, Bytes.Hash("block"), Bytes.Hash("parent"), 1_800_000_000, 30_000_000, 0, default);

    private static Bytes32 One { get; } = Bytes32.Parse("0x" + new string('0', 63) + "1");

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

    [Fact]
    public void Translate_GivenAGroup_isOneCommandOfAllItsRequests()
    {
        LedgerBlock block = Translate(Group(0, 8, 9), Requested(1, 8), Take(2, 9), Requested(3, 9), Requested(4, 10));
        MeshCommand[] commands = [.. block.Entries.Cast<CommandEntry>().Select(entry => entry.Command)];
        var group = Assert.IsType<RequestGroupCommand>(commands[1]);
        Assert.Equal([8, 9], group.Requests.Select(request => request.ReservationId));
        Assert.Equal((UInt128)10, Assert.IsType<RequestCommand>(commands[2]).ReservationId);
        Assert.Equal([0u, 1u, 2u, 3u, 4u], block.Logs.Select(log => log.LogIndex));
    }

    [Fact]
    public void Translate_WhenAGroupIsNotWhole_throws()
    {
        var fault = Assert.Throws<FormatException>(() => Translate(Group(0, 8, 9), Requested(1, 8)));
        Assert.Contains("resource-id-9", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_GivenAnOrdersLife_isFactsForTheRoster()
    {
        LogEntry accepted = TwoTopics(
            0, Ledger.ParticleInventory, ParticleInventoryContract.OrderAcceptedEvent.Topic0, 7, e =>
            {
                e.WriteUInt(1_800_000_000ul);
                e.WriteUInt(50ul);
            });
        LogEntry failed = Log(
            1, Ledger.ParticleInventory, ParticleInventoryContract.OrderFailedEvent.Topic0, 7, _ => { });
        Assert.Equal(
            [new OrderAcceptedEntry(7), new OrderClosedEntry(7, Failed: true)], Translate(accepted, failed).Entries);
    }

    [Fact]
    public void Translate_GivenDisabledReports_closesTheEra()
    {
        LogEntry log = Log(0, Ledger.ReportHub, ReportHubContract.ReportsDisabledEvent.Topic0, 4, e =>
        {
            e.WriteUInt(6ul);
            e.WriteBytes32(Bytes32.Zero);
        });
        Assert.Equal([new EraClosedEntry(4, 6)], Translate(log).Entries);
    }

    [Fact]
    public void Translate_GivenAReopenedReport_tellsWhich()
    {
        LogEntry log = Log(
            0, Ledger.ReportHub, ReportHubContract.ReportReopenedEvent.Topic0, 4, e => e.WriteUInt(1ul));
        Assert.Equal([new ReportReopenedEntry(4)], Translate(log).Entries);
    }

    private static LedgerBlock Translate(params LogEntry[] logs) => new BlockTranslator(Ledger).Translate(Header, logs);

    private static LogEntry Take(uint index, ulong firstTake) => TwoTopics(
        index, Ledger.ParticleAllocation, ParticleAllocationContract.TakeRequestedEvent.Topic0, 5, e =>
        {
            e.WriteUInt(firstTake);
            e.WriteUInt(2ul);
            e.WriteUInt(1_000ul);
            e.WriteUInt(0ul);
        });

    private static LogEntry Released(uint index) => Log(
        index, Ledger.ParticleAllocation, ParticleAllocationContract.ReservationReleasedEvent.Topic0, 5, e =>
        {
            e.WriteUInt(1_800_000_000ul);
            e.WriteUInt(77ul);
            e.WriteUInt(7ul);
        });

    private static LogEntry Group(uint index, params ulong[] ids) => Log(
        index, Ledger.ParticleAllocation, ParticleAllocationContract.GroupRequestedEvent.Topic0, ids[0],
        e => e.WriteArray(ids, elementIsDynamic: false, static (inner, id) => inner.WriteUInt(id)));

    private static LogEntry Requested(uint index, ulong id)
    {
        LogEntry log = Log(
            index, Ledger.ParticleAllocation, ParticleAllocationContract.ReservationRequestedEvent.Topic0, id, e =>
            {
                new Terms(1, 5, 0, 600, 950_000, 0, 30, 0, 2, 99, 0, Address.Zero).Encode(e);
                e.WriteUInt(1_800_000_000ul);
                e.WriteUInt(1_800_000_600ul);
                e.WriteUInt(99ul);
                e.WriteAddress(Address.Zero);
                e.WriteUInt(0ul);
                e.WriteBool(false);
                e.WriteUInt(5ul);
                e.WriteUInt(1ul);
            });
        return log with { Topics = [.. log.Topics, Bytes32.Zero, One] };
    }

    private static LogEntry TwoTopics(uint index, Address address, Bytes32 topic, ulong id, Action<AbiEncoder> write)
    {
        LogEntry log = Log(index, address, topic, id, write);
        return log with { Topics = [.. log.Topics, Bytes32.Zero] };
    }

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
