using System.Numerics;
using Pqms.Ethereum.Crypto;
using Pqms.Tests;

namespace Pqms.Ethereum.Tests.Crypto;

/// <summary>Both implementations of the curve, and the arithmetic they share.</summary>
public sealed class CurveTests
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "115792089237316195423570985008687907852837564279074904382605163141518161494337",
        System.Globalization.CultureInfo.InvariantCulture);

    private static readonly BigInteger[] Edges =
    [
        0, 1, 2, 3, Order / 2 - 1, Order / 2, Order / 2 + 1, Order - 2, Order - 1, Order, Order + 1,
        BigInteger.Pow(2, 255), BigInteger.Pow(2, 256) - 1, BigInteger.Pow(2, 192) - 1, BigInteger.Pow(2, 64),
    ];

    [NativeCurveFact]
    public void Curve_GivenEdgesAndRandomNumbers_isTheSameByLibsecp256k1AndBouncyCastle()
    {
        var native = NativeCurve.TryLoad()!;
        var managed = new BouncyCastleCurve();
        var random = new Random(6979);
        byte[][] edges = [.. Edges.Select(Word)];
        var keys = edges.Where(word => Scalars.IsInRange(word)).Concat(Words(random, TestProfile.Count(40, 10000)));
        foreach (var key in keys)
        {
            Assert.Equal(PublicKey(managed, key), PublicKey(native, key));
            foreach (var word in edges.Concat(Words(random, 2)))
            {
                var digest = Bytes32.FromBytes(word);
                var signature = managed.Sign(digest, key);
                Assert.Equal(signature, native.Sign(digest, key));
                Assert.Equal(PublicKey(managed, key), Recover(native, digest, signature));
            }
        }
    }

    // What is no signature, and what is one by chance: both must refuse or recover the same.
    [NativeCurveFact]
    public void TryRecover_GivenAnySignature_isTheSameByLibsecp256k1AndBouncyCastle()
    {
        var native = NativeCurve.TryLoad()!;
        var managed = new BouncyCastleCurve();
        var random = new Random(2256);
        byte[][] words = [.. Edges.Select(Word).Where(word => Scalars.IsInRange(word)), .. Words(random, 20)];
        var refused = 0;
        foreach (var r in words)
        {
            foreach (var s in words)
            {
                var signature = new Signature(
                    Bytes32.FromBytes(r), Bytes32.FromBytes(s), (byte)random.Next(2));
                var digest = Bytes32.FromBytes(words[random.Next(words.Length)]);
                var expected = Recover(managed, digest, signature);
                Assert.Equal(expected, Recover(native, digest, signature));
                refused += expected is null ? 1 : 0;
            }
        }

        Assert.InRange(refused, 1, (words.Length * words.Length) - 1);
    }

    [Fact]
    public void Sign_GivenAnyDigest_hasLowSAndTheSignersKey()
    {
        var managed = new BouncyCastleCurve();
        foreach (var key in Words(new Random(2), 40))
        {
            foreach (var edge in Edges.Take(6).Concat([Order, BigInteger.Pow(2, 256) - 1]))
            {
                var digest = Bytes32.FromBytes(Word(edge));
                var signature = managed.Sign(digest, key);
                Assert.True(Secp256k1.IsAcceptable(signature));
                Assert.Equal(PublicKey(managed, key), Recover(managed, digest, signature));
            }
        }
    }

    // R = G and s = e, so that s·R = e·G: the key would be the point at infinity, which is nobody's.
    [Fact]
    public void TryRecover_WhenTheKeyIsThePointAtInfinity_isRefused()
    {
        var one = Word(1);
        Span<byte> generator = stackalloc byte[64];
        new BouncyCastleCurve().PublicKey(one, generator);
        var signature = new Signature(
            Bytes32.FromBytes(generator[..32]), Bytes32.FromBytes(one), (byte)(generator[63] & 1));
        Assert.False(Signature.TryRecover(Bytes32.FromBytes(one), signature, out _));
    }

    [Fact]
    public void Scalars_GivenEdgesAndRandomNumbers_agreeWithBigIntegers()
    {
        byte[][] words = [.. Edges.Select(Word), .. Words(new Random(3), 200)];
        Span<byte> result = stackalloc byte[32];
        foreach (var word in words)
        {
            var number = Number(word);
            Assert.Equal(number > 0 && number < Order, Scalars.IsInRange(word));
            Assert.Equal(number > Order / 2, Scalars.IsHigh(word));
            Scalars.Reduce(word, result);
            Assert.Equal(number % Order, Number(result));
            foreach (var other in words.Where(other => number < Order && Number(other) < Order))
            {
                Scalars.Add(word, other, result);
                Assert.Equal((number + Number(other)) % Order, Number(result));
            }
        }
    }

    [Fact]
    public void Backend_GivenThisMachine_namesWhatComputes()
    {
        var expected = NativeCurve.TryLoad()?.Name ?? "BouncyCastle";
        Assert.Equal(expected, Secp256k1.Backend);
        Assert.Equal(expected != "BouncyCastle", Secp256k1.IsConstantTime);
    }

    private static string PublicKey(ICurve curve, byte[] key)
    {
        Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeySize];
        curve.PublicKey(key, publicKey);
        return Hex.Encode(publicKey);
    }

    private static string? Recover(ICurve curve, Bytes32 digest, Signature signature)
    {
        Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeySize];
        return curve.TryRecover(digest, signature, publicKey) ? Hex.Encode(publicKey) : null;
    }

    private static IEnumerable<byte[]> Words(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var word = new byte[32];
            random.NextBytes(word);
            yield return word;
        }
    }

    private static BigInteger Number(ReadOnlySpan<byte> word) => new(word, isUnsigned: true, isBigEndian: true);

    private static byte[] Word(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
