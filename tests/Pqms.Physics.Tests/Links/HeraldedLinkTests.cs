using System.Numerics;
using Pqms.Physics.Links;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;

namespace Pqms.Physics.Tests.Links;

public class HeraldedLinkTests
{
    public static TheoryData<double, double, double, double, bool> Stations() => new()
    {
        { 1.0, 1.0, 0.0, 1.0, false },
        { 0.6, 0.6, 0.0, 0.9, false },
        { 0.6, 0.3, 0.01, 0.95, false },
        { 0.6, 0.3, 0.01, 0.95, true },
        { 0.05, 0.07, 0.2, 0.5, false },
        { 0.9, 0.8, 0.1, 0.0, true },
        { 0.0, 0.0, 0.1, 1.0, false },
        { 1.0, 0.0, 0.05, 1.0, true },
    };

    [Theory]
    [MemberData(nameof(Stations))]
    public void BarrettKok_GivenAnyStation_agreesWithTheFockSpaceOfAllPhotons(
        double etaA, double etaB, double dark, double visibility, bool resolves)
    {
        HeraldStation station = HeraldStation.Create(dark, visibility, resolves);
        var photons = new PhotonStation(etaA, etaB, station, 0.3);
        var sum = new double[4];
        for (int pattern = 0; pattern < 4; pattern++)
        {
            // A photon in bin 0 for memory 0, in bin 1 for memory 1; same ports herald Psi+, different ones Psi-.
            Complex[,] rho = photons.Given(
                2, [pattern & 1, pattern >> 1], (_, memory) => (Math.Sqrt(0.5), memory));
            AddTurned(sum, rho, minus: (pattern & 1) != pattern >> 1);
        }

        OpticalArm a = OpticalArm.Create(etaA, 1e-4), b = OpticalArm.Create(etaB, 3e-4);
        AssertAgrees(sum, BarrettKokLink.Create(a, b, station, 1e-5));
        AssertAgrees(sum, DoubleClickLink.Create(a, b, station, 1e-5).ToHeralded());
    }

    [Theory]
    [MemberData(nameof(Stations))]
    public void SingleClick_GivenAnyStation_agreesWithTheFockSpaceOfAllPhotons(
        double etaA, double etaB, double dark, double visibility, bool resolves)
    {
        const double alphaA = 0.1, alphaB = 0.23, phase = 0.4;
        HeraldStation station = HeraldStation.Create(dark, visibility, resolves);
        var sum = new double[4];
        foreach (double error in new[] { -phase, phase })
        {
            var photons = new PhotonStation(etaA, etaB, station, error);
            for (int port = 0; port < 2; port++)
            {
                Complex[,] rho = photons.Given(1, [port], (isA, memory) => Emission(isA ? alphaA : alphaB, memory));
                AddTurned(sum, rho, minus: port == 1, weight: 0.5);
            }
        }

        HeraldedLink link = SingleClickLink.Create(
            OpticalArm.Create(etaA, 1e-4),
            OpticalArm.Create(etaB, 3e-4),
            alphaA,
            alphaB,
            station,
            Math.Cos(phase),
            1e-5);
        AssertAgrees(sum, link);
    }

