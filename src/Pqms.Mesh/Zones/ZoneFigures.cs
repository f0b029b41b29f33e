using Pqms.Physics.Links;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Zones;

/// <summary>What follows from the settings, the same for every zone.</summary>
internal sealed record ZoneFigures
{
    private const int MostZones = 20_000_000;
    private const int MostPlacesPerZone = 4096;
    private const int MostMemories = 4096;
    private const double LongestTickSeconds = 60.0;

    // A longer life has no births left within the range of ticks that pools count in.
    private const double LongestLifeTicks = 1 << 29;

    // Below it the draw of the number of attempts loses its fine steps, as in scenarios.
    private const double LeastSuccessProbability = 1e-15;

    private ZoneFigures(ZoneMeshSettings settings, DoubleClickLink link)
    {
        Zones = settings.Zones;
        Places = settings.PlacesPerZone;
        Memories = settings.MemoriesPerLinkEnd;
        TakeProbability = settings.TakeProbabilityPerTick;
        StartsFull = settings.StartsFull;
        LossPerTick = 2.0 * settings.TickSeconds / settings.MemorySeconds;
        LnFresh = LnWerner(settings.FreshFidelity);
        LnFloor = LnWerner(settings.FidelityFloor);
        LifeTicks = (LnFresh - LnFloor) / LossPerTick;
        LogFailure = link.LogFailure;
        TicksPerRound = link.AttemptSeconds / settings.TickSeconds;
        double rounds = PortableMath.Floor(settings.TickSeconds / link.AttemptSeconds);
        AttemptsPerTick = (ulong)rounds * (ulong)Memories;
    }

    public int Zones { get; }

    public int Places { get; }

    public double TakeProbability { get; }

    public bool StartsFull { get; }

    /// <summary>What ln w loses in a tick: both memories depolarise.</summary>
    public double LossPerTick { get; }

    public double LnFresh { get; }

    public double LnFloor { get; }

    /// <summary>Ticks from a birth until the pair reaches the floor.</summary>
    public double LifeTicks { get; }

    /// <summary>ln(1 - p) of one attempt.</summary>
    public double LogFailure { get; }

    /// <summary>Attempts of all memories in the whole rounds that fit into a tick.</summary>
    public ulong AttemptsPerTick { get; }

    private int Memories { get; }

    private double TicksPerRound { get; }

    public static ZoneFigures Of(ZoneMeshSettings settings)
    {
        Check(settings.Zones >= 1 && settings.Zones <= MostZones, nameof(settings.Zones), settings.Zones);
        int places = settings.PlacesPerZone;
        Check(places >= 1 && places <= MostPlacesPerZone, nameof(settings.PlacesPerZone), places);
        int memories = settings.MemoriesPerLinkEnd;
        Check(memories >= 1 && memories <= MostMemories, nameof(settings.MemoriesPerLinkEnd), memories);
        double tick = settings.TickSeconds;
        Check(tick > 0.0 && tick <= LongestTickSeconds, nameof(settings.TickSeconds), tick);
        double floor = settings.FidelityFloor;
        Check(floor > 0.25 && floor < 1.0, nameof(settings.FidelityFloor), floor);
        double fresh = settings.FreshFidelity;
        Check(fresh > floor && fresh <= 1.0, nameof(settings.FreshFidelity), fresh);
        double memory = settings.MemorySeconds;
        Check(memory > 0.0 && PortableMath.IsFinite(memory), nameof(settings.MemorySeconds), memory);
        double meters = settings.LinkMeters;
        Check(meters >= 1.0 && PortableMath.IsFinite(meters), nameof(settings.LinkMeters), meters);
        double emit = settings.EmitTimesDetect;
        Check(emit > 0.0 && emit <= 1.0, nameof(settings.EmitTimesDetect), emit);
        double take = settings.TakeProbabilityPerTick;
        Check(take >= 0.0 && take <= 1.0, nameof(settings.TakeProbabilityPerTick), take);
        Fibre fibre = Fibre.Create(meters, settings.AttenuationDbPerKm);
        var figures = new ZoneFigures(
            settings, DoubleClickLink.Create(fibre, emit, settings.AttemptOverheadSeconds));
        Check(
            figures.LifeTicks >= 1.0 && figures.LifeTicks <= LongestLifeTicks,
            nameof(settings.TickSeconds) + ": ticks of a pair's life", figures.LifeTicks);
        Check(
            figures.LogFailure <= -LeastSuccessProbability, "success probability of an attempt, as ln(1 - p)",
            figures.LogFailure);
        Check(figures.AttemptsPerTick > 0, "attempts within a tick", figures.AttemptsPerTick);
        return figures;
    }

    /// <summary>ln w at the start of the tick in which an attempt succeeds; a pair ages from its round's
    /// start.</summary>
    /// <param name="attempt">Number of the attempt within the tick, from 1.</param>
    public double LnWernerOf(ulong attempt)
    {
        ulong round = (attempt - 1) / (ulong)Memories;
        return LnFresh + (LossPerTick * (round * TicksPerRound));
    }

    private static double LnWerner(double fidelity) => PortableMath.Log(((4.0 * fidelity) - 1.0) / 3.0);

    private static void Check(bool allowed, string name, object value)
    {
        if (!allowed)
        {
            throw new ArgumentOutOfRangeException(name, value, "Outside the range that the settings allow.");
        }
    }
}
