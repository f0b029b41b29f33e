using Pqms.Ethereum;
using Pqms.Node;
using Inventory = Pqms.Sdk.Contracts.ParticleInventoryContract;
using static Pqms.Cli.Refusals.LedgerProblems;

namespace Pqms.Cli.Refusals;

/// <summary>Why the inventory refused.</summary>
internal static class InventoryErrors
{
    public static IEnumerable<Func<byte[], Refusal?>> Kinds() =>
    [
        On<Inventory.UnknownKindError>(Inventory.UnknownKindError.TryDecode, e => new Refusal(
            $"kind {e.Kind} is unknown",
            "an id that 'pqms kinds' lists",
            "pqms kinds")),
        On<Inventory.IdNotNextError>(Inventory.IdNotNextError.TryDecode, e => new Refusal(
            $"kind {e.Id} is not the next one",
            $"{e.Expected}",
            "number new kinds in order")),
        On<Inventory.BadKindError>(Inventory.BadKindError.TryDecode, e => new Refusal(
            $"a kind of category {e.Category} and dimension {e.Dimension}",
            "a category, and 2 to 1,024; qubits, pairs and magic states 2",
            "correct the kind")),
        On<Inventory.GradeOutOfRangeError>(Inventory.GradeOutOfRangeError.TryDecode, e => new Refusal(
            $"isolation grade {e.Value} is out of range",
            $"0 to {e.Max}",
            "correct the kind")),
        On<Inventory.NameLengthError>(Inventory.NameLengthError.TryDecode, e => new Refusal(
            $"a name of {e.Length} bytes",
            $"{e.Min} to {e.Max} bytes",
            "choose another name")),
        On<Inventory.MissingRoleError>(Inventory.MissingRoleError.TryDecode, e => new Refusal(
            $"{e.Caller} lacks the role {Role(e.Needed)}",
            "an account with that role",
            "sign with its key, or ask the admin for 'pqms role set'")),
        On<Inventory.NotProviderError>(Inventory.NotProviderError.TryDecode, e => new Refusal(
            $"{e.Caller} is no active provider",
            "a registered provider",
            "'pqms bond add', then 'pqms provider register'")),
        On<Inventory.BondTooLowError>(Inventory.BondTooLowError.TryDecode, e => new Refusal(
            $"{e.Provider} has a free bond of {Ether.Format(e.Free)}",
            $"at least {Ether.Format(e.Min)}",
            "'pqms bond add' raises it")),
    ];

    public static IEnumerable<Func<byte[], Refusal?>> Lots() =>
    [
        On<Inventory.IdUsedError>(Inventory.IdUsedError.TryDecode, e => new Refusal(
            $"the id {e.Id} was used before, or is zero",
            "an id that nobody used",
            "leave out --id to draw a fresh one")),
        On<Inventory.CountZeroError>(Inventory.CountZeroError.TryDecode, _ => new Refusal(
            "a count of nothing",
            "at least 1",
            "correct --count")),
        On<Inventory.FidelityOutOfRangeError>(Inventory.FidelityOutOfRangeError.TryDecode, e => new Refusal(
            $"fidelity {Fraction(e.Value)} is out of range",
            $"above {Fraction(e.FloorExclusive)} up to {Fraction(e.Ceiling)}",
            "correct --fidelity")),
        On<Inventory.TimeOutOfRangeError>(Inventory.TimeOutOfRangeError.TryDecode, e => new Refusal(
            $"the time {Time(e.Value)} is out of range",
            $"{Time(e.Earliest)} to {Time(e.Latest)}",
            "correct the time; the chain's time is in 'pqms status'")),
        On<Inventory.BadProvenanceError>(Inventory.BadProvenanceError.TryDecode, e => new Refusal(
            $"the evidence {e.Provenance} is zero, or another lot named it",
            "evidence of its own for each lot",
            "name another --provenance")),
        On<Inventory.WrongStepError>(Inventory.WrongStepError.TryDecode, e => new Refusal(
            $"lot {e.Id} cannot go from {Lot(e.From)} to {Lot(e.To)}, or evidence is missing",
            "produced, available, reserved, active, consumed or expired, retired; in this order",
            "'pqms lots show' shows where it stands")),
        On<Inventory.NotOwnerError>(Inventory.NotOwnerError.TryDecode, e => new Refusal(
            $"{e.Caller} is not the provider of lot {e.Id}",
            e.Owner == Address.Zero ? "a registered lot" : $"{e.Owner}",
            "sign with the provider's key")),
    ];

