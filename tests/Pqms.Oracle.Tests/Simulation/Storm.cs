using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>A seeded run of users, blocks, reorganisations, faults and kills against one oracle; then calm, then the
/// verdict.</summary>
internal sealed class Storm : IDisposable
{
    private const int CalmBlocks = 400;
    private const int BlocksToSettle = 4;
    private const int LongestWindowSeconds = 600;
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random;
    private readonly int _seed;
    private UInt128 _lastId;
    private bool _faulty;

    public Storm(
        int seed,
        byte threshold = 1,
        uint challengeSeconds = 0,
        MeshFactory? meshes = null,
        Bytes32 scenario = default,
        JournalOptions? options = null)
    {
        _seed = seed;
        _random = new Random(seed);
        EthereumKey[] keys = [.. Enumerable.Range(1, threshold == 1 ? 1 : 3).Select(Key)];
        Chain = new FakeChain(seed, [.. keys.Select(key => key.Address)], threshold)
        {
            ChallengeSeconds = challengeSeconds,
        };
        Process = new OracleProcess(
            _folder.Path, () => Chain, keys, meshes ?? (era => new FakeMesh(era)), Fault, options);
        Chain.Send(FakeLedger.StartEra((ulong)seed, scenario));
        Chain.Mine(1);
    }

    public FakeChain Chain { get; }

    public string DataFolder => _folder.Path;

    public OracleProcess Process { get; }

    public int Reorganisations { get; private set; }

    public static EthereumKey Key(int number)
    {
        var secret = new byte[EthereumKey.Size];
        secret[^1] = (byte)number;
        return EthereumKey.FromPrivateKey(secret);
    }

    public void Run(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Step();
        }

        Calm();
        Verdict.Check(Chain, Process.Journal, $"seed {_seed}");
    }

    /// <summary>No faults, blocks one after the other, until nothing is owed and every window has passed.</summary>
    public void Calm()
    {
        _faulty = false;
        Process.Bomb.Arm(0);
        Chain.Mine(LongestWindowSeconds + 1);
        for (int i = 0; i < CalmBlocks; i++)
        {
            Process.Follow(int.MaxValue);
            Process.Settle();
            Chain.Mine(1);
        }

        Process.Follow(int.MaxValue);
        for (int i = 0; i < BlocksToSettle && Process.Book.CountOwed() != (0, 0); i++)
        {
            // A window may have ended, or an epoch by its 60 s, a moment ago: reported, accepted, settled, shown.
            Process.Settle();
            Chain.Mine(1 + Chain.ChallengeSeconds);
            Process.Follow(int.MaxValue);
        }

        Assert.Equal((0, 0), Process.Book.CountOwed());
    }

    public void Dispose()
    {
        Process.Dispose();
        _folder.Dispose();
    }

    private void Step()
    {
        switch (_random.Next(100))
        {
            case < 35:
                UserAct();
                break;
            case < 60:
                Chain.Mine(_random.Next(50) == 0 ? 14_400ul : (ulong)_random.Next(1, 4));
                break;
            case < 75:
                Process.Follow(_random.Next(1, 6));
                break;
            case < 94:
                Process.Follow(int.MaxValue);
                Process.Settle();
                break;
            case < 96:
                Chain.Reorganise(_random.Next(1, 21));
                Reorganisations++;
                break;
            case < 97:
                Process.Kill();
                break;
            case < 99:
                Process.Bomb.Arm(_random.Next(1, 12));
                break;
            default:
                _faulty = !_faulty;
                break;
        }
    }

    private void UserAct()
    {
        UInt128 some = _lastId == 0 ? 1 : (UInt128)(ulong)_random.Next(1, (int)_lastId + 1);
        Chain.Send(_random.Next(10) switch
        {
            < 3 => FakeLedger.Request(
                ++_lastId, _random.Next(1, FakeMesh.MaxSlots + 3), (ulong)_random.Next(1, LongestWindowSeconds)),
            < 8 => FakeLedger.Take(some, _random.Next(1, 4)),
            8 => FakeLedger.Release(some),
            _ => FakeLedger.Cancel(_lastId),
        });
    }

    private RpcFault Fault() => _faulty ? (RpcFault)_random.Next(3) : RpcFault.None;
}
