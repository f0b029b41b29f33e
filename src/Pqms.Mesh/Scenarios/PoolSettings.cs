using Pqms.Physics.Purification;

namespace Pqms.Mesh.Scenarios;

/// <summary>When a pool makes its pairs.</summary>
public enum PoolMode
{
    /// <summary>Before they are asked for: the pool is kept filled.</summary>
    Standby = 0,

    /// <summary>When they are asked for: the reactive baseline; memories are reserved along the path per
    /// request.</summary>
    OnDemand = 1,
}

/// <summary>Which standing pair a take gets.</summary>
public enum TakeOrder
{
    /// <summary>The one whose estimate is best.</summary>
    YoungestFirst = 0,

    /// <summary>The one whose estimate is worst.</summary>
    OldestFirst = 1,
}

/// <summary>When a standing pair is discarded.</summary>
public enum CutOffKind
{
    /// <summary>When its own estimate reaches the pool's floor.</summary>
    Floor = 0,

    /// <summary>At a fixed age after birth.</summary>
    Hard = 1,

    /// <summary>After an exponentially distributed lifetime.</summary>
    Exponential = 2,
}

/// <summary>In which order the spans of a route are joined.</summary>
public enum SwapOrder
{
    /// <summary>All at once, when every span holds a pair.</summary>
    Together = 0,

    /// <summary>As soon as a repeater holds pairs to both sides.</summary>
    Asap = 1,

    /// <summary>By doubling: two segments are joined only when both span their half of a balanced tree.</summary>
    Nested = 2,
}

/// <summary>What a route is chosen by.</summary>
public enum RouteBy
{
    /// <summary>The best pairs: least sum of -ln w.</summary>
    Fidelity = 0,

    /// <summary>The most pairs, among the four best routes whose fresh pairs are predicted above the floor.</summary>
    Rate = 1,
}

/// <summary>Who takes pairs of a pool besides the reservations of the chain.</summary>
public enum DemandKind
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>Requests arrive at random at a constant rate.</summary>
    Poisson = 1,

    /// <summary>One request per slot with a probability.</summary>
    Slotted = 2,

    /// <summary>Every pair is taken when it is born.</summary>
    Saturated = 3,
}

/// <summary>What one pool has beside its ends, class and slots; the defaults are those of the format.</summary>
public sealed record PoolSettings
{
    /// <summary>A standby pool, youngest first, cut off at the floor, without purification, demand or VQN.</summary>
    public static PoolSettings Default { get; } = new();

    /// <summary>When pairs are made.</summary>
    public PoolMode Mode { get; init; }

    /// <summary>Which pair a take gets.</summary>
    public TakeOrder Order { get; init; }

    /// <summary>When a standing pair is discarded.</summary>
    public CutOffKind CutOff { get; init; }

    /// <summary>Age (hard) or mean lifetime (exponential) in s, in [1e-9, 1e8]; not used by the floor.</summary>
    public double CutOffSeconds { get; init; }

    /// <summary>K, places to fill, 1 to 1,000,000; null for ceil(stock factor x slots).</summary>
    public int? Places { get; init; }

    /// <summary>How the spans are joined.</summary>
    public SwapOrder SwapOrder { get; init; }

    /// <summary>Purification; none unless given.</summary>
    public PurifySettings Purify { get; init; } = PurifySettings.None;

    /// <summary>Who takes pairs; nobody unless given.</summary>
    public DemandSettings Demand { get; init; } = DemandSettings.None;

    /// <summary>Virtual quantum network of the pool's pairs; empty for the common one.</summary>
    public string Vqn { get; init; } = "";

    /// <summary>Weight in the division of memories, in [1e-6, 1000]; 1 unless given.</summary>
    public double Weight { get; init; } = 1.0;

    /// <summary>
    /// Whether a use asks for the lower bound of the estimate instead of its point, and gives worse pairs up; false
    /// unless given.
    /// </summary>
    public bool Gate { get; init; }

    /// <summary>How long a place stays occupied after a take (readout and reset) in s, in [0, 3600]; 0 unless
    /// given.</summary>
    public double TakeSeconds { get; init; }

    /// <summary>Memories per span that one request of an on-demand pool reserves, 0 to 4,096; 0 for all.</summary>
    public int PathMemories { get; init; }

    /// <summary>What the route is chosen by; fidelity unless given.</summary>
    public RouteBy RouteBy { get; init; }

    /// <summary>Disjoint routes to keep ready besides the first, 0 or 1; 0 unless given.</summary>
    public int BackupRoutes { get; init; }
}

/// <summary>How a pool purifies.</summary>
/// <param name="Protocol">Circuit of every round.</param>
/// <param name="ArrivalProbability">
/// q: probability that a pair which arrives at a full pool purifies the pair that a take would get last, in [0, 1];
/// otherwise it is dropped.
/// </param>
/// <param name="PumpingRounds">Rounds with further new pairs before a pair is put into the stock, 0 to 8.</param>
/// <param name="LinkRounds">Rounds on the pairs of every span before the first swap, 0 to 4.</param>
public sealed record PurifySettings(
    PurificationProtocol Protocol, double ArrivalProbability, int PumpingRounds, int LinkRounds)
{
    /// <summary>No purification.</summary>
    public static PurifySettings None { get; } = new(PurificationProtocol.None, 0.0, 0, 0);
}

/// <summary>A stream of requests for single pairs, generated by the scenario instead of the chain.</summary>
/// <param name="Kind">How requests arrive.</param>
/// <param name="RatePerSecond">Requests per second of <see cref="DemandKind.Poisson"/>, in [1e-8, 1e9].</param>
/// <param name="SlotSeconds">Length of a slot of <see cref="DemandKind.Slotted"/> in s, in [1e-9, 1e6].</param>
/// <param name="Probability">Probability of a request per slot, in (0, 1]; the mean time between requests is at most
/// 1e8 s.</param>
/// <param name="Waits">Whether a request that finds no pair waits, first come first served, or is lost.</param>
/// <param name="IsProbe">Whether requests only look at a pair and leave it in the pool; not if they wait.</param>
/// <param name="QueueLimit">Most requests that wait, 1 to 1,000,000; a further one is lost.</param>
public sealed record DemandSettings(
    DemandKind Kind,
    double RatePerSecond = 0.0,
    double SlotSeconds = 1.0,
    double Probability = 0.0,
    bool Waits = false,
    bool IsProbe = false,
    int QueueLimit = 10_000)
{
    /// <summary>No requests.</summary>
    public static DemandSettings None { get; } = new(DemandKind.None);
}

/// <summary>A reservation that the scenario itself asks for, as a trace of demand.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="AtSeconds">Start after the era's start in s, 0 to 1e9.</param>
/// <param name="DurationSeconds">Length in s, 1 to 14,400.</param>
/// <param name="Slots">Standing places, 1 to 32,767.</param>
/// <param name="TakesPerMinute">Entitlement to takes, 0 to 1,000,000; taken evenly over the window.</param>
public sealed record ScenarioReservation(
    string Pool, int AtSeconds, int DurationSeconds, int Slots, int TakesPerMinute);
