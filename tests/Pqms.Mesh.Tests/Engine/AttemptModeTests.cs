using Pqms.Mesh.Scenarios;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>A whole pool with every attempt drawn, and with failed rounds skipped.</summary>
public sealed class AttemptModeTests
{
    private const int Batches = 20;

    [Theory]
    [InlineData(SwapOrder.Together)]
    [InlineData(SwapOrder.Asap)]
    public void Pool_GivenEitherMode_hasTheSameFiguresWithinTheirErrors(SwapOrder order)
    {
        // Three spans of 5 km, attempts half of the time, two memories, swaps that fail, a pool of three places with
        // demand. Means of 20 batches of 0.5 s in each mode; the difference is within 4 combined standard errors.
        int seconds = TestProfile.Count(usual: 1, nightly: 100);
        List<double[]> skipped = Run(order, perAttempt: false, seed: 1, seconds);
        List<double[]> drawn = Run(order, perAttempt: true, seed: 2, seconds);
        string[] names = ["births", "fidelity", "availability", "attempts", "link pairs", "discards"];
        for (int i = 0; i < names.Length; i++)
        {
            (double a, double errorA) = Mean(skipped, i);
            (double b, double errorB) = Mean(drawn, i);
            double sigma = Math.Sqrt((errorA * errorA) + (errorB * errorB));
            Assert.True(a > 0.0 && sigma < 0.05 * a, $"{names[i]}: {a} +- {errorA}, {b} +- {errorB}");
            Assert.True(Math.Abs(a - b) < 4 * sigma, $"{names[i]}: {a} +- {errorA}, {b} +- {errorB}");
        }
    }

    private static List<double[]> Run(SwapOrder order, bool perAttempt, ulong seed, int halfSeconds)
    {
        MeshEmulator mesh = new(Of(order), seed, TestScenarios.At(0), new MeshOptions { PerAttempt = perAttempt });
        mesh.AdvanceTo(TestScenarios.At(0));
        List<double[]> batches = [];
        PoolStatistics before = mesh.Statistics(0);
        for (int i = 1; i <= Batches; i++)
        {
            mesh.AdvanceTo(new MeshTime(500_000_000L * halfSeconds * i));
            PoolStatistics now = mesh.Statistics(0);
            batches.Add(
            [
                now.Generated - before.Generated,
                (now.TruthSum - before.TruthSum) / (now.Served - before.Served),
                (double)(now.AvailableNanoseconds - before.AvailableNanoseconds),
                now.Attempts - before.Attempts,
                now.LinkPairs - before.LinkPairs,
                now.Discarded - before.Discarded,
            ]);
            before = now;
        }

        return batches;
    }

    private static (double Mean, double Error) Mean(List<double[]> batches, int column)
    {
        double mean = batches.Average(batch => batch[column]);
        double variance = batches.Sum(batch => (batch[column] - mean) * (batch[column] - mean)) / (Batches - 1);
        return (mean, Math.Sqrt(variance / Batches));
    }

    private static Scenario Of(SwapOrder order)
    {
        HardwareProfile profile = TestScenarios.Profile with
        {
            CommunicationMemoriesPerLinkEnd = 2,
            T2Seconds = 0.02,
            LinkCutOffSeconds = 0.003,
            SwapSuccess = 0.8,
        };
        Scenario chain = TestScenarios.Chain(3, spanMeters: 5000, profile: profile);
        return chain with
        {
            WarmUpSeconds = 0,
            Links = [.. chain.Links.Select(link => link with { Settings = new LinkSettings { DutyCycle = 0.5 } })],
            Pools =
            [
                chain.Pools[0] with
                {
                    FidelityFloor = 0.6,
                    Settings = new PoolSettings
                    {
                        SwapOrder = order,
                        Places = 3,
                        CutOff = CutOffKind.Hard,
                        CutOffSeconds = 0.005,
                        Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 200.0),
                    },
                },
            ],
        };
    }
}
