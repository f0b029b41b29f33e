namespace Pqms.Ethereum.Generators.Crypto;

/// <summary>Keccak-256 for selectors and topics at compile time; small and slow, an analyzer can't reference the
/// client.</summary>
internal static class Keccak256
{
    private const int RateBytes = 136;

    private static readonly ulong[] RoundConstants =
    {
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B,
        0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088,
        0x0000000080008009, 0x000000008000000A, 0x000000008000808B, 0x800000000000008B, 0x8000000000008089,
        0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    };

    private static readonly int[] Rotations =
        { 1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44 };

    private static readonly int[] Lanes =
        { 10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1 };

    public static byte[] Hash(byte[] message)
    {
        var padded = new byte[(message.Length / RateBytes + 1) * RateBytes];
        Array.Copy(message, padded, message.Length);
        padded[message.Length] |= 0x01;
        padded[padded.Length - 1] |= 0x80;
        var state = new ulong[25];
        for (var offset = 0; offset < padded.Length; offset += RateBytes)
        {
            for (var lane = 0; lane < RateBytes / 8; lane++)
            {
                for (var b = 0; b < 8; b++)
                {
                    state[lane] ^= (ulong)padded[offset + (lane * 8) + b] << (8 * b);
                }
            }

            Permute(state);
        }

        var digest = new byte[32];
        for (var i = 0; i < digest.Length; i++)
        {
            digest[i] = unchecked((byte)(state[i / 8] >> (8 * (i % 8))));
        }

        return digest;
    }

    private static void Permute(ulong[] a)
    {
        var c = new ulong[5];
        for (var round = 0; round < RoundConstants.Length; round++)
        {
            for (var x = 0; x < 5; x++)
            {
                c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            }

            for (var x = 0; x < 5; x++)
            {
                var d = c[(x + 4) % 5] ^ Rotate(c[(x + 1) % 5], 1);
                for (var y = 0; y < 25; y += 5)
                {
                    a[x + y] ^= d;
                }
            }

            var moved = a[1];
            for (var i = 0; i < Lanes.Length; i++)
            {
                var next = a[Lanes[i]];
                a[Lanes[i]] = Rotate(moved, Rotations[i]);
                moved = next;
            }

            for (var y = 0; y < 25; y += 5)
            {
                Array.Copy(a, y, c, 0, 5);
                for (var x = 0; x < 5; x++)
                {
                    a[x + y] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
                }
            }

            a[0] ^= RoundConstants[round];
        }
    }

    private static ulong Rotate(ulong value, int bits) => (value << bits) | (value >> (64 - bits));
}
