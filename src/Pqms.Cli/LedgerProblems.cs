using System.Globalization;
using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;

namespace Pqms.Cli;

/// <summary>What a person is told when the ledger reverts: the value, the allowed range, the next step.</summary>
internal static class LedgerProblems
{
    private static readonly Func<byte[], Refusal?>[] Table =
    [
        .. RequestValues(), .. RequestMoneyAndTime(), .. Lives(), .. Others(),
    ];

    private delegate bool TryDecode<T>(ReadOnlySpan<byte> revertData, out T error);

    /// <summary>Explains revert data.</summary>
    /// <param name="reverted">What the chain answered.</param>
    public static Refusal Explain(RevertException reverted)
    {
        foreach (var entry in Table)
        {
            if (entry(reverted.RevertData) is { } refusal)
            {
                return refusal with { What = $"{refusal.What} [{NameOf(reverted)}]" };
            }
        }

        return new Refusal($"the ledger refused: {reverted.Message}", "", "'pqms status' shows the ledger's state");
    }

    private static string NameOf(RevertException reverted) =>
        (reverted.Decoded ?? LedgerErrors.Decode(reverted.RevertData))?.Name ?? "unknown error";

    private static IEnumerable<Func<byte[], Refusal?>> RequestValues() =>
    [
        On<Allocation.UnknownPoolError>(Allocation.UnknownPoolError.TryDecode, e => new Refusal(
            $"pool {e.Pool} is unknown", "an id or name that 'pqms pools' lists", "pqms pools")),
        On<Allocation.PoolIsolatedError>(Allocation.PoolIsolatedError.TryDecode, e => new Refusal(
            $"pool {e.Pool} is isolated and takes no new requests", "a pool that 'pqms pools' shows as open",
            "choose another pool, or wait until the guardian opens it")),
        On<Allocation.FidelityOutOfRangeError>(Allocation.FidelityOutOfRangeError.TryDecode, e => new Refusal(
            $"minimum fidelity {Fraction(e.Value)} is out of range",
            $"above {Fraction(e.FloorExclusive)} (a Werner pair is separable there) up to the pool's class "
                + Fraction(e.Ceiling),
            "lower --fidelity, or choose a pool of a better class with 'pqms pools'")),
        On<Allocation.SlotsOutOfRangeError>(Allocation.SlotsOutOfRangeError.TryDecode, e => new Refusal(
            $"{e.Value} slots are out of range", $"{e.Min} to {e.Max}", "correct --slots")),
        On<Allocation.CoherenceOutOfRangeError>(Allocation.CoherenceOutOfRangeError.TryDecode, e => new Refusal(
            $"minimum coherence {e.Value} us is out of range", $"0 to {e.Max} us", "correct --coherence")),
        On<Allocation.TakeRateOutOfRangeError>(Allocation.TakeRateOutOfRangeError.TryDecode, e => new Refusal(
            $"{e.Value} takes a minute are out of range", $"0 to {e.Max}", "correct --takes-per-minute")),
        On<Allocation.PriorityOutOfRangeError>(Allocation.PriorityOutOfRangeError.TryDecode, e => new Refusal(
            $"priority {e.Value} is out of range", $"0 (low) to {e.Max} (critical)", "correct --priority")),
        On<Allocation.ClientCapExceededError>(Allocation.ClientCapExceededError.TryDecode, e => new Refusal(
            $"{e.Client} holds {e.Open} open slots; {e.Wanted} more are too many", $"{e.Cap} open slots a client",
            "release a reservation, or ask for fewer slots")),
        On<Allocation.CapacityExceededError>(Allocation.CapacityExceededError.TryDecode, e => new Refusal(
            $"pool {e.Pool} has {e.Free} free slots from {Time(e.Bucket * 900)} on; {e.Wanted} were wanted",
            $"at most {e.Free} slots in that quarter of an hour",
            "ask for fewer slots, another pool or another time ('pqms pools', 'pqms quote')")),
    ];

    private static IEnumerable<Func<byte[], Refusal?>> RequestMoneyAndTime() =>
    [
        On<Allocation.WindowInPastError>(Allocation.WindowInPastError.TryDecode, e => new Refusal(
            $"the window begins at {Time(e.Start)}, which is past",
            $"from the chain's time {Time((ulong)e.NowSeconds)} on, or 0 for now",
            "correct --start; the chain's time is in 'pqms status'")),
        On<Allocation.DurationZeroError>(Allocation.DurationZeroError.TryDecode, _ => new Refusal(
            "the window is empty", "1s to 4h", "correct --duration")),
        On<Allocation.WindowTooLongError>(Allocation.WindowTooLongError.TryDecode, e => new Refusal(
            $"the window of {e.Duration} s is too long", $"at most {e.Max} s (4h)", "shorten --duration")),
        On<Allocation.BeyondHorizonError>(Allocation.BeyondHorizonError.TryDecode, e => new Refusal(
            $"the window ends at {Time((ulong)e.End)}, beyond the calendar",
            $"up to {Time((ulong)e.Latest)} (28 days ahead)",
            "choose an earlier --start")),
        On<Allocation.EscrowTooLowError>(Allocation.EscrowTooLowError.TryDecode, e => new Refusal(
            $"the escrow of {Ether.Format(e.Sent)} is below the price", $"at least {Ether.Format(e.Price)}",
            "raise --escrow, or leave it out to send the price")),
        On<Allocation.MaxCostExceededError>(Allocation.MaxCostExceededError.TryDecode, e => new Refusal(
            $"the price {Ether.Format(e.Price)} is above the maximum cost",
            $"prices up to {Ether.Format(e.MaxCost)} as you set it",
            "raise --max-cost, or ask for fewer slots or less time")),
        On<Allocation.DeadlinePassedError>(Allocation.DeadlinePassedError.TryDecode, e => new Refusal(
            $"the deadline {Time(e.Deadline)} had passed at {Time((ulong)e.NowSeconds)}",
            "a deadline at or after the block's time, or 0 for none", "set a later --deadline and send again")),
        On<Allocation.IdUsedError>(Allocation.IdUsedError.TryDecode, e => new Refusal(
            $"the id {ReservationIds.ToText(e.Id)} was used before with other terms", "an id that nobody used",
            "leave out --id to draw a fresh one")),
        On<Allocation.IdZeroError>(Allocation.IdZeroError.TryDecode, _ => new Refusal(
            "the id 0 is never a reservation", "1 to 2^128 - 1", "leave out --id to draw one")),
        On<Allocation.PausedError>(Allocation.PausedError.TryDecode, _ => new Refusal(
            "bookings are paused", "", "wait until an unpauser clears the bit; refunds and withdrawals go on")),
    ];

