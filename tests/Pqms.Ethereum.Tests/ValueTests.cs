using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pqms.Tests;

namespace Pqms.Ethereum.Tests;

public sealed class ValueTests
{
    private static readonly Gen<UInt256> AnyUInt256 =
        from bytes in Gen.Elements(0, 1, 7, 8, 15, 16, 17, 31, 32).SelectMany(n => Gen.Choose(0, 255).ArrayOf(n))
        select UInt256.ReadBigEndian([.. bytes.Select(b => (byte)b)]);

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    public void ToString_GivenEip55Vector_keepsItsCase(string text)
    {
        Assert.Equal(text, Address.Parse(text.ToLowerInvariant()).ToString());
        Assert.Equal(Address.Parse(text.ToLowerInvariant()), Address.Parse(text));
    }

    [Theory]
    [InlineData("0x5aAeb6053f3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    [InlineData("")]
    public void Parse_WhenNoAddress_throwsFormatException(string text)
    {
        Assert.Throws<FormatException>(() => Address.Parse(text));
    }

    [Fact]
    public void Arithmetic_GivenAnyPair_agreesWithBigInteger()
    {
        Prop.ForAll(AnyUInt256.Zip(AnyUInt256).ToArbitrary(), pair =>
        {
            var (a, b) = pair;
            Check(a, b, (x, y) => x + y, (x, y) => x + y);
            Check(a, b, (x, y) => x - y, (x, y) => x - y);
            Check(a, b, (x, y) => x * y, (x, y) => x * y);
            if (!b.IsZero)
            {
                Check(a, b, (x, y) => x / y, BigInteger.Divide);
                Check(a, b, (x, y) => x % y, BigInteger.Remainder);
            }

            Assert.Equal(((BigInteger)a).CompareTo(b), Math.Sign(a.CompareTo(b)));
            Assert.Equal(a, UInt256.Parse(a.ToString()));
            Assert.Equal(a, UInt256.Parse(a.ToHexQuantity()));
            Assert.Equal(((BigInteger)a).ToString(), a.ToString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestProfile.Count(2000, 200000)).WithReplay(11, 13));
    }

    [Fact]
    public void Divide_GivenZero_throws()
    {
        Assert.Throws<DivideByZeroException>(() => UInt256.MaxValue / UInt256.Zero);
        Assert.Throws<DivideByZeroException>(() => UInt256.One % UInt256.Zero);
    }

    [Theory]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("0x")]
    [InlineData("0x0x1")]
    [InlineData(" 1")]
    public void Parse_WhenNoNumberInRange_throwsFormatException(string text)
    {
        Assert.Throws<FormatException>(() => UInt256.Parse(text));
    }

    [Theory]
    [InlineData("1.5 ether", "1500000000000000000")]
    [InlineData("20 gwei", "20000000000")]
    [InlineData("0.000000001 gwei", "1")]
    [InlineData("7", "7")]
    [InlineData("7 wei", "7")]
    public void ParseEther_GivenAmount_givesWei(string text, string wei)
    {
        Assert.Equal(UInt256.Parse(wei), Ether.Parse(text));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("0.0000000001 gwei")]
    [InlineData("one ether")]
    [InlineData("1 euro")]
    [InlineData("-1 ether")]
    [InlineData("")]
    public void ParseEther_WhenNoAmount_throwsFormatException(string text)
    {
        Assert.Throws<FormatException>(() => Ether.Parse(text));
    }

    [Fact]
    public void FormatEther_GivenAnyAmount_parsesBack()
    {
        Prop.ForAll(AnyUInt256.ToArbitrary(), wei => Assert.Equal(wei, Ether.Parse(Ether.Format(wei))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(3, 5));
        Assert.Equal("1.5 ether", Ether.Format(1_500_000_000_000_000_000));
        Assert.Equal("20 gwei", Ether.Format(20_000_000_000));
    }

    [Fact]
    public void Json_GivenValues_roundTrips()
    {
        var address = Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
        var values = new Dictionary<Address, UInt256> { [address] = UInt256.MaxValue };
        var read = JsonSerializer.Deserialize<Dictionary<Address, UInt256>>(JsonSerializer.Serialize(values))!;
        Assert.Equal(UInt256.MaxValue, read[address]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Bytes32>("\"0x12\""));
    }

    private static void Check(
        UInt256 a, UInt256 b, Func<UInt256, UInt256, UInt256> ours, Func<BigInteger, BigInteger, BigInteger> theirs)
    {
        var expected = theirs(a, b);
        if (expected.Sign < 0 || expected.GetBitLength() > 256)
        {
            Assert.Throws<OverflowException>(() => ours(a, b));
        }
        else
        {
            Assert.Equal(expected, (BigInteger)ours(a, b));
        }
    }
}
