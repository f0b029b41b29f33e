using System.Numerics;
using System.Text.Json;
using Pqms.Ethereum.Abi;

namespace Pqms.Ethereum.Tests.Abi;

public sealed class AbiJsonTests
{
    [Theory]
    [InlineData("(uint8)", "[256]", "2^8 - 1")]
    [InlineData("(uint8)", "[\"-1\"]", "0 to")]
    [InlineData("(uint8)", "[1e1]", "1e1")]
    [InlineData("(int8)", "[128]", "2^7 - 1")]
    [InlineData("(int8)", "[\"-129\"]", "-2^7")]
    [InlineData("(bool)", "[1]", "true or false")]
    [InlineData("(address)", "[\"0x00\"]", "40 hexadecimal")]
    [InlineData("(address)", "[\"0x5aAeb6053f3E94C9b9A09f33669435E7Ef1BeAed\"]", "checksum")]
    [InlineData("(bytes3)", "[\"0x0102\"]", "3 bytes")]
    [InlineData("(bytes)", "[\"0x012\"]", "even")]
    [InlineData("(bytes)", "[\"0102\"]", "0x")]
    [InlineData("(string)", "[\"\\udc00\"]", "string")]
    [InlineData("(uint8[2])", "[[1]]", "uint8[2]")]
    [InlineData("(uint8[])", "[7]", "uint8[]")]
    [InlineData("(uint8,bool)", "[7]", "(uint8,bool)")]
    [InlineData("()", "[7]", "()")]
    public void Encode_WhenAValueIsOutsideItsType_namesBoth(string types, string values, string reason)
    {
        using var json = JsonDocument.Parse(values);
        var exception = Assert.ThrowsAny<FormatException>(
            () => AbiJson.Encode(AbiType.Parse(types), json.RootElement));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("uint7")]
    [InlineData("uint264")]
    [InlineData("uint08")]
    [InlineData("bytes0")]
    [InlineData("bytes33")]
    [InlineData("fixed128x18")]
    [InlineData("uint8[")]
    [InlineData("uint8[0]")]
    [InlineData("uint8[-1]")]
    [InlineData("uint8[65537]")]
    [InlineData("uint8[65536][65536]")]
    [InlineData("(uint8")]
    [InlineData("(uint8,)")]
    [InlineData("(uint8) ")]
    [InlineData("()[]")]
    [InlineData("(())")]
    [InlineData("(uint8,())")]
    [InlineData("((((((((((((((((((((((((((((((((uint8))))))))))))))))))))))))))))))))")]
    [InlineData("uint8[][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][]")]
    public void Parse_WhenNoType_isRefused(string text) =>
        Assert.Throws<FormatException>(() => AbiType.Parse(text));

    [Theory]
    [InlineData("uint", "uint256")]
    [InlineData("tuple(int,function)[3][]", "(int256,bytes24)[3][]")]
    [InlineData("()", "()")]
    public void ToString_GivenAType_isCanonical(string text, string canonical) =>
        Assert.Equal(canonical, AbiType.Parse(text).ToString());

    [Theory]
    [InlineData("((uint8))", "[[1]]")]
    [InlineData("(bytes[])", "[[\"0x\"]]")]
    [InlineData("(string[2])", "[[\"a\",\"b\"]]")]
    public void EncodePacked_WhenSolidityHasNoSuchEncoding_isRefused(string types, string values)
    {
        using var json = JsonDocument.Parse(values);
        Assert.Throws<FormatException>(() => AbiJson.EncodePacked(AbiType.Parse(types), json.RootElement));
    }

    [Fact]
    public void Encode_WhenTheTypeIsNoTuple_isRefused()
    {
        using var json = JsonDocument.Parse("[]");
        Assert.Throws<ArgumentException>(() => AbiJson.Encode(AbiType.Parse("bool"), json.RootElement));
        Assert.Throws<ArgumentException>(() => AbiJson.EncodePacked(AbiType.Parse("bool"), json.RootElement));
        Assert.Throws<ArgumentException>(() => AbiJson.Decode(AbiType.Parse("bool"), []));
    }

    [Fact]
    public void Int256_GivenNumbersRoundItsEnds_agreesWithBigInteger()
    {
        BigInteger[] ends = [-(BigInteger.One << 255), -(BigInteger.One << 127), 0, BigInteger.One << 127,
            (BigInteger.One << 255) - 1];
        var numbers = ends.SelectMany(end => Enumerable.Range(-2, 5).Select(i => end + i)).ToList();
        foreach (var number in numbers)
        {
            var inside = number >= ends[0] && number <= ends[^1];
            Assert.Equal(inside, Int256.TryParse($"{number}", out var value));
            if (!inside)
            {
                Assert.Throws<OverflowException>(() => (Int256)number);
                continue;
            }

            Assert.Equal(number, (BigInteger)value);
            Assert.Equal(value, (Int256)number);
            var bytes = new byte[Int256.Size];
            value.WriteBigEndian(bytes);
            Assert.Equal(number, new BigInteger(bytes, isUnsigned: false, isBigEndian: true));
            Assert.Equal(value, Int256.ReadBigEndian(bytes));
            Assert.Equal(number.Sign < 0, value.IsNegative);
            Assert.All(
                numbers.Where(other => other >= ends[0] && other <= ends[^1]),
                other => Assert.Equal(number.CompareTo(other), value.CompareTo((Int256)other)));
        }
    }
}
