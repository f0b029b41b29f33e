using Pqms.Node;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;
using static Pqms.Cli.Refusals.LedgerProblems;

namespace Pqms.Cli.Refusals;

/// <summary>Why the network refused.</summary>
internal static class NetworkErrors
{
    public static IEnumerable<Func<byte[], Refusal?>> Bookings() =>
    [
        On<Network.UnknownPoolError>(Network.UnknownPoolError.TryDecode, e => new Refusal(
            $"pool {e.Id} is unknown",
            "an id or name that 'pqms pools' lists",
            "pqms pools")),
        On<Network.PoolIsolatedError>(Network.PoolIsolatedError.TryDecode, e => new Refusal(
            $"pool {e.Pool} is isolated and takes no new requests",
            "a pool that 'pqms pools' shows as open",
            "choose another pool, or wait until the guardian opens it")),
        On<Network.CapacityExceededError>(Network.CapacityExceededError.TryDecode, e => new Refusal(
            $"pool {e.Pool} has {e.Free} free slots from {Time(e.Bucket * 900)} on; {e.Wanted} were wanted",
            $"at most {e.Free} slots in that quarter of an hour",
            "ask for fewer slots, another pool or another time ('pqms pools', 'pqms price')")),
        On<Network.QuotaExceededError>(Network.QuotaExceededError.TryDecode, e => new Refusal(
            $"the quota of cohort {Cohort(e.Cohort)} in pool {e.Pool} has {e.Free} free slots from "
                + $"{Time(e.Bucket * 900)} on; {e.Wanted} were wanted",
            $"at most {e.Free} slots there; a window that starts within the hour may borrow what is idle",
            "ask for fewer slots, or start within the hour")),
        On<Network.PriceTooHighError>(Network.PriceTooHighError.TryDecode, e => new Refusal(
            $"demand has driven the price of pool {e.Pool} above what is computed",
            "up to e^20 times its floor",
            "wait: the price falls with time ('pqms price')")),
        On<Network.BadWindowError>(Network.BadWindowError.TryDecode, e => new Refusal(
            $"the window {Time(e.Start)} to {Time(e.End)} cannot be booked",
            "1 s to 4 h, not in the past, ending within 28 days",
            "correct --start and --duration")),
        On<Network.NotAllocationError>(Network.NotAllocationError.TryDecode, e => new Refusal(
            $"{e.Caller} is not the allocation contract",
            "the allocation contract only",
            "use 'pqms reserve'")),
        On<Network.MissingRoleError>(Network.MissingRoleError.TryDecode, e => new Refusal(
            $"{e.Caller} lacks the role {Role(e.Needed)}",
            "an account with that role",
            "sign with its key, or ask the admin for 'pqms role set'")),
    ];

    public static IEnumerable<Func<byte[], Refusal?>> Paths() =>
    [
        On<Network.UnknownLinkError>(Network.UnknownLinkError.TryDecode, e => new Refusal(
            $"link {e.Id} is unknown",
            "an id of a registered link",
            "'pqms links' lists them")),
        On<Network.PathLengthError>(Network.PathLengthError.TryDecode, e => new Refusal(
            $"a path of {e.Links} links",
            $"1 to {e.Max} links",
            "correct --path")),
        On<Network.PathBrokenError>(Network.PathBrokenError.TryDecode, e => new Refusal(
            $"link {e.Link} at position {e.Position} does not follow, or the path visits a site twice",
            "links that join without a loop",
            "correct --path")),
        On<Network.PathMissesPoolError>(Network.PathMissesPoolError.TryDecode, e => new Refusal(
            $"the path leads from site {e.From} to site {e.To}, not between the ends of pool {e.Pool}",
            "from one end of the pool to the other",
            "correct --path")),
        On<Network.LinkFullError>(Network.LinkFullError.TryDecode, e => new Refusal(
            $"link {e.Link} has {e.Free} free lanes from {Time(e.Bucket * 900)} on; {e.Wanted} were wanted",
            $"at most {e.Free} lanes in that quarter of an hour",
            "ask for fewer slots, another --path or another time")),
        On<Network.PathStateError>(Network.PathStateError.TryDecode, e => new Refusal(
            e.Reserved ? "this path is reserved already" : "this path is not reserved",
            "each path once for a window, and only its own holder",
            "release the other one first")),
    ];

