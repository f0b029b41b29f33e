namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>The one source of chance of a run; equal for equal seeds.</summary>
internal sealed class Seeded(int seed)
{
    // How many of the newest entries a choice looks at: what is older is mostly over.
    private const int Newest = 40;

    private readonly Random _random = new(seed);

    public int Next(int end) => _random.Next(end);

    public int Next(int first, int end) => _random.Next(first, end);

    public ulong Next(ulong first, ulong end) => (ulong)_random.NextInt64((long)first, (long)end);

    /// <summary>True once in so many times.</summary>
    public bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    public UInt128 NewId() => ((UInt128)(ulong)_random.NextInt64(1, long.MaxValue) << 64) + (ulong)_random.NextInt64();

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>One of the newest entries that fit, or null.</summary>
    public T? Pick<T>(IEnumerable<T> entries)
        where T : class
    {
        var some = entries.TakeLast(Newest).ToArray();
        return some.Length == 0 ? null : some[_random.Next(some.Length)];
    }

    public T One<T>(IReadOnlyList<T> entries) => entries[_random.Next(entries.Count)];

    public void Shuffle<T>(Span<T> entries) => _random.Shuffle(entries);
}
