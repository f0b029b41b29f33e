using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Ledger;
using Pqms.Sdk.Tests.Audit;

namespace Pqms.Sdk.Tests.Ledger;

public sealed class LedgerLogsTests
{
    private static readonly IReadOnlyList<LogEntry> Logs = SampleLedgers.Small().ToFile().Logs;

    [Fact]
    public void Decode_GivenTheLedgersLogs_givesTypedEventsAtTheirPlaces()
    {
        foreach (var log in Logs)
        {
            var decoded = LedgerLogs.Decode(log, SyntheticLedger.Addresses)!;
            Assert.Equal(LogPlace.Of(log), decoded.Place);
            Assert.Equivalent(decoded, LedgerLogs.Decode(log), strict: true);
        }
    }

    [Fact]
    public void Role_GivenEveryEvent_isCommandForWhatOthersThanReportsChange()
    {
        var roles = typeof(LedgerEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LedgerEvent)) && !type.IsAbstract)
            .ToDictionary(type => type.Name, RoleOf);
        Assert.Equal(61, roles.Count);
        Assert.Equal(
            [
                nameof(GroupRequested), nameof(OrderAccepted), nameof(OrderFailed), nameof(PoolIsolationSet),
                nameof(ReservationCancelled), nameof(ReservationExpired), nameof(ReservationExtended),
                nameof(ReservationRefunded), nameof(ReservationReleased), nameof(ReservationReopened),
                nameof(ReservationRequested), nameof(TakeRequested),
            ],
            roles.Where(pair => pair.Value == LedgerRole.Command).Select(pair => pair.Key).Order(
                StringComparer.Ordinal));
        Assert.Equal(
            [nameof(EraStarted), nameof(ReportsDisabled)],
            roles.Where(pair => pair.Value == LedgerRole.EraBoundary).Select(pair => pair.Key).Order(
                StringComparer.Ordinal));
    }

    [Fact]
    public void Decode_WhenAStrangerEmitsIt_isNotTheLedgers()
    {
        var forged = Logs[2] with { Address = SyntheticLedger.Account(99) };
        Assert.Null(LedgerLogs.Decode(forged, SyntheticLedger.Addresses));
    }

    [Fact]
    public void Decode_WhenAnotherContractOfTheLedgerEmitsIt_isRefused()
    {
        var crossed = Logs[0] with { Address = SyntheticLedger.Addresses.Treasury };
        Assert.Throws<FormatException>(() => LedgerLogs.Decode(crossed, SyntheticLedger.Addresses));
    }

    [Fact]
    public void Decode_WhenTheTopicIsUnknownOrTheValuesAreMalformed_isRefused()
    {
        var unknown = Logs[0] with { Topics = [Bytes32.Zero] };
        Assert.Throws<FormatException>(() => LedgerLogs.Decode(unknown, SyntheticLedger.Addresses));
        Assert.Null(LedgerLogs.Decode(unknown));
        var cut = Logs[0] with { Data = Logs[0].Data[..32] };
        Assert.Throws<FormatException>(() => LedgerLogs.Decode(cut));
    }

    private static LedgerRole RoleOf(Type type)
    {
        var data = Activator.CreateInstance(type.GetProperty("Data")!.PropertyType)!;
        return ((LedgerEvent)Activator.CreateInstance(type, default(LogPlace), data)!).Role;
    }
}
