using System.Buffers.Binary;
using Pqms.Ethereum;

namespace Pqms.Sdk.Audit;

/// <summary>A calendar word: 16 buckets of 900 s with 16 bits each, the first bucket lowest.</summary>
internal static class CalendarLanes
{
    /// <summary>Length of a bucket, the ledger's constant.</summary>
    public const ulong BucketSeconds = 900;

    /// <summary>Buckets of a word.</summary>
    public const int Count = 16;

    /// <summary>Longest window, the ledger's constant.</summary>
    public const ulong MaxWindowSeconds = 14_400;

    /// <summary>Whether a window is one that the ledger can have booked.</summary>
    public static bool IsWindow(ulong start, ulong end) => end > start && end - start <= MaxWindowSeconds;

    /// <summary>What the word holds in each bucket.</summary>
    public static long[] Of(UInt256 word)
    {
        const int wordBytes = 32;
        Span<byte> bytes = stackalloc byte[wordBytes];
        word.WriteBigEndian(bytes);
        var lanes = new long[Count];
        for (var lane = 0; lane < Count; lane++)
        {
            lanes[lane] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(wordBytes - sizeof(ushort) * (lane + 1))..]);
        }

        return lanes;
    }
}
