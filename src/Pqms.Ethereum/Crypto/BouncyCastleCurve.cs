using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using CryptographicOperations = System.Security.Cryptography.CryptographicOperations;

namespace Pqms.Ethereum.Crypto;

/// <summary>The curve over BouncyCastle's fast special form of it.</summary>
/// <remarks>CustomNamedCurves, not SecNamedCurves: the latter is four times slower. Not hardened against an attacker
/// who measures time or power on the same machine: see the README.</remarks>
internal sealed class BouncyCastleCurve : ICurve
{
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger HalfOrder = Curve.N.ShiftRight(1);
    private static readonly FixedPointCombMultiplier BaseMultiplier = new();

    public string Name => "BouncyCastle";

    public void PublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey) =>
        Write(MultiplyBase(ToNumber(privateKey)), publicKey);

    public Signature Sign(Bytes32 digest, ReadOnlySpan<byte> privateKey)
    {
        var message = digest.ToArray();
        var secret = ToNumber(privateKey);
        var number = new BigInteger(1, message);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Curve.N, secret, message);
        while (true)
        {
            var nonce = nonces.NextK();
            var point = MultiplyBase(nonce);
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

    public bool TryRecover(Bytes32 digest, Signature signature, Span<byte> publicKey)
    {
        var encoded = new byte[1 + Scalars.Size];
        encoded[0] = (byte)(2 + signature.V);
        signature.R.CopyTo(encoded.AsSpan(1));
        ECPoint point;
        try
        {
            point = Curve.Curve.DecodePoint(encoded);
        }
        catch (ArgumentException)
        {
            return false;
        }

        // Q = r^-1 (s R - e G): SEC 1, section 4.1.6.
        var inverse = new BigInteger(1, encoded, 1, Scalars.Size).ModInverse(Curve.N);
        var number = new BigInteger(1, digest.ToArray());
        var u1 = inverse.Multiply(number).Negate().Mod(Curve.N);
        var u2 = inverse.Multiply(new BigInteger(1, signature.S.ToArray())).Mod(Curve.N);
        var key = ECAlgorithms.SumOfTwoMultiplies(Curve.G, u1, point, u2).Normalize();
        if (key.IsInfinity)
        {
            return false;
        }

        Write(key, publicKey);
        return true;
    }

    // BouncyCastle's number is a copy that nobody can overwrite; this one can be.
    private static BigInteger ToNumber(ReadOnlySpan<byte> secret)
    {
        var bytes = secret.ToArray();
        var number = new BigInteger(1, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return number;
    }

    private static ECPoint MultiplyBase(BigInteger number) => BaseMultiplier.Multiply(Curve.G, number).Normalize();

    private static void Write(ECPoint point, Span<byte> publicKey)
    {
        point.AffineXCoord.GetEncoded().CopyTo(publicKey);
        point.AffineYCoord.GetEncoded().CopyTo(publicKey[Scalars.Size..]);
    }

    private static Bytes32 ToBytes32(BigInteger number)
    {
        var bytes = number.ToByteArrayUnsigned();
        Span<byte> word = stackalloc byte[Bytes32.Size];
        word.Clear();
        bytes.CopyTo(word[(Bytes32.Size - bytes.Length)..]);
        return Bytes32.FromBytes(word);
    }
}
