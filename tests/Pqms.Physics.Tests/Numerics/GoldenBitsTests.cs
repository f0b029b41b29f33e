using System.Buffers.Binary;
using System.Security.Cryptography;
using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Numerics;

/// <summary>
/// One digest over the bits of many values: it must be the same on every machine and with every JIT setting.
/// </summary>
/// <remarks>A change here changes every run of the mesh: raise the mesh version with it.</remarks>
public class GoldenBitsTests
{
    [Theory]
    [InlineData(nameof(PortableMath.Exp), -745, 709, "31ed0a8b7506f19b")]
    [InlineData(nameof(PortableMath.ExpMinus1), -2, 2, "d81722dd3c80b9f0")]
    [InlineData(nameof(PortableMath.Log), 1e-300, 4, "b5c1aff978ac1857")]
    [InlineData(nameof(PortableMath.LogOnePlus), -0.999, 2, "b6d85021a7e79eca")]
    [InlineData(nameof(PortableMath.Sin), -1e5, 1e5, "ad3c007b78dfdf0f")]
    [InlineData(nameof(PortableMath.Cos), -1e5, 1e5, "2767cc66f6f43bf0")]
    [InlineData(nameof(PortableMath.Atan), -9, 9, "0c9774c902915c94")]
    [InlineData(nameof(PortableMath.PowerOfTen), -300, 300, "17bcd1db4573bd69")]
    public void Function_GivenAGrid_givesTheGoldenBits(string name, double from, double to, string digest)
    {
        Func<double, double> function = typeof(PortableMath).GetMethod(name)!.CreateDelegate<Func<double, double>>();
        Assert.Equal(digest, Digest(i => BitConverter.DoubleToUInt64Bits(function(from + ((to - from) * i / 10_000)))));
    }

    [Fact]
    public void RandomStream_GivenManyCounters_givesTheGoldenBits()
    {
        var stream = new RandomStream(2026, 7, 1_000_000_007);
        Assert.Equal("5fdbbf851813dfed", Digest(i => stream.Bits((ulong)i)));
        Assert.Equal("84420251f7b506bb", Digest(i => stream.Geometric((ulong)i, 1.0 / (i + 1))));
        Assert.Equal("80a629d67adf6282", Digest(i => BitConverter.DoubleToUInt64Bits(stream.Exponential((ulong)i))));
    }

    private static string Digest(Func<int, ulong> bits)
    {
        byte[] all = new byte[10_001 * 8];
        for (int i = 0; i <= 10_000; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(all.AsSpan(i * 8), bits(i));
        }

        return Convert.ToHexStringLower(SHA256.HashData(all).AsSpan(0, 8));
    }
}
