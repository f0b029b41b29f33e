using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>The hub's rules of void reports and closed eras, as far as the oracle meets them.</summary>
internal static class FakeHub
{
    /// <summary>Makes a report and all later ones void, as <c>disable</c> does.</summary>
    public static FakeTransaction Disable(ulong from) => new($"disable {from}", (state, _) =>
    {
        ulong through = state.Sequence;
        if (from == 0 || from > through)
        {
            return FakeOutcome.Revert(WriteRefusal.Refused, $"report {from} is not held");
        }

        for (ulong sequence = from; sequence <= through; sequence++)
        {
            state.Ring.Remove(sequence);
        }

        state.Sequence = from - 1;
        state.EraClosed = true;
        state.VoidThrough = state.VoidThrough == 0 ? through : state.VoidThrough;
        return FakeOutcome.Done(new EraClosedEntry(from, through));
    })
    { ByOracle = true };

    /// <summary>Takes back what a void report granted, as <c>reopen</c> does: from the last one back, each
    /// once.</summary>
    public static FakeTransaction Reopen(ulong sequence) => new($"reopen {sequence}", (state, _) =>
    {
        if (state.VoidThrough == 0 || state.VoidThrough != sequence)
        {
            return FakeOutcome.Revert(WriteRefusal.AlreadyThere, $"next to reopen is {state.VoidThrough}");
        }

        state.VoidThrough = sequence - 1 > state.Sequence ? sequence - 1 : 0;
        UInt128[] granted =
            [.. state.Grants[sequence].Where(id => state.Reservations[id].Status == FakeStatus.Granted)];
        foreach (UInt128 id in granted)
        {
            state.Reservations[id] = state.Reservations[id] with { Status = FakeStatus.Requested, Decided = 0 };
        }

        return FakeOutcome.Done([new ReportReopenedEntry(sequence), .. granted.Select(id => new ReopenedEntry(id))]);
    })
    { ByOracle = true };

    /// <summary>Accepts a report that no honest oracle computes, as thieves of the signers' keys could hand it
    /// in.</summary>
    public static FakeTransaction AcceptFalse(SealedReport own) => new($"false {own.Hash}", (state, at) =>
    {
        Report body = own.Report with { StateHash = Bytes.Hash("another mesh") };
        return FakeLedger.Accept(state, own with { Report = body, Hash = ReportHashes.OfReport(body) }, at);
    })
    { ByOracle = true };
}
