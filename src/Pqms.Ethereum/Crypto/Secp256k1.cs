using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace Pqms.Ethereum.Crypto;

/// <summary>Ethereum's curve, over BouncyCastle's fast special form of it.</summary>
/// <remarks>
/// CustomNamedCurves, not SecNamedCurves: the latter is four times slower. BouncyCastle is not hardened against
/// an attacker who measures time or power on the same machine: see the README.
/// </remarks>
internal static class Secp256k1
{
    /// <summary>Bytes of a public key: x ‖ y.</summary>
    public const int PublicKeySize = 64;

    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger HalfOrder = Curve.N.ShiftRight(1);
    private static readonly FixedPointCombMultiplier BaseMultiplier = new();

    /// <summary>The curve's order, n.</summary>
    public static BigInteger Order => Curve.N;

    /// <summary>Whether the 32 bytes are a number in [1, n).</summary>
    public static bool IsPrivateKey(ReadOnlySpan<byte> bytes)
    {
        var number = new BigInteger(1, bytes.ToArray());
        return number.SignValue > 0 && number.CompareTo(Curve.N) < 0;
    }

    /// <summary>The public key, x ‖ y.</summary>
    public static byte[] PublicKey(byte[] privateKey)
    {
        var point = BaseMultiplier.Multiply(Curve.G, new BigInteger(1, privateKey)).Normalize();
        return Encode(point);
    }

    /// <summary>The public key in its 33-byte form, as BIP-32 wants it.</summary>
    public static byte[] CompressedPublicKey(byte[] privateKey) =>
        BaseMultiplier.Multiply(Curve.G, new BigInteger(1, privateKey)).GetEncoded(compressed: true);

    /// <summary>The last 20 bytes of the public key's hash.</summary>
    public static Address ToAddress(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(publicKey, hash);
        return Address.FromBytes(hash[12..]);
    }

    /// <summary>Signs with the nonce of RFC 6979, s made low (EIP-2).</summary>
    public static Signature Sign(Bytes32 digest, byte[] privateKey)
    {
        var message = digest.ToArray();
        var secret = new BigInteger(1, privateKey);
        var number = new BigInteger(1, message);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Curve.N, secret, message);
        while (true)
        {
            var nonce = nonces.NextK();
            var point = BaseMultiplier.Multiply(Curve.G, nonce).Normalize();
            var x = point.AffineXCoord.ToBigInteger();
            var r = x.Mod(Curve.N);
            var s = nonce.ModInverse(Curve.N).Multiply(number.Add(secret.Multiply(r))).Mod(Curve.N);

            // x at or above n would need v = 2 or 3, which Ethereum has no room for; like r or s = 0 it never
            // happens in practice (1 in 2^127), and RFC 6979 goes on with the next nonce.
            if (r.SignValue == 0 || s.SignValue == 0 || x.CompareTo(Curve.N) >= 0)
            {
                continue;
            }

            var odd = point.AffineYCoord.TestBitZero();
            if (s.CompareTo(HalfOrder) > 0)
            {
                s = Curve.N.Subtract(s);
                odd = !odd;
            }

            return new Signature(ToBytes32(r), ToBytes32(s), odd ? (byte)1 : (byte)0);
        }
    }

    /// <summary>Finds the public key that verifies the signature.</summary>
    public static bool TryRecover(Bytes32 digest, Signature signature, Span<byte> publicKey)
    {
        var r = new BigInteger(1, signature.R.ToArray());
        var s = new BigInteger(1, signature.S.ToArray());
        if (signature.V > 1 || !InRange(r, Curve.N) || s.SignValue <= 0 || s.CompareTo(HalfOrder) > 0)
        {
            return false;
        }

        ECPoint point;
        try
        {
            var encoded = new byte[33];
            encoded[0] = (byte)(2 + signature.V);
            signature.R.CopyTo(encoded.AsSpan(1));
            point = Curve.Curve.DecodePoint(encoded);
        }
        catch (ArgumentException)
        {
            return false;
        }

        // Q = r^-1 (s R - e G): SEC 1, section 4.1.6.
        var inverse = r.ModInverse(Curve.N);
        var number = new BigInteger(1, digest.ToArray());
        var u1 = inverse.Multiply(number).Negate().Mod(Curve.N);
        var u2 = inverse.Multiply(s).Mod(Curve.N);
        var key = ECAlgorithms.SumOfTwoMultiplies(Curve.G, u1, point, u2).Normalize();
        if (key.IsInfinity)
        {
            return false;
        }

        Encode(key).CopyTo(publicKey);
        return true;
    }

    /// <summary>The number as 32 bytes.</summary>
    public static Bytes32 ToBytes32(BigInteger number)
    {
        var bytes = number.ToByteArrayUnsigned();
        Span<byte> word = stackalloc byte[Bytes32.Size];
        word.Clear();
        bytes.CopyTo(word[(Bytes32.Size - bytes.Length)..]);
        return Bytes32.FromBytes(word);
    }

    private static bool InRange(BigInteger number, BigInteger limit) =>
        number.SignValue > 0 && number.CompareTo(limit) < 0;

    private static byte[] Encode(ECPoint point) => point.GetEncoded(compressed: false)[1..];
}
