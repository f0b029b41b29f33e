using System.Diagnostics;
using System.Security.Cryptography;

namespace Pqms.Ethereum.Crypto;

/// <summary>An account's private key. It is shown nowhere: not by <see cref="ToString"/>, not in any
/// exception.</summary>
/// <remarks>Safe across threads until disposed. Disposing overwrites the key's bytes.</remarks>
[DebuggerDisplay("{Address}")]
public sealed class EthereumKey : IDisposable
{
    /// <summary>Bytes in a private key.</summary>
    public const int Size = 32;

    private readonly byte[] _secret;
    private bool _disposed;

    private EthereumKey(byte[] secret)
    {
        _secret = secret;
        Address = Secp256k1.ToAddress(Secp256k1.PublicKey(secret));
    }

    /// <summary>The key's account.</summary>
    public Address Address { get; }

    /// <summary>Takes a key from its bytes, which are copied.</summary>
    /// <param name="privateKey">32 bytes, a number in [1, n) with n the curve's order.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">Another number of bytes, or a number out of range. The bytes aren't
    /// shown.</exception>
    public static EthereumKey FromPrivateKey(ReadOnlySpan<byte> privateKey)
    {
        if (privateKey.Length != Size)
        {
            throw new ArgumentException($"{privateKey.Length} bytes; a private key has exactly {Size}.",
                nameof(privateKey));
        }

        return Secp256k1.IsPrivateKey(privateKey)
            ? new EthereumKey(privateKey.ToArray())
            : throw new ArgumentException("The number is zero or not below the order of the curve.",
                nameof(privateKey));
    }

    /// <summary>Takes a key from hexadecimal digits.</summary>
    /// <param name="text">64 digits, with or without 0x.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">Not 64 digits. The text isn't shown.</exception>
    /// <exception cref="ArgumentException">The number is zero or not below the order of the curve.</exception>
    public static EthereumKey FromHex(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[Size];
        try
        {
            return Hex.TryDecode(text.AsSpan(), bytes)
                ? FromPrivateKey(bytes)
                : throw new FormatException(
                    "This is no private key: 64 hexadecimal digits after an optional 0x are allowed.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Derives an account of a mnemonic at m/44'/60'/0'/0/index, the path that most wallets use.</summary>
    /// <param name="phrase">The words (BIP-39), separated by blanks. Their checksum isn't checked.</param>
    /// <param name="index">The account, 0 to 2^31 - 1.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The phrase is empty.</exception>
    public static EthereumKey FromMnemonic(string phrase, int index)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(phrase);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var secret = Mnemonic.Derive(phrase,
            [44 | Mnemonic.Hardened, 60 | Mnemonic.Hardened, Mnemonic.Hardened, 0, (uint)index]);
        return new EthereumKey(secret);
    }

    /// <summary>Draws a new key from the operating system's random source.</summary>
    /// <returns>The key.</returns>
    public static EthereumKey Generate()
    {
        Span<byte> bytes = stackalloc byte[Size];
        do
        {
            RandomNumberGenerator.Fill(bytes);
        }
        while (!Secp256k1.IsPrivateKey(bytes));

        var key = FromPrivateKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>Signs a digest. The same digest gives the same signature (RFC 6979); s is low (EIP-2).</summary>
    /// <param name="digest">A hash, never bytes that somebody else chose.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public Signature Sign(Bytes32 digest)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Secp256k1.Sign(digest, _secret);
    }

    /// <summary>Overwrites the key's bytes.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>The account; never the key.</summary>
    /// <returns>For example "Key of 0xf39F…".</returns>
    public override string ToString() => $"Key of {Address}";

    /// <summary>The key's bytes, for the keystore.</summary>
    internal byte[] CopySecret()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return (byte[])_secret.Clone();
    }
}
