namespace Pqms.Ethereum.Crypto;

/// <summary>Ethereum's curve: libsecp256k1 where it is installed, else BouncyCastle.</summary>
/// <remarks>Both give the same bytes. libsecp256k1 takes the same time whatever the key is, and is faster; BouncyCastle
/// is not hardened against an attacker who measures time or power on the same machine.</remarks>
public static class Secp256k1
{
    /// <summary>Bytes of a public key: x ‖ y.</summary>
    internal const int PublicKeySize = 64;

    private static readonly ICurve Curve = NativeCurve.TryLoad() ?? (ICurve)new BouncyCastleCurve();

    /// <summary>What computes keys and signatures in this process: "libsecp256k1" with the file that was loaded, or
    /// "BouncyCastle".</summary>
    /// <value>Chosen once, at the first use of a key or signature.</value>
    public static string Backend => Curve.Name;

    /// <summary>Whether <see cref="Backend"/> is libsecp256k1, whose time does not depend on the key.</summary>
    public static bool IsConstantTime => Curve is NativeCurve;

    /// <summary>Writes the public key, x ‖ y, of a private key in [1, n).</summary>
    internal static void PublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey) =>
        Curve.PublicKey(privateKey, publicKey);

    /// <summary>Writes the public key in its 33-byte form, as BIP-32 wants it.</summary>
    internal static void CompressedPublicKey(ReadOnlySpan<byte> privateKey, Span<byte> compressed)
    {
        Span<byte> publicKey = stackalloc byte[PublicKeySize];
        Curve.PublicKey(privateKey, publicKey);
        compressed[0] = (byte)(2 + (publicKey[^1] & 1));
        publicKey[..Scalars.Size].CopyTo(compressed[1..]);
    }

    /// <summary>The last 20 bytes of the public key's hash.</summary>
    internal static Address ToAddress(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(publicKey, hash);
        return Address.FromBytes(hash[12..]);
    }

    /// <summary>Signs with the nonce of RFC 6979, s made low (EIP-2).</summary>
    internal static Signature Sign(Bytes32 digest, ReadOnlySpan<byte> privateKey) => Curve.Sign(digest, privateKey);

    /// <summary>Finds the public key that verifies the signature, if its parts are in range.</summary>
    internal static bool TryRecover(Bytes32 digest, Signature signature, Span<byte> publicKey) =>
        IsAcceptable(signature) && Curve.TryRecover(digest, signature, publicKey);

    /// <summary>Whether v is 0 or 1, r in [1, n) and s in [1, n/2].</summary>
    internal static bool IsAcceptable(Signature signature)
    {
        Span<byte> r = stackalloc byte[Scalars.Size];
        Span<byte> s = stackalloc byte[Scalars.Size];
        signature.R.CopyTo(r);
        signature.S.CopyTo(s);
        return signature.V <= 1 && Scalars.IsInRange(r) && Scalars.IsInRange(s) && !Scalars.IsHigh(s);
    }
}
