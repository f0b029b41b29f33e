using Pqms.Ethereum;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Peers;
using Pqms.Oracle.Tests.Peers;
using Pqms.Oracle.Tests.Simulation;

namespace Pqms.Oracle.Tests.Chaos;

/// <summary>Three oracles of which two must sign, users, one chain, and everything that can go wrong at once: one
/// thread, one seed. Then calm, the verdict from the chain, and a stranger who computes everything again.</summary>
internal sealed class ChaosRun : IDisposable
{
    private const int Oracles = 3;
    private const int Steps = 220;
    private const int WindowSeconds = 300;
    private const ulong ClockJumpSeconds = 14_400;
    private const int CalmRounds = 260;
    private readonly Random _random;
    private readonly int[] _downRounds = new int[Oracles];
    private readonly int[] _fullRounds = new int[Oracles];
    private readonly int _loser;
    private UInt128 _lastId;
    private bool _calm;

    public ChaosRun(int seed)
    {
        _random = new Random(seed);
        _loser = _random.Next(Oracles);
        var options = new JournalOptions { SnapshotBlocks = 20 };
        Council = new Council(
            seed, Oracles, threshold: 2, fault: Fault, options: options,
            challengeSeconds: seed % 3 == 0 ? 30u : 0);
    }

    public Council Council { get; }

    /// <summary>How often each trouble really happened.</summary>
    public SortedDictionary<Trouble, int> Troubles { get; } = [];

    public ulong Reports => Council.Chain.Tip.After.Sequence;

    public int Requests => Council.Chain.Tip.After.Reservations.Count;

    public void Run()
    {
        for (int step = 0; step < Steps; step++)
        {
            Step();
        }

        Calm();
        Verdict.Check(Council.Chain, Council.Members[0].Journal, "chaos");
        using var stranger = new Stranger(Council);
        stranger.Check();
    }

    public void Dispose() => Council.Dispose();

    private void Step()
    {
        int member = _random.Next(Oracles);
        switch (_random.Next(100))
        {
            case < 30:
                UserAct();
                break;
            case < 72:
                Round();
                break;
            case < 75:
                Council.Members[member].Kill();
                Count(Trouble.Killed);
                break;
            case < 80:
                int kills = Council.Members[member].Kills;
                Council.Members[member].Bomb.Arm(_random.Next(1, 14));
                Round();
                Count(Trouble.KilledInside, Council.Members[member].Kills - kills);
                break;
            case < 82:
                Count(Trouble.JournalTorn, Council.Members[member].TearJournal() ? 1 : 0);
                break;
            case < 83:
                // Of one oracle only: what two have signed must not be forgotten by both.
                Council.Members[_loser].LoseData();
                Count(Trouble.DataLost);
                break;
            case < 85:
                _fullRounds[member] = _random.Next(1, 30);
                Council.Members[member].Bomb.DiskIsFull = true;
                Count(Trouble.DiskFull);
                break;
            case < 88:
                bool silent = _random.Next(2) == 0;
                Council.Silence(member, silent);
                Count(Trouble.CutOff, silent ? 1 : 0);
                break;
            case < 90:
                Lie(member);
                break;
            case < 93:
                // With blocks of up to eight seconds: minutes.
                _downRounds[member] = _random.Next(1, 60);
                Count(Trouble.NodeDown);
                break;
            case < 95:
                Count(Trouble.PoolLost, Council.Chain.PoolSize > 0 ? 1 : 0);
                Council.Chain.LosePool();
                break;
            case < 96:
                Council.Chain.MinesOutOfOrder = !Council.Chain.MinesOutOfOrder;
                Count(Trouble.OutOfOrder, Council.Chain.MinesOutOfOrder ? 1 : 0);
                break;
            case < 99:
                Council.Chain.Reorganise(_random.Next(1, 21));
                Count(Trouble.Reorganised);
                break;
            default:
                Council.Chain.Mine(ClockJumpSeconds);
                Count(Trouble.ClockJumped);
                break;
        }
    }

    private void Round()
    {
        int[] down = [.. Enumerable.Range(0, Oracles).Where(member => _downRounds[member]-- > 0)];
        for (int member = 0; member < Oracles; member++)
        {
            Council.Members[member].Bomb.DiskIsFull = _fullRounds[member]-- > 0;
        }

        Council.Round((ulong)_random.Next(1, 9), down);
    }

    private void UserAct()
    {
        UInt128 some = _lastId == 0 ? 1 : (UInt128)(ulong)_random.Next(1, (int)_lastId + 1);
        Council.Chain.Send(_random.Next(10) switch
        {
            < 4 => FakeLedger.Request(
                ++_lastId, _random.Next(1, FakeMesh.MaxSlots + 3), (ulong)_random.Next(1, WindowSeconds)),
            < 8 => FakeLedger.Take(some, _random.Next(1, 4)),
            8 => FakeLedger.Release(some),
            _ => FakeLedger.Cancel(_lastId),
        });
    }

    private void Lie(int member)
    {
        switch (_random.Next(3))
        {
            case 0:
                byte[] garbage = new byte[_random.Next(70)];
                _random.NextBytes(garbage);
                Council.Lie(member, new PeerAnswer(PeerOutcome.Signed, [garbage, new byte[65]], Bytes32.Zero));
                Count(Trouble.GarbageSigned);
                break;
            case 1:
                Council.Lie(member, new PeerAnswer(PeerOutcome.Differs, [], Bytes.Hash($"lie {_lastId}")));
                Count(Trouble.FalseDifference);
                break;
            default:
                Council.Lie(member, null);
                break;
        }
    }

    // One call in twelve of an oracle that settles.
    private RpcFault Fault(int member)
    {
        int drawn = _calm ? 0 : _random.Next(24);
        if (drawn is not (1 or 2))
        {
            return RpcFault.None;
        }

        Count(drawn == 1 ? Trouble.LostBefore : Trouble.LostAfter);
        return drawn == 1 ? RpcFault.LostBefore : RpcFault.LostAfter;
    }

    private void Calm()
    {
        _calm = true;
        Council.Chain.MinesOutOfOrder = false;
        for (int member = 0; member < Oracles; member++)
        {
            Council.Silence(member, false);
            Council.Lie(member, null);
            Council.Members[member].Bomb.Arm(0);
            Council.Members[member].Bomb.DiskIsFull = false;
        }

        Council.Chain.Mine(WindowSeconds + 1);
        int rounds = 0;
        do
        {
            Council.Round(1 + (rounds % 16 == 15 ? 60ul : 0));
        }
        while (++rounds < CalmRounds && (rounds < 20 || IsOwed()));

        foreach (OracleProcess member in Council.Members)
        {
            member.Follow(int.MaxValue);
            Assert.Equal((0, 0), member.Book.CountOwed());
        }
    }

    private bool IsOwed()
    {
        Council.Members[0].Follow(int.MaxValue);
        return Council.Members[0].Book.CountOwed() != (0, 0);
    }

    private void Count(Trouble trouble, int times = 1)
    {
        if (times > 0)
        {
            Troubles[trouble] = Troubles.GetValueOrDefault(trouble) + times;
        }
    }
}
