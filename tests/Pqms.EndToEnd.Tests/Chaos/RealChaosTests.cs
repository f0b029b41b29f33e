using Pqms.EndToEnd.Tests.Recovery;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Node.Audit;
using Pqms.Node.Chain;
using Pqms.Sdk;
using Pqms.Sdk.Ledger;
using Pqms.Tests;
using Xunit.Abstractions;

namespace Pqms.EndToEnd.Tests.Chaos;

/// <summary>A realm whose hub needs two of three signers, with four blocks a second.</summary>
public sealed class ChaosRealm() : RealmFixture(new RealmSetup
{
    Signers = [1, 6, 7],
    Threshold = 2,
    BlockMilliseconds = 250,
});

/// <summary>Three oracles as processes of their own on a real chain, killed by SIGKILL at every place; then everything
/// is checked from the chain and the batch files.</summary>
[Collection(RunningCollection.Name)]
public sealed class RealChaosTests(ChaosRealm fixture, ITestOutputHelper output) : IClassFixture<ChaosRealm>
{
    private const int FirstPort = 19_800;
    private const uint TakeoverSeconds = 5;
    private const int LooksPerAct = 4;
    private const int LooksBeforeByHand = 400;
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Oracles_KilledAtEveryPlace_loseAndDoubleNothing()
    {
        var kills = TestProfile.Count(10, 200);
        var seed = TestProfile.Count(1, 2);
        var random = new Random(seed);
        var users = new RealUsers(_realm, random);
        VictimProcess[] victims = [.. Settings().Select(settings => new VictimProcess(settings))];
        try
        {
            Array.ForEach(victims, victim => victim.Start());
            await Task.WhenAll(victims.Select(victim => victim.UntilReadyAsync()));
            foreach (var (place, victim) in Plan(random, kills))
            {
                await KillAsync(victims[victim], place, random, users);
            }

            await users.LeaveAsync();
            await UntilSettledAsync(users);
            await CheckAsync(users, victims);
            Tell(seed, users, victims);
        }
        finally
        {
            foreach (var victim in victims)
            {
                await victim.DisposeAsync();
            }
        }
    }

    // Every place in turn, in an order by the seed; the first oracle leads, the others are asked.
    private static IEnumerable<(string Place, int Victim)> Plan(Random random, int kills)
    {
        (string Place, int Victim)[] all =
        [
            .. KillPlace.Common.Select(place => (place, random.Next(3))),
            .. KillPlace.Leading.Select(static place => (place, 0)),
            .. KillPlace.Following.Select(place => (place, random.Next(1, 3))),
        ];
        random.Shuffle(all);
        return Enumerable.Range(0, kills).Select(i => all[i % all.Length]);
    }

    private async Task KillAsync(VictimProcess victim, string place, Random random, RealUsers users)
    {
        var passes = random.Next(1, 3);
        if (KillPlace.Starting.Contains(place))
        {
            // It comes by there only when it starts: so it dies once more.
            victim.Kill();
            await victim.BuryAsync(KillPlace.Anywhere);
            victim.Start($"1 {place}");
        }
        else
        {
            victim.Arm(place, passes);
        }

        var looks = 0;
        await RealmChain.UntilAsync(
            $"the oracle dies: {place}",
            async () =>
            {
                if (looks++ % LooksPerAct == 0)
                {
                    await users.ActAsync();
                }

                if (place == KillPlace.Anywhere ? looks == 10 * passes : looks == LooksBeforeByHand)
                {
                    victim.Kill();
                }

                return victim.HasEnded;
            },
            victim.Describe);
        await victim.BuryAsync(looks >= LooksBeforeByHand ? KillPlace.Anywhere : place);
        victim.Start();
        await victim.UntilReadyAsync();
    }

    private async Task UntilSettledAsync(RealUsers users)
    {
        foreach (var id in users.Requested)
        {
            var last = (await _realm.Client().GetReservationAsync(id))!.Status;
            if (last is not ReservationStatus.Refused)
            {
                await _realm.UntilStatusAsync(id, ReservationStatus.Settled);
            }
        }
    }

    private async Task CheckAsync(RealUsers users, VictimProcess[] victims)
    {
        await Reports.CompleteAsync(_realm);
        await Money.ConservedAsync(_realm);
        foreach (var victim in victims)
        {
            using var files = new ContentClient(victim.Api);
            var evidence = await new Auditor(_realm.Client(), files).CollectAsync(null, CancellationToken.None);
            Assert.Empty(evidence.Batches.Faults);
            Assert.Equal(0, evidence.Batches.Missing);
            foreach (var life in users.Requested.Select(id => evidence.History.Lives[id]))
            {
                Assert.Single(life.Steps, step => step.Event is ReservationDecided);
                Assert.Equal(life.Takes, (ulong)Answered(evidence, life.Id, life.Takes));
            }

            Assert.Equal(
                (ulong)users.Takes, evidence.History.Lives.Values.Aggregate(0ul, (sum, one) => sum + one.Takes));
        }
    }

    private static int Answered(LedgerEvidence evidence, UInt128 id, ulong takes) =>
        Enumerable.Range(1, (int)takes).Count(number => evidence.Batches.Take(id, (ulong)number) is not null);

    private void Tell(int seed, RealUsers users, VictimProcess[] victims)
    {
        var kills = victims.SelectMany(victim => victim.Kills).GroupBy(pair => pair.Key, pair => pair.Value)
            .Select(group => $"{group.Key} {group.Sum()}");
        output.WriteLine(
            $"seed {seed}: {victims.Sum(victim => victim.Kills.Values.Sum())} kills, {users.Requested.Count} requests, "
            + $"{users.Takes} takes, {users.Refused} acts refused, 0 lost, 0 doubled: {string.Join(", ", kills)}");
    }

    private IEnumerable<VictimSettings> Settings()
    {
        int[] accounts = [.. new[] { 1, 6, 7 }.OrderBy(
            account => _realm.AddressOf(account).ToString(), StringComparer.OrdinalIgnoreCase)];
        int[] ports = [Ports.FirstFree(FirstPort), 0, 0];
        ports[1] = Ports.FirstFree(ports[0] + 1);
        ports[2] = Ports.FirstFree(ports[1] + 1);
        for (var i = 0; i < accounts.Length; i++)
        {
            yield return new VictimSettings(
                _realm.Session.Url, [.. _realm.Addresses.ToArray().Select(address => address.ToString())],
                _realm.Addresses.DeployedAtBlock, _realm.Scenario.Path, Path.Combine(_realm.Folder, $"victim-{i}"),
                accounts[i], ports[i], [.. ports.Where(port => port != ports[i])], TakeoverSeconds);
        }
    }
}