    public static IEnumerable<Func<byte[], Refusal?>> Registrations() =>
    [
        On<Network.UnknownSiteError>(Network.UnknownSiteError.TryDecode, e => new Refusal(
            $"site {e.Id} is unknown",
            "the id of a registered site",
            "register the site first")),
        On<Network.UnknownKindError>(Network.UnknownKindError.TryDecode, e => new Refusal(
            $"kind {e.Kind} is unknown",
            "an id that 'pqms kinds' lists",
            "register the kind first")),
        On<Network.IdNotNextError>(Network.IdNotNextError.TryDecode, e => new Refusal(
            $"id {e.Id} is not the next one",
            $"{e.Expected}",
            "number new entries in order")),
        On<Network.SameSiteError>(Network.SameSiteError.TryDecode, e => new Refusal(
            $"both ends are site {e.Site}",
            "two different sites",
            "correct the scenario")),
        On<Network.NameLengthError>(Network.NameLengthError.TryDecode, e => new Refusal(
            $"a name of {e.Length} bytes",
            $"1 to {e.Max} bytes",
            "correct the scenario")),
        On<Network.CoordinateOutOfRangeError>(Network.CoordinateOutOfRangeError.TryDecode, e => new Refusal(
            $"the coordinate {e.Value} is out of range",
            $"-{e.Max} to {e.Max} millionths of a degree",
            "correct the scenario")),
        On<Network.LengthZeroError>(Network.LengthZeroError.TryDecode, e => new Refusal(
            $"link {e.Id} has no length",
            "at least 1 m",
            "correct the scenario")),
        On<Network.FidelityOutOfRangeError>(Network.FidelityOutOfRangeError.TryDecode, e => new Refusal(
            $"the fidelity floor {Fraction(e.Value)} is out of range",
            $"above {Fraction(e.FloorExclusive)} up to {Fraction(e.Ceiling)}",
            "correct the scenario")),
        On<Network.CapacityOutOfRangeError>(Network.CapacityOutOfRangeError.TryDecode, e => new Refusal(
            $"a capacity of {e.Value} slots with quantum {e.Quantum} is out of range",
            $"1 to {e.Max} slots, a multiple of the quantum",
            "correct the scenario")),
        On<Network.LanesOutOfRangeError>(Network.LanesOutOfRangeError.TryDecode, e => new Refusal(
            $"{e.Value} lanes are out of range",
            $"1 to {e.Max}",
            "correct the scenario")),
        On<Network.PriceOutOfRangeError>(Network.PriceOutOfRangeError.TryDecode, e => new Refusal(
            $"a price floor of {e.Value} wei is out of range",
            $"1 to {e.Max} wei",
            "correct the scenario")),
        On<Network.OneEndOnlyError>(Network.OneEndOnlyError.TryDecode, e => new Refusal(
            $"a kind with one end cannot have the second end {e.B}",
            "no second end",
            "correct the scenario")),
        On<Network.BadQuotasError>(Network.BadQuotasError.TryDecode, e => new Refusal(
            $"quotas of {e.Sum} slots in a pool of {e.Capacity}",
            $"at most the capacity, in multiples of {e.Quantum}",
            "lower the quotas; 'pqms quota list' shows them")),
        On<Network.ProviderZeroError>(Network.ProviderZeroError.TryDecode, e => new Refusal(
            $"pool {e.Id} has no provider",
            "an account",
            "name one with --provider-address")),
    ];

    private static string Cohort(byte cohort) =>
        Name(["open", "research", "commercial", "education", "humanitarian"], cohort);
}