    [Fact]
    public void SingleClick_GivenNoDarkCounts_givesTheClosedForms()
    {
        const double a = 0.07, eta = 0.2;
        OpticalArm arm = OpticalArm.Create(eta, 1e-4);
        HeraldedLink click = SingleClickLink.Create(arm, arm, a, a, HeraldStation.Ideal, 1, 0);
        double p = (2 * a * (1 - a) * eta) + (a * a * eta * (2 - eta));
        Assert.Equal(p, click.SuccessProbability, 1e-16);
        Assert.Equal(2 * a * (1 - a) * eta / p, click.State.Fidelity, 1e-15);

        HeraldedLink count = SingleClickLink.Create(arm, arm, a, a, HeraldStation.Create(0, 1, true), 1, 0);
        Assert.Equal((2 * a * (1 - a) * eta) + (2 * a * a * eta * (1 - eta)), count.SuccessProbability, 1e-16);
        Assert.Equal((1 - a) / (1 - (a * eta)), count.State.Fidelity, 1e-15);

        HeraldedLink noisy = SingleClickLink.Create(arm, arm, a, a, HeraldStation.Create(0, 1, true), 0.9, 0);
        Assert.Equal(0.95 * (1 - a) / (1 - (a * eta)), noisy.State.Fidelity, 1e-15);

        OpticalArm weak = OpticalArm.Create(1e-9, 1e-4);
        HeraldedLink far = SingleClickLink.Create(weak, weak, a, a, HeraldStation.Ideal, 1, 0);
        Assert.Equal(2 * a * 1e-9, far.SuccessProbability, 1e-17);
        Assert.Equal(1 - a, far.State.Fidelity, 1e-9);
    }

    [Fact]
    public void Create_GivenTheSameFibre_givesTheTimesOfEachKind()
    {
        Fibre fibre = Fibre.Create(70_000, 0.2);
        HeraldedLink twice = BarrettKokLink.Create(fibre, 0.3, HeraldStation.Ideal, 10e-6);
        HeraldedLink once = DoubleClickLink.Create(fibre, 0.3, 10e-6).ToHeralded();
        HeraldedLink one = SingleClickLink.Create(fibre, 0.3, 0.05, HeraldStation.Ideal, 1, 10e-6);
        Assert.Equal(once.SuccessProbability, twice.SuccessProbability);
        Assert.Equal(720e-6, twice.AttemptSeconds, 1e-15);
        Assert.Equal(710e-6, twice.HeraldSeconds, 1e-15);
        Assert.Equal(360e-6, once.AttemptSeconds, 1e-15);
        Assert.Equal(350e-6, once.HeraldSeconds, 1e-15);
        Assert.Equal((once.AttemptSeconds, once.HeraldSeconds), (one.AttemptSeconds, one.HeraldSeconds));
        Assert.Equal(BellDiagonal.Perfect, once.State);
        Assert.Equal(BellDiagonal.Perfect, twice.State);
        Assert.Equal(DoubleClickLink.Create(fibre, 0.3, 10e-6).LogFailure, once.LogFailure);
        Assert.Equal(DoubleClickLink.Create(fibre, 0.3, 10e-6).PairsPerSecond(16), once.PairsPerSecond(16));

        // One click out of two photons wins at a distance: p falls with the root of the loss.
        Assert.True(one.PairsPerSecond(1) > once.PairsPerSecond(1));
    }

    [Fact]
    public void MidpointSource_GivenArms_isTheProductAndWaitsForTheLongerArm()
    {
        HeraldedLink link = MidpointSourceLink.Create(OpticalArm.Create(0.2, 1e-3), OpticalArm.Create(0.1, 4e-3), 1e-6);
        Assert.Equal(0.02, link.SuccessProbability, 1e-17);
        Assert.Equal(8.001e-3, link.AttemptSeconds, 1e-15);
        Assert.Equal(8e-3, link.HeraldSeconds, 1e-15);
    }

    [Fact]
    public void WithNoise_GivenAWernerSource_multipliesWernerParameters()
    {
        HeraldedLink link = DoubleClickLink.Create(Fibre.Create(10_000, 0.2), 0.5, 1e-6).ToHeralded();
        Assert.Equal(BellDiagonal.Werner(0.9975), link.WithNoise(BellDiagonal.Werner(0.9975)).State);
        HeraldedLink both = link.WithNoise(BellDiagonal.Werner(0.95)).WithNoise(BellDiagonal.Werner(0.9));
        Assert.Equal(
            BellDiagonal.Werner(0.95).WernerParameter * BellDiagonal.Werner(0.9).WernerParameter,
            both.State.WernerParameter,
            1e-15);
        Assert.Equal(link.SuccessProbability, both.SuccessProbability);
    }

