using Pqms.Physics.Buffers;

namespace Pqms.Cli.Commands.Calc;

/// <summary>Standing pools: availability, fidelity, waiting and blocking.</summary>
internal static class PoolOperations
{
    /// <summary>Most places in one calculation: 10 ms.</summary>
    private const int MaxPlaces = 1_000_000;

    private static readonly Operand Generation = Operand.Number(
        "generationPerSecond", "1/s", "new pairs, while a place is free", 1e-12, 1e12);

    private static readonly Operand Demand = Operand.Number("demandPerSecond", "1/s", "requests", 0, 1e12);

    private static readonly Operand CutOff = Operand.Number(
        "cutOffSeconds", "s", "age at which a pair is discarded", 1e-12, 1e12);

    private static readonly Operand Fresh = Operand.Number("freshFidelity", "", "fidelity of a new pair", 0.25, 1, "1");

    private static readonly Operand Coherence = Operand.Number(
        "coherenceSeconds", "s", "F - 1/4 of a pair falls as e^(-t/this)", 1e-12, double.PositiveInfinity,
        OperandReader.Infinity);

    private static readonly Figure Availability = new("availability", "", "probability that a request finds a pair");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "pool", "a standing pool with a hard cut-off and rare demand",
            [Generation, CutOff, Operand.Whole("places", "", "places", 1, MaxPlaces), Fresh, Coherence],
            [
                Availability,
                new Figure("randomFidelity", "", "mean fidelity of a standing pair chosen at random"),
                new Figure("youngestFidelity", "", "of the youngest pair, with many places"),
            ],
            "--generation-per-second 1 --cut-off-seconds 2 --places 2 --fresh-fidelity 0.98 --coherence-seconds 10",
            Pool),
        new Operation(
            "pool-demand", "one storage place with a hard cut-off under demand",
            [Generation, Demand, CutOff, Fresh, Coherence],
            [
                Availability,
                new Figure("consumedFidelity", "", "mean fidelity of the pairs that requests get"),
                new Figure("storedPerSecond", "1/s", "pairs that are stored"),
                new Figure("discardedPerSecond", "1/s", "pairs that reach the cut-off unused"),
            ],
            "--generation-per-second 1 --demand-per-second 1 --cut-off-seconds 2 --fresh-fidelity 0.98"
            + " --coherence-seconds 10", OnePlace),
        new Operation(
            "pool-stock", "a pool whose pairs live an exponentially distributed time",
            [
                Generation, Demand,
                Operand.Number("lossPerSecond", "1/s", "one over the mean life of a pair", 1e-12, 1e12),
                Operand.Whole("places", "", "places", 1, 100_000),
            ],
            [
                Availability, new Figure("meanPairs", "", "mean number of standing pairs"),
                new Figure("fullProbability", "", "that every place holds a pair"),
            ],
            "--generation-per-second 1 --demand-per-second 1 --loss-per-second 0.5 --places 3", Stock),
        new Operation(
            "pool-wait", "a pool whose requests wait in order of arrival, without decay",
            [
                Generation, Demand,
                Operand.Whole("places", "", "places; 0 is generation on demand", 0, MaxPlaces),
            ],
            [
                new Figure("immediateProbability", "", "that a request is served at once"),
                new Figure("meanWaitSeconds", "s", "from request to pair, over all requests"),
            ],
            "--generation-per-second 10 --demand-per-second 7 --places 3", Wait),
        new Operation(
            "blocking", "Erlang's loss system: Poisson arrivals at places, lost when all are taken",
            [
                Operand.Number("load", "erlang", "arrivals per mean time that a place is taken", 0, 1e12),
                Operand.Whole("places", "", "places", 0, MaxPlaces),
                Operand.Whole("taken", "", "places taken for the second figure", 0, MaxPlaces).OrAs("places"),
            ],
            [
                new Figure("blocking", "", "probability that an arrival is lost"),
                new Figure("atLeastTaken", "", "probability that at least so many places are taken"),
            ],
            "--load 22.8 --places 24 --taken 15", Blocking),
    ];

    private static object[] Pool(OperandValues values)
    {
        var (generation, cutOff) = (values.Number(Generation.Name), values.Number(CutOff.Name));
        var (fresh, coherence) = (values.Number(Fresh.Name), values.Number(Coherence.Name));
        return
        [
            StandingPool.CutOffAvailability(generation, cutOff, values.Whole("places")),
            StandingPool.RandomPairFidelity(fresh, cutOff, coherence),
            StandingPool.YoungestPairFidelity(fresh, generation, cutOff, coherence),
        ];
    }

    private static object[] OnePlace(OperandValues values)
    {
        var figures = StandingPool.OnePlace(
            values.Number(Generation.Name), values.Number(Demand.Name), values.Number(CutOff.Name),
            values.Number(Fresh.Name), values.Number(Coherence.Name));
        return
        [
            figures.Availability, figures.ConsumedFidelity, figures.StoredPerSecond, figures.DiscardedPerSecond,
        ];
    }

    private static object[] Stock(OperandValues values)
    {
        var figures = StandingPool.Stock(
            values.Number(Generation.Name), values.Number(Demand.Name), values.Number("lossPerSecond"),
            values.Whole("places"));
        return [figures.Availability, figures.MeanPairs, figures.FullProbability];
    }

    private static object[] Wait(OperandValues values)
    {
        var (generation, demand) = (values.Number(Generation.Name), values.Number(Demand.Name));
        if (demand >= generation)
        {
            throw new OperandException(
                Demand.Name, $"is not below {Generation.Name}: the queue grows",
                $"a number in [0, {Operand.Text(generation)})");
        }

        var figures = StandingPool.Waiting(generation, demand, values.Whole("places"));
        return [figures.ImmediateProbability, figures.MeanWaitSeconds];
    }

    private static object[] Blocking(OperandValues values)
    {
        var (load, places) = (values.Number("load"), values.Whole("places"));
        return [ErlangLoss.Blocking(load, places), ErlangLoss.AtLeast(load, places, values.Whole("taken"))];
    }
}