    private static IEnumerable<Func<byte[], Refusal?>> Lives() =>
    [
        On<Allocation.NotClientError>(Allocation.NotClientError.TryDecode, e => e.Client == Address.Zero
            ? new Refusal(
                $"{ReservationIds.ToText(e.Id)} is not on this ledger", "an id that was requested",
                "'pqms reservations' lists them")
            : new Refusal(
                $"{e.Caller} is not the client of {ReservationIds.ToText(e.Id)}", $"its client {e.Client} only",
                "sign with the client's key (--keystore, PQMS_PRIVATE_KEY or --account)")),
        On<Allocation.NotActiveError>(Allocation.NotActiveError.TryDecode, e => new Refusal(
            $"{ReservationIds.ToText(e.Id)} is not active: it is {Status(e.Status)}",
            "a reservation that is Granted, from its start to its end", $"pqms audit {ReservationIds.ToText(e.Id)}")),
        On<Allocation.TakeRateExceededError>(Allocation.TakeRateExceededError.TryDecode, e => new Refusal(
            $"{e.Wanted} takes are beyond the entitlement of {ReservationIds.ToText(e.Id)}", $"{e.Available} takes now",
            "take fewer, or wait: the entitlement refills at its takes per minute")),
        On<Allocation.TakeCountZeroError>(Allocation.TakeCountZeroError.TryDecode, _ => new Refusal(
            "0 takes are no take", "at least 1", "correct --count")),
        On<Allocation.WrongStatusError>(Allocation.WrongStatusError.TryDecode, e => new Refusal(
            $"{ReservationIds.ToText(e.Id)} is {Status(e.Status)}, which does not allow this",
            "release: Granted; cancel: Requested, or Granted before its start; expire: Requested; "
                + "refund: Granted or Ended",
            $"pqms audit {ReservationIds.ToText(e.Id)}")),
        On<Allocation.NotYetError>(Allocation.NotYetError.TryDecode, e => new Refusal(
            $"it is too early for {ReservationIds.ToText(e.Id)}", $"from {Time((ulong)e.Until)} on", "try again then")),
    ];

    private static IEnumerable<Func<byte[], Refusal?>> Others() =>
    [
        On<TreasuryContract.NothingToWithdrawError>(TreasuryContract.NothingToWithdrawError.TryDecode, e => new Refusal(
            $"{e.Account} has no credit", "an account with credit ('pqms status')", "nothing to do")),
        On<ReportHubContract.WrongSequenceError>(ReportHubContract.WrongSequenceError.TryDecode, e => new Refusal(
            $"report {e.Sequence} is not the next one", $"sequence {e.Expected}",
            "another oracle was faster, or it was sent before")),
        On<ReportHubContract.WrongHeadError>(ReportHubContract.WrongHeadError.TryDecode, e => new Refusal(
            $"the report follows {e.PreviousHead}", $"the head {e.Expected}",
            "the oracle must rebuild from the chain")),
        On<ReportHubContract.AlreadySettledError>(ReportHubContract.AlreadySettledError.TryDecode, e => new Refusal(
            $"the lines of report {e.Sequence} have been executed", "each report once", "nothing to do")),
        On<ReportHubContract.ChallengeOpenError>(ReportHubContract.ChallengeOpenError.TryDecode, e => new Refusal(
            $"the challenge window of report {e.Sequence} is open", $"from {Time((ulong)e.Until)} on",
            "try again then")),
    ];

    private static Func<byte[], Refusal?> On<T>(TryDecode<T> decode, Func<T, Refusal> say) =>
        data => decode(data, out var error) ? say(error) : null;

    private static string Fraction(uint ppm) => Ppm.FromParts(Math.Min(ppm, Ppm.One)).ToString();

    private static string Status(byte status) => ((ReservationStatus)status).ToString();

    private static string Time(ulong seconds) => seconds > 253_402_300_799UL
        ? seconds.ToString(CultureInfo.InvariantCulture)
        : DateTimeOffset.FromUnixTimeSeconds((long)seconds).ToString("yyyy-MM-dd HH:mm:ss'Z'",
            CultureInfo.InvariantCulture)
            + $" ({seconds})";
}
