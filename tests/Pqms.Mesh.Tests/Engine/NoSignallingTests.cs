using Pqms.Mesh.Scenarios;
using Pqms.Physics.Measurement;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>
/// Nothing that A does to its halves of a running mesh's pairs shows at B before A's results arrive (claims S1-19,
/// S2-08). Every pair is measured once.
/// </summary>
public sealed class NoSignallingTests
{
    private const ulong Seed = 17;

    // What A may do: measure X, Y or Z; leave the pair alone, flip it, dephase it, replace its half by noise.
    private static readonly Choice[] s_choices =
    [
        new(MeasurementDirection.X, 0, 0, 0), new(MeasurementDirection.Y, 0, 0, 0),
        new(MeasurementDirection.Z, 0, 0, 0),
        new(null, 0, 0, 0), new(null, 1, 0, 0), new(null, 0, 0, 0.5), new(null, 0.25, 0.25, 0.25),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void OutcomesAtB_WhateverADoes_areTheSameToBeforeItsBitsArrive(int basisOfB)
    {
        // n = 210,000 pairs, 30,000 per choice: B's share of +1 per choice lies within 5 sigma of that of all others,
        // and 2 n I, chi-square with 6 degrees of freedom if nothing depends on anything, below 6 + 5 sqrt 12 = 23.3.
        MeasurementDirection[] bases = [MeasurementDirection.X, MeasurementDirection.Y, MeasurementDirection.Z];
        int pairs = TestProfile.Count(usual: 210_000, nightly: 2_100_000);
        long[,] alone = new long[s_choices.Length, 2];
        long[,] withBits = new long[s_choices.Length, 2];
        Measure(pairs, bases[basisOfB], alone, withBits);

        for (int choice = 0; choice < s_choices.Length; choice++)
        {
            (double distance, double sigma) = Distance(alone, choice);
            Assert.InRange(distance, 0.0, 5.0 * sigma);
        }

        Assert.InRange(2.0 * pairs * Information(alone), 0.0, 23.3);

        // With A's results in hand the choice can be read: what is tested above could fail.
        Assert.True(2.0 * pairs * Information(withBits) > 10_000.0);
    }

    private static void Measure(int pairs, MeasurementDirection basisOfB, long[,] alone, long[,] withBits)
    {
        RandomStream choices = new(Seed, 1, 0);
        RandomStream outcomes = new(Seed, 2, 0);
        MeshEmulator mesh = new(Noisy(), 5, TestScenarios.At(0));
        ulong measured = 0;
        for (long second = 4; measured < (ulong)pairs; second += 2)
        {
            // No pair stands for two seconds: every reading finds new ones.
            mesh.AdvanceTo(TestScenarios.At(second));
            foreach (BellDiagonal state in TrueStates.Of(mesh, 0))
            {
                if (++measured > (ulong)pairs)
                {
                    return;
                }

                int choice = (int)(choices.Uniform(measured) * s_choices.Length);
                (int a, int b) = s_choices[choice].Act(state, basisOfB, outcomes.Uniform(measured));
                alone[choice, b > 0 ? 1 : 0]++;
                withBits[choice, a * b > 0 ? 1 : 0]++;
            }
        }
    }

    /// <summary>Total variation between B's results with one choice of A and with all others, and its sigma.</summary>
    private static (double Distance, double Sigma) Distance(long[,] counts, int choice)
    {
        double plus = counts[choice, 1];
        double all = counts[choice, 0] + plus;
        double otherPlus = -plus;
        double others = -all;
        for (int i = 0; i < s_choices.Length; i++)
        {
            otherPlus += counts[i, 1];
            others += counts[i, 0] + counts[i, 1];
        }

        return (Math.Abs((plus / all) - (otherPlus / others)), 0.5 * Math.Sqrt((1.0 / all) + (1.0 / others)));
    }

    /// <summary>Mutual information in nats between A's choice and a result.</summary>
    private static double Information(long[,] counts)
    {
        double[] byResult = new double[2];
        double[] byChoice = new double[s_choices.Length];
        double all = 0.0;
        for (int i = 0; i < byChoice.Length; i++)
        {
            for (int k = 0; k < 2; k++)
            {
                byResult[k] += counts[i, k];
                byChoice[i] += counts[i, k];
                all += counts[i, k];
            }
        }

        double information = 0.0;
        for (int i = 0; i < byChoice.Length; i++)
        {
            for (int k = 0; k < 2; k++)
            {
                double n = counts[i, k];
                information += n > 0.0 ? n / all * Math.Log(n * all / (byChoice[i] * byResult[k])) : 0.0;
            }
        }

        return information;
    }

    /// <summary>Two spans with unlike errors, memories that decay, a noise burst and an eavesdropper.</summary>
    private static Scenario Noisy()
    {
        Scenario scenario = TheoryScenario.Of(
            new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = 1.0, Fidelity = 0.95, Memories = 4_000 },
            new PoolSettings { CutOff = CutOffKind.Hard, CutOffSeconds = 1.9, Places = 4_000 },
            TheoryScenario.Profile() with
            {
                T1Seconds = 60.0,
                T2Seconds = 20.0,
                InfidelitySpread = 0.5,
                ReadoutFidelity = 0.99,
            },
            2);
        return scenario with
        {
            Faults =
            [
                new ScenarioFault(FaultKind.NoiseBurst, 10.0, 20.0, "S0 - S1", 0.2),
                new ScenarioFault(FaultKind.InterceptResend, 20.0, 30.0, "S1 - S2", 0.3),
            ],
        };
    }

    /// <summary>A measurement of A, or a Pauli channel on A's half before it measures along Z.</summary>
    private sealed record Choice(MeasurementDirection? Basis, double X, double Y, double Z)
    {
        public (int A, int B) Act(BellDiagonal state, MeasurementDirection basisOfB, double uniform) =>
            JointOutcomes.Of(state.ApplyPauli(X, Y, Z), Basis ?? MeasurementDirection.Z, basisOfB).Sample(uniform);
    }
}
