using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Node.Audit;
using Pqms.Node.Hosting;
using Pqms.Sdk;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Leaves;

namespace Pqms.Node.Demo;

/// <summary>Puts together what a reservation came to, from the audit and the transactions' receipts.</summary>
internal sealed class DemoSummary(DemoPlace place, LedgerClient client, ReservationAudit life, PoolInfo pool)
{
    private readonly Dictionary<Bytes32, ulong> _gas = [];

    public async Task<DemoResult> CollectAsync(DemoAudit audit, Steps steps, CancellationToken cancel)
    {
        var events = new List<DemoStep>();
        foreach (var step in life.Life.Steps)
        {
            if (step.Event is { } logged)
            {
                events.Add(new DemoStep(
                    logged.Name, LifeNotes.Of(logged), logged.Place.TransactionHash.ToString(),
                    await GasAsync(logged.Place.TransactionHash, cancel), logged.Place.BlockNumber, step.TimeSeconds));
            }
        }

        return new DemoResult(
            Node(), Reservation(), events, Takes(), await ReportsAsync(cancel), audit,
            new Dictionary<string, double>(steps.Seconds, StringComparer.Ordinal) { ["total"] = steps.TotalSeconds });
    }

    private DemoNode Node() => new(
        place.Session.ChainId, place.Session.Url.ToString(), place.Session.Genesis.ToString(), place.ApiUrl.ToString(),
        place.Scenario.Scenario.Name, place.Scenario.Hash.ToString(), place.Scenario.Scenario.ProfileName,
        place.Scenario.Scenario.Profile.Provenance, place.DataFolder);

    private DemoReservation Reservation()
    {
        var found = life.Life;
        var decision = found.Decision ?? throw new InvalidOperationException("a settled reservation has no decision");
        return new DemoReservation(
            ReservationIds.ToText(found.Id), life.Status.ToString(), found.Client.ToString(), pool.Name,
            found.Terms.Slots, found.Start, found.End, found.BookedEnd, Fraction(found.Terms.FidelityMinPpm),
            found.Terms.TakesPerMinute, ((ReservationPriority)found.Terms.Priority).ToString(), $"{found.Price}",
            $"{found.Price}", $"{found.Paid}", $"{found.Fees}", $"{found.Refund}", $"{found.Penalty}",
            $"{found.Settlement?.Data.Delivered ?? 0}", $"{(found.Settlement is null ? 0 : found.Promised)}",
            new DemoGrant(
                Fraction(decision.FidelityPpm), decision.LifetimeMs / 1e3, decision.RateMicroHz / 1e6,
                Fraction(decision.StandingPpm)));
    }

    private IReadOnlyList<DemoTake> Takes() =>
    [
        .. life.Takes.Where(take => take.Answer is not null).Select(take => Take(take.Answer!,
            (TakeLeaf)take.Answer!.Leaf)),
    ];

    private static DemoTake Take(LeafPlace at, TakeLeaf take) => new(
        take.TakeNumber, take.Result.ToString(), $"{take.PairEntity}:{take.PairCounter}",
        Fraction(take.FidelityEstimatePpm), Fraction(take.FidelityTruePpm),
        (take.AtNanoseconds - take.BornAtNanoseconds) / 1e6, take.SetupNanoseconds / 1e3,
        take.DeliveryNanoseconds / 1e3, at.Report.Data.Sequence, at.Index);

    private async Task<IReadOnlyList<DemoReport>> ReportsAsync(CancellationToken cancel)
    {
        var reports = new List<DemoReport>();
        foreach (var accepted in await client.ReportsAsync(0, default, cancel))
        {
            var report = accepted.Data.Report;
            reports.Add(new DemoReport(
                report.Sequence, report.Count, await GasAsync(accepted.Place.TransactionHash, cancel),
                report.EventsRoot.ToString(), report.StateHash.ToString(), report.ToBlock, accepted.Place.BlockNumber,
                accepted.Place.TransactionHash.ToString()));
        }

        return reports;
    }

    private async Task<ulong> GasAsync(Bytes32 transaction, CancellationToken cancel)
    {
        if (!_gas.TryGetValue(transaction, out var gas))
        {
            gas = (await client.Rpc.GetReceiptAsync(transaction, cancel))?.GasUsed ?? 0;
            _gas[transaction] = gas;
        }

        return gas;
    }

    private static double Fraction(uint ppm) => ppm / 1e6;
}
