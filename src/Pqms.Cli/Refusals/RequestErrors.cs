using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using static Pqms.Cli.Refusals.LedgerProblems;

namespace Pqms.Cli.Refusals;

/// <summary>Why a request was refused.</summary>
internal static class RequestErrors
{
    public static IEnumerable<Func<byte[], Refusal?>> Values() =>
    [
        On<Allocation.FidelityOutOfRangeError>(Allocation.FidelityOutOfRangeError.TryDecode, e => new Refusal(
            $"minimum fidelity {Fraction(e.Value)} is out of range",
            $"above {Fraction(e.FloorExclusive)} (a Werner pair is separable there) up to the pool's class "
                + Fraction(e.Ceiling),
            "lower --fidelity, or choose a pool of a better class with 'pqms pools'")),
        On<Allocation.SlotsOutOfRangeError>(Allocation.SlotsOutOfRangeError.TryDecode, e => new Refusal(
            $"{e.Value} slots are out of range",
            $"{e.Min} to {e.Max}",
            "correct --slots")),
        On<Allocation.CoherenceOutOfRangeError>(Allocation.CoherenceOutOfRangeError.TryDecode, e => new Refusal(
            $"minimum coherence {e.Value} us is out of range",
            $"0 to {e.Max} us",
            "correct --coherence")),
        On<Allocation.TakeRateOutOfRangeError>(Allocation.TakeRateOutOfRangeError.TryDecode, e => new Refusal(
            $"{e.Value} takes a minute are out of range",
            $"0 to {e.Max}",
            "correct --takes-per-minute")),
        On<Allocation.PriorityOutOfRangeError>(Allocation.PriorityOutOfRangeError.TryDecode, e => new Refusal(
            $"priority {e.Value} is out of range",
            $"0 (low) to {e.Max} (critical)",
            "correct --priority")),
        On<Allocation.ClientCapExceededError>(Allocation.ClientCapExceededError.TryDecode, e => new Refusal(
            $"{e.Client} holds {e.Open} open slots; {e.Wanted} more are too many",
            $"{e.Cap} open slots a client",
            "release a reservation, or ask for fewer slots")),
        On<Allocation.TooManyReservationsError>(Allocation.TooManyReservationsError.TryDecode, e => new Refusal(
            $"{e.Client} holds {e.Open} open reservations; {e.Wanted} more are too many",
            $"{e.Cap} open reservations a client",
            "release one, or wait until one is settled")),
        On<Allocation.TooSmallError>(Allocation.TooSmallError.TryDecode, e => new Refusal(
            $"{e.SlotSeconds} slot-seconds are too few",
            $"at least {e.Min} slots times seconds",
            "ask for more slots or a longer --duration")),
        On<Allocation.IdUsedError>(Allocation.IdUsedError.TryDecode, e => new Refusal(
            $"the id {ReservationIds.ToText(e.Id)} was used before with other terms",
            "an id that nobody used",
            "leave out --id to draw a fresh one")),
        On<Allocation.IdZeroError>(Allocation.IdZeroError.TryDecode, _ => new Refusal(
            "the id 0 is never a reservation",
            "1 to 2^128 - 1",
            "leave out --id to draw one")),
    ];

    public static IEnumerable<Func<byte[], Refusal?>> MoneyAndTime() =>
    [
        On<Allocation.WindowInPastError>(Allocation.WindowInPastError.TryDecode, e => new Refusal(
            $"the window begins at {Time(e.Start)}, which is past",
            $"from the chain's time {Time(e.NowSeconds)} on, or 0 for now",
            "correct --start; the chain's time is in 'pqms status'")),
        On<Allocation.DurationZeroError>(Allocation.DurationZeroError.TryDecode, _ => new Refusal(
            "the window is empty",
            "1s to 4h",
            "correct --duration")),
        On<Allocation.WindowTooLongError>(Allocation.WindowTooLongError.TryDecode, e => new Refusal(
            $"the window of {e.Duration} s is too long",
            $"at most {e.Max} s (4h)",
            "shorten --duration")),
        On<Allocation.BeyondHorizonError>(Allocation.BeyondHorizonError.TryDecode, e => new Refusal(
            $"the window ends at {Time(e.End)}, beyond the calendar",
            $"up to {Time(e.Latest)} (28 days ahead)",
            "choose an earlier --start")),
        On<Allocation.PriceTooLargeError>(Allocation.PriceTooLargeError.TryDecode, e => new Refusal(
            $"the price of {e.Price} wei is larger than the ledger stores",
            $"up to {Ether.Format(e.Max)}",
            "ask for fewer slots or less time")),
        On<Allocation.MaxCostExceededError>(Allocation.MaxCostExceededError.TryDecode, e => new Refusal(
            $"the price {Ether.Format(e.Price)} is above the maximum cost",
            $"prices up to {Ether.Format(e.MaxCost)} as you set it",
            "raise --max-cost, or ask for fewer slots or less time")),
        On<Allocation.DeadlinePassedError>(Allocation.DeadlinePassedError.TryDecode, e => new Refusal(
            $"the deadline {Time(e.Deadline)} had passed at {Time(e.NowSeconds)}",
            "a deadline at or after the block's time, or 0 for none",
            "set a later --deadline and send again")),
        On<Allocation.PausedError>(Allocation.PausedError.TryDecode, _ => new Refusal(
            "bookings are paused",
            "",
            "wait until an unpauser clears the bit; refunds and withdrawals go on")),
    ];

    public static IEnumerable<Func<byte[], Refusal?>> Groups() =>
    [
        On<Allocation.GroupSizeError>(Allocation.GroupSizeError.TryDecode, e => new Refusal(
            $"a group of {e.Ids} ids and {e.Terms} terms",
            $"2 to {e.Max}, as many ids as terms",
            "name fewer --group, or make several groups")),
        On<Allocation.GroupMixedError>(Allocation.GroupMixedError.TryDecode, e => new Refusal(
            $"request {e.Position} of the group has another window or payer than the first",
            "one start, duration and payer for all",
            "make separate requests")),
        On<Allocation.WrongNonceError>(Allocation.WrongNonceError.TryDecode, e => new Refusal(
            $"the signed request names nonce {e.Nonce} of {e.Client}",
            $"its next nonce {e.Expected}",
            "it was relayed before, or signed too early: sign anew with 'pqms sign-request'")),
        On<Allocation.DeadlineMissingError>(Allocation.DeadlineMissingError.TryDecode, _ => new Refusal(
            "a signed request without a deadline",
            "a deadline after now",
            "sign with --deadline")),
        On<Allocation.BadSignatureError>(Allocation.BadSignatureError.TryDecode, e => new Refusal(
            $"the signature is not {e.Client}'s over these terms",
            "the client's own signature, unchanged terms, this chain and ledger",
            "sign anew with 'pqms sign-request'")),
    ];
}
