using System.Diagnostics;
using System.Globalization;
using Pqms.Oracle.Tests.Peers;
using Pqms.Oracle.Tests.Simulation;
using Pqms.Tests;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Pqms.Oracle.Tests.Chaos;

/// <summary>The whole set of oracles in everything that can go wrong. One seed alone: PQMS_CHAOS_SEED=n.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const string SeedVariable = "PQMS_CHAOS_SEED";
    private const int NightlySeeds = 10_000;
    private static readonly TimeSpan NightlyTime = TimeSpan.FromMinutes(20);

    [Fact]
    public void Run_GivenManySeeds_losesAndDoublesNothing()
    {
        string? one = Environment.GetEnvironmentVariable(SeedVariable);
        int first = one is null ? 1 : int.Parse(one, CultureInfo.InvariantCulture);
        int most = one is null ? TestProfile.Count(50, NightlySeeds) : 1;
        var troubles = new SortedDictionary<Trouble, int>();
        var clock = Stopwatch.StartNew();
        (int seeds, ulong reports, int requests) = (0, 0, 0);
        while (seeds < most && (clock.Elapsed < NightlyTime || seeds < 50))
        {
            using ChaosRun run = RunSeed(first + seeds);
            seeds++;
            reports += run.Reports;
            requests += run.Requests;
            foreach ((Trouble trouble, int times) in run.Troubles)
            {
                troubles[trouble] = troubles.GetValueOrDefault(trouble) + times;
            }
        }

        output.WriteLine(
            $"{seeds} seeds from {first}, {reports} reports, {requests} requests, {troubles.Values.Sum()} troubles, "
            + $"0 lost, 0 doubled: {string.Join(", ", troubles.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.True(one is not null || reports >= 20ul * (ulong)seeds, $"{reports} reports of {seeds} seeds");
        Assert.True(
            one is not null || Enum.GetValues<Trouble>().All(trouble => troubles.GetValueOrDefault(trouble) >= 5),
            "some trouble never came: the run would prove nothing about it");
    }

    [Fact]
    public void Verdict_GivenARequestThatNobodyAnswers_fails()
    {
        using Council council = Quiet();
        council.Chain.Send(FakeLedger.Request(9, 1, 20));
        council.Chain.Mine(1);
        Assert.ThrowsAny<XunitException>(() => Judge(council));
    }

    [Fact]
    public void Verdict_GivenASettlementTwice_fails()
    {
        using Council council = Quiet();
        council.Chain.Send(new FakeTransaction("settled twice", (state, _) =>
        {
            FakeReservation held = state.Reservations[1];
            state.Reservations[1] = held with { Settlements = held.Settlements + 1 };
            return FakeOutcome.Done();
        }));
        council.Chain.Mine(1);
        Assert.ThrowsAny<XunitException>(() => Judge(council));
    }

    [Fact]
    public void Verdict_GivenATakeThatNoReportAnswers_fails()
    {
        using Council council = Quiet();
        council.Chain.Send(FakeLedger.Request(2, 1, 20));
        council.Round();
        council.Round();
        council.Chain.Send(FakeLedger.Take(2, 1));
        council.Chain.Mine(1);
        Assert.Equal(FakeStatus.Granted, council.Chain.Tip.After.Reservations[2].Status);
        Assert.ThrowsAny<XunitException>(() => Judge(council));
    }

    [Fact]
    public void Stranger_GivenAFalseReport_namesIt()
    {
        using Council council = Quiet();
        council.Chain.Send(FakeLedger.Request(2, 1, 20));
        council.Chain.Mine(1);
        council.Members[0].Follow(int.MaxValue);
        council.Chain.Send(FakeHub.AcceptFalse(Assert.Single(council.Members[0].Book.OwedReports(5))));
        council.Chain.Mine(1);
        using var stranger = new Stranger(council);
        var found = Assert.Throws<DivergenceException>(stranger.Check);
        Assert.Contains("stateHash", found.Message, StringComparison.Ordinal);
    }

    // One reservation, over and settled: the verdict has nothing to say.
    private static Council Quiet()
    {
        var council = new Council(seed: 1, Oracles, threshold: 2);
        council.Chain.Send(FakeLedger.Request(1, 1, 20));
        for (int round = 0; round < 30; round++)
        {
            council.Round();
        }

        Judge(council);
        return council;
    }

    private const int Oracles = 3;

    private static void Judge(Council council) =>
        Verdict.Check(council.Chain, council.Members[0].Journal, "planted");

    private static ChaosRun RunSeed(int seed)
    {
        var run = new ChaosRun(seed);
        try
        {
            run.Run();
            return run;
        }
        catch (Exception failure)
        {
            string troubles = string.Join(", ", run.Troubles.Select(pair => $"{pair.Key} {pair.Value}"));
            run.Dispose();
            throw new XunitException(
                $"Seed {seed} failed after {troubles}. Repeat it alone: {SeedVariable}={seed} dotnet test "
                + $"tests/Pqms.Oracle.Tests --filter {nameof(ChaosTests)}\n{failure.Message}", failure);
        }
    }
}
