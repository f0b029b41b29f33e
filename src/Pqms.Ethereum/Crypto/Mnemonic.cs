using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math;

namespace Pqms.Ethereum.Crypto;

/// <summary>Words that stand for many keys: BIP-39 for the seed, BIP-32 for the tree of keys.</summary>
public static class Mnemonic
{
    /// <summary>The phrase that development nodes (Hardhat, anvil) fund. Everybody knows it: never for real
    /// money.</summary>
    public const string Development = "test test test test test test test test test test test junk";

    /// <summary>Marks a path's step as hardened: it needs the parent's private key.</summary>
    internal const uint Hardened = 0x8000_0000;

    // BIP-39: 2,048 rounds of HMAC-SHA512, a 64-byte seed.
    private const int SeedIterations = 2048;
    private const int SeedBytes = 64;

    /// <summary>The seed of a phrase.</summary>
    /// <param name="phrase">The words; runs of blanks count as one.</param>
    /// <param name="passphrase">The optional 25th word; empty for none.</param>
    /// <returns>64 bytes.</returns>
    internal static byte[] Seed(string phrase, string passphrase = "")
    {
        var words = string.Join(' ', phrase.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(words.Normalize(NormalizationForm.FormKD)),
            Encoding.UTF8.GetBytes(("mnemonic" + passphrase).Normalize(NormalizationForm.FormKD)),
            SeedIterations,
            HashAlgorithmName.SHA512,
            SeedBytes);
    }

    /// <summary>The private key at a path.</summary>
    internal static byte[] Derive(string phrase, ReadOnlySpan<uint> path)
    {
        var seed = Seed(phrase);
        var key = DeriveFromSeed(seed, path);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    /// <summary>The private key at a path of BIP-32's tree.</summary>
    internal static byte[] DeriveFromSeed(ReadOnlySpan<byte> seed, ReadOnlySpan<uint> path)
    {
        Span<byte> node = stackalloc byte[64];
        HMACSHA512.HashData("Bitcoin seed"u8, seed, node);
        var key = node[..32].ToArray();
        var chainCode = node[32..].ToArray();
        Span<byte> data = stackalloc byte[37];
        foreach (var step in path)
        {
            data.Clear();
            if ((step & Hardened) != 0)
            {
                key.CopyTo(data[1..]);
            }
            else
            {
                Secp256k1.CompressedPublicKey(key).CopyTo(data);
            }

            BinaryPrimitives.WriteUInt32BigEndian(data[33..], step);
            HMACSHA512.HashData(chainCode, data, node);
            var left = new BigInteger(1, node[..32].ToArray());
            var sum = left.Add(new BigInteger(1, key)).Mod(Secp256k1.Order);

            // 1 in 2^127: BIP-32 says to take the next index, which is the caller's choice.
            if (left.CompareTo(Secp256k1.Order) >= 0 || sum.SignValue == 0)
            {
                throw new CryptographicException(
                    $"The path has no key at step {step & ~Hardened}; take another index.");
            }

            key = Secp256k1.ToBytes32(sum).ToArray();
            node[32..].CopyTo(chainCode);
        }

        CryptographicOperations.ZeroMemory(node);
        CryptographicOperations.ZeroMemory(data);
        CryptographicOperations.ZeroMemory(chainCode);
        return key;
    }
}
