using System.Security.Cryptography;

namespace Pqms.Ethereum.Crypto;

/// <summary>AES in counter mode, which .NET has not: NIST SP 800-38A, section 6.5.</summary>
internal static class AesCounter
{
    public const int BlockBytes = 16;

    /// <summary>Combines the text with the encrypted counters iv, iv + 1, … (big-endian). Its own inverse.</summary>
    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="iv">The first counter, <see cref="BlockBytes"/> bytes.</param>
    /// <param name="text">Any number of bytes.</param>
    public static byte[] Apply(ReadOnlySpan<byte> key, byte[] iv, byte[] text)
    {
        using var aes = Aes.Create();
        aes.SetKey(key);
        var result = (byte[])text.Clone();
        var counter = (byte[])iv.Clone();
        Span<byte> pad = stackalloc byte[BlockBytes];
        for (var start = 0; start < result.Length; start += pad.Length)
        {
            aes.EncryptEcb(counter, pad, PaddingMode.None);
            for (var i = 0; i < pad.Length && start + i < result.Length; i++)
            {
                result[start + i] ^= pad[i];
            }

            Increment(counter);
        }

        CryptographicOperations.ZeroMemory(pad);
        return result;
    }

    private static void Increment(byte[] counter)
    {
        for (var i = counter.Length - 1; i >= 0; i--)
        {
            counter[i] = unchecked((byte)(counter[i] + 1));
            if (counter[i] != 0)
            {
                return;
            }
        }
    }
}
