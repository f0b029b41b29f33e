using Pqms.Ethereum;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Tests.Simulation;

internal sealed record FakeBlock(LedgerBlock Ledger, ChainState After, IReadOnlyList<FakeTransaction> Transactions);

/// <summary>A chain in memory: one thread, time by hand, reorganisations on demand.</summary>
internal sealed class FakeChain
{
    public const ulong ChainId = 31_337;
    public const ulong GenesisTime = 1_800_000_000;
    private readonly List<FakeBlock> _blocks = [];
    private readonly List<FakeTransaction> _pool = [];
    private readonly Random _random;
    private int _salt;

    public FakeChain(int seed, IReadOnlyList<Address> signers, byte threshold)
    {
        _random = new Random(seed);
        Signers = [.. signers.OrderBy(a => a)];
        Threshold = threshold;
        _salt = seed;
        Add(GenesisTime, [], new ChainState(), []);
    }

    public static Address Hub { get; } = Bytes.Account("hub");

    public IReadOnlyList<Address> Signers { get; }

    public byte Threshold { get; }

    public uint ChallengeSeconds { get; init; }

    public IReadOnlyList<FakeBlock> Blocks => _blocks;

    public FakeBlock Tip => _blocks[^1];

    public Bytes32 Genesis => _blocks[0].Ledger.Hash;

    public int PoolSize => _pool.Count;

    /// <summary>Whether blocks take what waits in any order, as a miner may.</summary>
    public bool MinesOutOfOrder { get; set; }

    public void Send(FakeTransaction transaction) => _pool.Add(transaction);

    public void Mine(ulong seconds)
    {
        FakeTransaction[] included = [.. _pool];
        _pool.Clear();
        if (MinesOutOfOrder)
        {
            _random.Shuffle(included);
        }

        Include(included, Tip.Ledger.Timestamp + seconds);
    }

    /// <summary>Loses all waiting transactions, as a node does that restarts.</summary>
    public void LosePool() => _pool.Clear();

    /// <summary>Tries a transaction on top of the newest block and all that waits.</summary>
    public FakeOutcome TryOut(FakeTransaction transaction)
    {
        ChainState state = Tip.After.Clone();
        FakeContext context = Context(Tip.Ledger.Number + 1, Tip.Ledger.Timestamp + 1);
        foreach (FakeTransaction waiting in _pool)
        {
            waiting.Run(state, context);
        }

        return transaction.Run(state, context);
    }

    /// <summary>Replaces the last blocks by as many and one more; transactions come back, save some of users.</summary>
    public void Reorganise(int depth)
    {
        depth = Math.Min(depth, _blocks.Count - 2);
        if (depth < 1)
        {
            return;
        }

        FakeBlock[] removed = [.. _blocks[^depth..]];
        _blocks.RemoveRange(_blocks.Count - depth, depth);
        FakeTransaction[] waiting = [.. _pool];
        _pool.Clear();
        _salt++;
        foreach (FakeBlock block in removed)
        {
            FakeTransaction[] again = [.. block.Transactions.Where(t => t.ByOracle || _random.Next(5) > 0)];
            Include(again, Math.Max(block.Ledger.Timestamp, Tip.Ledger.Timestamp + 1));
        }

        _pool.AddRange(waiting);
        Mine(1);
    }

    public Bytes32? HashOf(ulong number) => number < (ulong)_blocks.Count ? _blocks[(int)number].Ledger.Hash : null;

    private void Include(FakeTransaction[] included, ulong time)
    {
        ChainState state = Tip.After.Clone();
        FakeContext context = Context(Tip.Ledger.Number + 1, time);
        var entries = new List<LedgerEntry>();
        foreach (FakeTransaction transaction in included)
        {
            FakeOutcome outcome = transaction.Run(state, context);
            entries.AddRange(outcome.Logs);
            transaction.Complete(outcome, context.Number);
        }

        Add(time, entries, state, included);
    }

    private FakeContext Context(ulong number, ulong time) =>
        new(number, time, n => n < number && number - n <= 250 ? HashOf(n) : null);

    private void Add(ulong time, List<LedgerEntry> entries, ChainState state, FakeTransaction[] included)
    {
        ulong number = (ulong)_blocks.Count;
        Bytes32 parent = number == 0 ? Bytes32.Zero : Tip.Ledger.Hash;
        Bytes32 hash = Bytes.Hash($"{parent} {number} {time} {_salt} {string.Join(';', entries)}");
        JournaledLog[] logs =
        [
            .. entries.Select((entry, i) => new JournaledLog(
                number, hash, (uint)i, Bytes.Hash(entry.ToString()!), Hub, [], [])),
        ];
        _blocks.Add(new FakeBlock(new LedgerBlock(number, hash, time, entries, logs), state, included));
    }
}
