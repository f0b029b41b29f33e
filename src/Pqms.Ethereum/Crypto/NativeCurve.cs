using System.Security.Cryptography;
using static Pqms.Ethereum.Crypto.NativeLibrarySecp256k1;

namespace Pqms.Ethereum.Crypto;

/// <summary>The curve over libsecp256k1 (bitcoin-core), when the system has it.</summary>
/// <remarks>Safe across threads: after it is made, the context is only read.</remarks>
internal sealed class NativeCurve : ICurve
{
    private readonly nint _context;

    private NativeCurve(nint context, string library)
    {
        _context = context;
        Name = $"libsecp256k1 ({library})";
    }

    public string Name { get; }

    /// <summary>Loads the library; null when it is absent, lacks a function, or does not give back what it
    /// signed.</summary>
    public static NativeCurve? TryLoad()
    {
        if (Library is not { } library)
        {
            return null;
        }

        var context = secp256k1_context_create(ContextSignAndVerify);
        if (context == 0)
        {
            return null;
        }

        // Blinds the multiplication with the base point, against measurements of power and radiation.
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        var randomized = secp256k1_context_randomize(context, in seed[0]);
        CryptographicOperations.ZeroMemory(seed);
        var curve = new NativeCurve(context, library);
        return randomized == 1 && curve.GivesBackItsSigner() ? curve : null;
    }

    public void PublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        CheckSizes(privateKey, publicKey);
        Span<byte> point = stackalloc byte[PointSize];
        if (secp256k1_ec_pubkey_create(_context, out point[0], in privateKey[0]) != 1)
        {
            throw new CryptographicException("libsecp256k1 refuses the private key.");
        }

        Write(point, publicKey);
    }

    public Signature Sign(Bytes32 digest, ReadOnlySpan<byte> privateKey)
    {
        CheckSizes(privateKey, stackalloc byte[Secp256k1.PublicKeySize]);

        // Versions before 0.5 feed the digest to RFC 6979 as it is; the RFC wants it modulo n.
        Span<byte> message = stackalloc byte[Bytes32.Size];
        digest.CopyTo(message);
        Scalars.Reduce(message, message);
        Span<byte> signature = stackalloc byte[RecoverableSize];
        if (secp256k1_ecdsa_sign_recoverable(_context, out signature[0], in message[0], in privateKey[0], 0, 0) != 1)
        {
            throw new CryptographicException("libsecp256k1 refuses to sign with this key.");
        }

        Span<byte> compact = stackalloc byte[CompactSize];
        secp256k1_ecdsa_recoverable_signature_serialize_compact(_context, out compact[0], out var v, in signature[0]);

        // v = 2 or 3 (x at or above n, 1 in 2^127) has no room in Ethereum.
        return v <= 1
            ? new Signature(Bytes32.FromBytes(compact[..32]), Bytes32.FromBytes(compact[32..]), (byte)v)
            : throw new CryptographicException(
                $"The signature has v = {v}, Ethereum knows 0 and 1; sign another digest.");
    }

    public bool TryRecover(Bytes32 digest, Signature signature, Span<byte> publicKey)
    {
        // Outside 0 to 3 the library ends the process.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signature.V, 1, nameof(signature));
        Span<byte> message = stackalloc byte[Bytes32.Size];
        Span<byte> compact = stackalloc byte[CompactSize];
        Span<byte> parsed = stackalloc byte[RecoverableSize];
        Span<byte> point = stackalloc byte[PointSize];
        digest.CopyTo(message);
        signature.R.CopyTo(compact);
        signature.S.CopyTo(compact[32..]);
        if (secp256k1_ecdsa_recoverable_signature_parse_compact(
                _context, out parsed[0], in compact[0], signature.V) != 1
            || secp256k1_ecdsa_recover(_context, out point[0], in parsed[0], in message[0]) != 1)
        {
            return false;
        }

        Write(point, publicKey);
        return true;
    }

    private static void CheckSizes(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(privateKey.Length, EthereumKey.Size, nameof(privateKey));
        ArgumentOutOfRangeException.ThrowIfLessThan(publicKey.Length, Secp256k1.PublicKeySize, nameof(publicKey));
    }

    private void Write(ReadOnlySpan<byte> point, Span<byte> publicKey)
    {
        Span<byte> encoded = stackalloc byte[1 + Secp256k1.PublicKeySize];
        nuint length = (nuint)encoded.Length;
        secp256k1_ec_pubkey_serialize(_context, out encoded[0], ref length, in point[0], SerializeUncompressed);
        encoded[1..].CopyTo(publicKey);
    }

    private bool GivesBackItsSigner()
    {
        Span<byte> key = stackalloc byte[EthereumKey.Size];
        Span<byte> expected = stackalloc byte[Secp256k1.PublicKeySize];
        Span<byte> recovered = stackalloc byte[Secp256k1.PublicKeySize];
        key[^1] = 1;
        PublicKey(key, expected);
        var signature = Sign(Bytes32.Zero, key);
        return Secp256k1.IsAcceptable(signature) && TryRecover(Bytes32.Zero, signature, recovered)
            && recovered.SequenceEqual(expected);
    }
}