    [Fact]
    public void Create_GivenNothingThatEverClicks_isALinkThatNeverSucceeds()
    {
        HeraldedLink link = BarrettKokLink.Create(default(OpticalArm), default(OpticalArm), HeraldStation.Ideal, 1e-6);
        Assert.Equal(0.0, link.SuccessProbability);
        Assert.Equal(0.0, link.LogFailure);
        Assert.Equal(0.0, default(HeraldedLink).PairsPerSecond(3));
        Assert.Equal(0.0, SingleClickLink.Create(default, default, 0, 0, HeraldStation.Ideal, 1, 1).SuccessProbability);
    }

    [Fact]
    public void Create_GivenFiguresOutOfRange_refuses()
    {
        OpticalArm arm = OpticalArm.Create(0.5, 1e-4);
        HeraldStation ideal = HeraldStation.Ideal;
        AssertRefuses(() => HeraldStation.Create(1, 1));
        AssertRefuses(() => HeraldStation.Create(double.NaN, 1));
        AssertRefuses(() => HeraldStation.Create(0, 1.1));
        AssertRefuses(() => OpticalArm.Create(1.1, 1));
        AssertRefuses(() => OpticalArm.Create(1, -1));
        AssertRefuses(() => BarrettKokLink.Create(arm, arm, ideal, -1));
        AssertRefuses(() => BarrettKokLink.Create(default(OpticalArm), default(OpticalArm), ideal, 0));
        AssertRefuses(() => SingleClickLink.Create(arm, arm, 1.1, 0, ideal, 1, 0));
        AssertRefuses(() => SingleClickLink.Create(arm, arm, 0, double.NaN, ideal, 1, 0));
        AssertRefuses(() => SingleClickLink.Create(arm, arm, 0, 0, ideal, 1.1, 0));
        AssertRefuses(() => SingleClickLink.Create(arm, arm, 0, 0, ideal, 1, -1));
        AssertRefuses(() => MidpointSourceLink.Create(arm, arm, double.NaN));
        AssertRefuses(() => HeraldedLink.Create(1.1, 1, 0, BellDiagonal.Perfect));
        AssertRefuses(() => HeraldedLink.Create(0.5, 0, 0, BellDiagonal.Perfect));
        AssertRefuses(() => HeraldedLink.Create(0.5, 1, -1, BellDiagonal.Perfect));
        AssertRefuses(() => HeraldedLink.Create(0.5, 1, 0, default));
        AssertRefuses(() => HeraldedLink.Create(0.5, double.PositiveInfinity, 0, BellDiagonal.Perfect));
        AssertRefuses(() => HeraldedLink.Create(0.5, 1, 0, BellDiagonal.Perfect).PairsPerSecond(0));
    }

    private static void AssertRefuses(Func<object> action) => Assert.Throws<ArgumentOutOfRangeException>(action);

    private static (double Amplitude, int Bin) Emission(double alpha, int memory) =>
        memory == 1 ? (Math.Sqrt(alpha), 0) : (Math.Sqrt(1 - alpha), -1);

    // Adds the overlaps after the corrections: Z when Psi- is heralded, then X to turn Psi+ into Phi+.
    private static void AddTurned(double[] sum, Complex[,] rho, bool minus, double weight = 1)
    {
        int[] order = minus ? [2, 3, 0, 1] : [1, 0, 3, 2];
        for (int k = 0; k < 4; k++)
        {
            double[] bell = MasterEquation.BellVector(order[k]);
            for (int i = 0; i < 16; i++)
            {
                sum[k] += weight * bell[i >> 2] * rho[i >> 2, i & 3].Real * bell[i & 3];
            }
        }
    }

    private static void AssertAgrees(double[] weights, HeraldedLink link)
    {
        double p = weights.Sum();
        Assert.Equal(p, link.SuccessProbability, 1e-15);
        RandomStates.AssertClose([.. weights.Select(w => w / p)], link.State, 1e-13);
    }
}
