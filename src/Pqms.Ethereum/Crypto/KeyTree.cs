using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pqms.Ethereum.Crypto;

/// <summary>The private keys of a seed (BIP-32).</summary>
internal static class KeyTree
{
    /// <summary>Bytes of a seed: BIP-32 wants 128 to 512 bits.</summary>
    public const int LeastSeedBytes = 16;

    /// <inheritdoc cref="LeastSeedBytes"/>
    public const int MostSeedBytes = 64;

    private const int NodeBytes = 64;
    private const int KeyBytes = EthereumKey.Size;
    private const int CompressedBytes = 33;

    /// <summary>Writes the private key at a path.</summary>
    /// <exception cref="CryptographicException">The path has no key: 1 in 2^127.</exception>
    public static void Derive(ReadOnlySpan<byte> seed, ReadOnlySpan<uint> path, Span<byte> privateKey)
    {
        // Key and chain code of the step that was reached.
        Span<byte> node = stackalloc byte[NodeBytes];
        Span<byte> next = stackalloc byte[NodeBytes];
        Span<byte> data = stackalloc byte[CompressedBytes + sizeof(uint)];
        try
        {
            HMACSHA512.HashData("Bitcoin seed"u8, seed, node);
            Check(Scalars.IsInRange(node[..KeyBytes]), "the seed");
            foreach (var step in path)
            {
                data.Clear();
                if ((step & KeyPath.Hardened) != 0)
                {
                    node[..KeyBytes].CopyTo(data[1..]);
                }
                else
                {
                    Secp256k1.CompressedPublicKey(node[..KeyBytes], data);
                }

                BinaryPrimitives.WriteUInt32BigEndian(data[CompressedBytes..], step);
                HMACSHA512.HashData(node[KeyBytes..], data, next);
                var isInRange = Scalars.IsInRange(next[..KeyBytes]);
                Scalars.Add(next[..KeyBytes], node[..KeyBytes], next);
                Check(isInRange && Scalars.IsInRange(next[..KeyBytes]), $"step {step & ~KeyPath.Hardened}");
                next.CopyTo(node);
            }

            node[..KeyBytes].CopyTo(privateKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(node);
            CryptographicOperations.ZeroMemory(next);
            CryptographicOperations.ZeroMemory(data);
        }
    }

    // 1 in 2^127: BIP-32 says to take the next index, which is the caller's choice.
    private static void Check(bool hasKey, string place)
    {
        if (!hasKey)
        {
            throw new CryptographicException($"The path has no key at {place}; take another index.");
        }
    }
}