    public static IEnumerable<Func<byte[], Refusal?>> Orders() =>
    [
        On<Inventory.UnknownPoolError>(Inventory.UnknownPoolError.TryDecode, e => new Refusal(
            $"pool {e.Pool} is unknown",
            "an id or name that 'pqms pools' lists",
            "pqms pools")),
        On<Inventory.WrongPoolError>(Inventory.WrongPoolError.TryDecode, e => new Refusal(
            $"pool {e.Pool} does not hold kind {e.Kind}",
            "a pool of that kind",
            "'pqms pools' and 'pqms kinds' list them")),
        On<Inventory.WrongStatusError>(Inventory.WrongStatusError.TryDecode, e => new Refusal(
            $"order {e.Id} is {Order(e.Status)}, which does not allow this",
            "accept, withdraw: open; deliver, fail: accepted",
            $"pqms order show {e.Id}")),
        On<Inventory.NotBuyerError>(Inventory.NotBuyerError.TryDecode, e => new Refusal(
            $"{e.Caller} is not the buyer of order {e.Id}",
            e.Buyer == Address.Zero ? "an order that was opened" : $"{e.Buyer}",
            "sign with the buyer's key")),
        On<Inventory.RateExceededError>(Inventory.RateExceededError.TryDecode, e => new Refusal(
            $"accepted orders would ask for {e.Asked} of kind {e.Kind} in this hour",
            $"{e.MaxPerHour} an hour",
            "accept it in the next hour")),
        On<Inventory.TooLateError>(Inventory.TooLateError.TryDecode, e => new Refusal(
            $"the time of order {e.Id} was over at {Time(e.DeliverBy)}",
            "until then",
            "the buyer may withdraw it, or anybody fail it")),
        On<Inventory.NotYetError>(Inventory.NotYetError.TryDecode, e => new Refusal(
            $"it is too early for order {e.Id}",
            $"from {Time(e.Until)} on",
            "try again then")),
        On<Inventory.NotProvenError>(Inventory.NotProvenError.TryDecode, e => new Refusal(
            $"report {e.Sequence} does not prove its leaf {e.Index}, or is not final yet",
            "a leaf of an accepted report whose challenge window is over",
            "wait for the challenge window, or name another leaf")),
        On<Inventory.WrongLeafError>(Inventory.WrongLeafError.TryDecode, e => new Refusal(
            $"leaf {e.Index} of report {e.Sequence} is for something else, too little, or not good enough",
            "a production of this order, or a counter line of this pool",
            "name another leaf")),
        On<Inventory.BadReservoirError>(Inventory.BadReservoirError.TryDecode, e => new Refusal(
            $"a reservoir with threshold {e.Threshold} and target {e.Target}",
            "a target of at least the threshold",
            "raise the target")),
        On<Inventory.OldStockError>(Inventory.OldStockError.TryDecode, e => new Refusal(
            $"the stock of pool {e.Pool} at {e.PoolSequence} is not newer than what is stored",
            $"above {e.Stored}",
            "nothing to do")),
        On<Inventory.PausedError>(Inventory.PausedError.TryDecode, _ => new Refusal(
            "new orders are paused with bookings",
            "",
            "wait until an unpauser clears the bit")),
    ];

    private static string Lot(byte status) =>
        Name(["none", "produced", "available", "reserved", "active", "consumed", "expired", "retired"], status);

    private static string Order(byte status) =>
        Name(["unknown", "open", "accepted", "delivered", "failed", "withdrawn"], status);
}
