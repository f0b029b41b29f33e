using System.Diagnostics;
using System.Security.Cryptography;

namespace Pqms.Ethereum.Crypto;

/// <summary>An account's private key. It is shown nowhere: not by <see cref="ToString"/>, not in any
/// exception.</summary>
/// <remarks>Safe across threads until disposed. Disposing overwrites the key's bytes. Where
/// <see cref="Secp256k1.Backend"/> is BouncyCastle, copies inside it live until the garbage collector takes
/// them.</remarks>
[DebuggerDisplay("{Address}")]
public sealed class EthereumKey : IDisposable
{
    /// <summary>Bytes in a private key.</summary>
    public const int Size = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _secret;

    private bool _disposed;

    private EthereumKey(byte[] secret)
    {
        _secret = secret;
        Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeySize];
        Secp256k1.PublicKey(secret, publicKey);
        Address = Secp256k1.ToAddress(publicKey);
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

        return Scalars.IsInRange(privateKey)
            ? new EthereumKey(privateKey.ToArray())
            : throw new ArgumentException("The number lies outside [1, n), n being the order of the curve.",
                nameof(privateKey));
    }

    /// <summary>Takes a key from hexadecimal digits.</summary>
    /// <param name="text">64 digits, with or without 0x.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException">No text.</exception>
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

    /// <summary>Derives an account of an English phrase at m/44'/60'/0'/0/index, the path that most wallets
    /// use.</summary>
    /// <param name="phrase">12 to 24 words (BIP-39), separated by blanks.</param>
    /// <param name="index">The account, 0 to 2^31 - 1.</param>
    /// <param name="passphrase">The optional 25th word. The default is none.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException">No phrase or no passphrase.</exception>
    /// <exception cref="FormatException">No English phrase, or a wrong checksum; no word is shown.</exception>
    /// <exception cref="ArgumentException">A negative index, or a passphrase of more than 2,048 characters.</exception>
    /// <exception cref="CryptographicException">The path has no key (1 in 2^127): take another index.</exception>
    public static EthereumKey FromMnemonic(string phrase, int index, string passphrase = "") =>
        FromMnemonic(phrase, KeyPath.Account(index), passphrase);

    /// <summary>As <see cref="FromMnemonic(string, int, string)"/>, at any path.</summary>
    /// <param name="phrase">12 to 24 words (BIP-39), separated by blanks.</param>
    /// <param name="path">The way from the seed to the key.</param>
    /// <param name="passphrase">The optional 25th word. The default is none.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException">No phrase, no path or no passphrase.</exception>
    /// <exception cref="FormatException">No English phrase, or a wrong checksum; no word is shown.</exception>
    /// <exception cref="ArgumentException">A passphrase of more than 2,048 characters.</exception>
    /// <exception cref="CryptographicException">The path has no key (1 in 2^127): take another index.</exception>
    public static EthereumKey FromMnemonic(string phrase, KeyPath path, string passphrase = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        CryptographicOperations.ZeroMemory(Mnemonic.ToEntropy(phrase));
        var seed = Mnemonic.ToSeed(phrase, passphrase);
        try
        {
            return FromSeed(seed, path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Derives a key of a seed (BIP-32).</summary>
    /// <param name="seed">16 to 64 bytes, for example <see cref="Mnemonic.ToSeed"/>'s.</param>
    /// <param name="path">The way from the seed to the key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException">No path.</exception>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    /// <exception cref="CryptographicException">The path has no key (1 in 2^127): take another index.</exception>
    public static EthereumKey FromSeed(ReadOnlySpan<byte> seed, KeyPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (seed.Length is < KeyTree.LeastSeedBytes or > KeyTree.MostSeedBytes)
        {
            throw new ArgumentException(
                $"{seed.Length} bytes; a seed has {KeyTree.LeastSeedBytes} to {KeyTree.MostSeedBytes}.", nameof(seed));
        }

        var secret = new byte[Size];
        KeyTree.Derive(seed, path.Steps, secret);
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
        while (!Scalars.IsInRange(bytes));

        var key = FromPrivateKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>Signs a digest. The same digest gives the same signature (RFC 6979); s is low (EIP-2).</summary>
    /// <param name="digest">A hash, never bytes that somebody else chose.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    /// <exception cref="CryptographicException">libsecp256k1 alone: the nonce's point has an x that Ethereum's v has no
    /// room for (1 in 2^127). Sign another digest.</exception>
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
