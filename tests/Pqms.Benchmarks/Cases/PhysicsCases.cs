using Pqms.Benchmarks.Harness;
using Pqms.Physics.Numerics;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Benchmarks.Cases;

/// <summary>The functions that every event of the mesh calls.</summary>
internal static class PhysicsCases
{
    private const int Calls = 10_000_000;
    private const int Inputs = 1024;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("math-exp", "ns", 5.0, _ => Exponentials,
            Benchmark.CpuNanoseconds) { Note = "independent arguments, -10 to 0" },
        new("math-log", "ns", 5.0, _ => Logarithms,
            Benchmark.CpuNanoseconds) { Note = "independent arguments, 0 to 1" },
        new("philox", "ns", 25.0, _ => Philox, Benchmark.CpuNanoseconds) { Note = "one block: 128 random bits" },
        new("swap", "ns", 15.0, _ => Swaps, Benchmark.CpuNanoseconds) { Note = "two Bell-diagonal pairs, no errors" },
        new("swap-noisy", "ns", 40.0, _ => NoisySwaps, Benchmark.CpuNanoseconds)
        {
            Note = "two Bell-diagonal pairs with gate and readout errors",
        },
        new("dejmps", "ns", 25.0, _ => Purify, Benchmark.CpuNanoseconds) { Note = "one round on two pairs" },
    ];

    private static Measurement Exponentials()
    {
        double[] inputs = [.. Enumerable.Range(0, Inputs).Select(i => -i * 0.01)];
        return Meter.Time(Calls, () =>
        {
            double sum = 0.0;
            for (int i = 0; i < Calls; i++)
            {
                sum += PortableMath.Exp(inputs[i & (Inputs - 1)]);
            }

            return sum;
        });
    }

    private static Measurement Logarithms()
    {
        double[] inputs = [.. Enumerable.Range(0, Inputs).Select(i => (i + 1) * 0.0009765625)];
        return Meter.Time(Calls, () =>
        {
            double sum = 0.0;
            for (int i = 0; i < Calls; i++)
            {
                sum += PortableMath.Log(inputs[i & (Inputs - 1)]);
            }

            return sum;
        });
    }

    private static Measurement Philox() => Meter.Time(Calls, () =>
    {
        ulong sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum ^= Philox4x32.Block(2026, (ulong)i, 1).Low;
        }

        return sum;
    });

    private static Measurement Swaps() => Pairs(static (a, b) => BellDiagonal.Swap(a, b).PhiPlus);

    private static Measurement NoisySwaps()
    {
        SwapNoise noise = SwapNoise.FromFidelities(0.9997, 0.9995);
        return Pairs((a, b) => noise.Swap(a, b).PhiPlus);
    }

    private static Measurement Purify() => Pairs(static (a, b) => TwoToOne.Dejmps(a, b).State.PhiPlus);

    private static Measurement Pairs(Func<BellDiagonal, BellDiagonal, double> operation)
    {
        BellDiagonal[] pairs =
            [.. Enumerable.Range(0, Inputs).Select(i => BellDiagonal.Werner(0.7 + (i * 0.0002)))];
        return Meter.Time(Calls, () =>
        {
            double sum = 0.0;
            for (int i = 0; i < Calls; i++)
            {
                sum += operation(pairs[i & (Inputs - 1)], pairs[(i + 1) & (Inputs - 1)]);
            }

            return sum;
        });
    }
}
