using Pqms.Ethereum.Abi;

namespace Pqms.Ethereum.Tests.Abi;

/// <summary>What a wallet must not sign: documents that others could read in another way.</summary>
public sealed class TypedDataTests
{
    private const string Valid =
        """
        {"types": {"A": [{"name": "n", "type": "uint8"}, {"name": "b", "type": "B[2]"}],
                   "B": [{"name": "s", "type": "string"}]},
         "primaryType": "A", "domain": {"name": "x", "chainId": 1},
         "message": {"n": 5, "b": [{"s": "p"}, {"s": "q"}]}}
        """;

    [Fact]
    public void EncodeType_GivenNeededStructs_listsThem()
    {
        var data = TypedData.Parse(Valid);
        Assert.Equal("A(uint8 n,B[2] b)B(string s)", data.EncodeType("A"));
        Assert.Equal("EIP712Domain(string name,uint256 chainId)", data.EncodeType("EIP712Domain"));
        Assert.Equal(Eip712.Digest(data.DomainSeparator, data.StructHash), data.Digest);
        Assert.Throws<FormatException>(() => data.EncodeType("C"));
    }

    [Theory]
    [InlineData("\"n\": 5", "\"n\": 256", "2^8 - 1")]
    [InlineData("\"n\": 5", "\"n\": 5.5", "5.5")]
    [InlineData("\"n\": 5", "\"n\": null", "null")]
    [InlineData("\"n\": 5, ", "", "'n' is missing")]
    [InlineData("\"n\": 5", "\"n\": 5, \"m\": 6", "would not be signed")]
    [InlineData("\"n\": 5", "\"n\": 5, \"n\": 6", "no JSON")]
    [InlineData(", {\"s\": \"q\"}", "", "B[2]")]
    [InlineData("{\"s\": \"q\"}", "7", "allowed is a JSON object")]
    [InlineData("\"q\"", "\"\\ud800\"", "string")]
    [InlineData("\"uint8\"", "\"uint\"", "unknown")]
    [InlineData("\"uint8\"", "\"uint9\"", "unknown")]
    [InlineData("\"uint8\"", "\"()\"", "unknown")]
    [InlineData("\"uint8\"", "\"(bool)\"", "unknown")]
    [InlineData("\"uint8\"", "\"C\"", "unknown")]
    [InlineData("B[2]", "B[0]", "no array type")]
    [InlineData("B[2]", "B[2", "no array type")]
    [InlineData("\"name\": \"s\"", "\"name\": \"s,uint8 t\"", "none or taken")]
    [InlineData("{\"name\": \"s\", \"type\": \"string\"}", "3", "B")]
    [InlineData("\"B\": [", "\"bool\": [], \"B\": [", "no name for a struct")]
    [InlineData("\"primaryType\": \"A\"", "\"primaryType\": \"Z\"", "'Z' is no struct")]
    [InlineData("\"primaryType\": \"A\",", "", "\"primaryType\"")]
    [InlineData("\"chainId\": 1", "\"chainId\": -1", "uint256")]
    [InlineData("\"chainId\": 1", "\"chainID\": 1", "would not be signed")]
    public void Parse_WhenAmbiguousOrOutOfRange_saysWhat(string part, string instead, string reason)
    {
        Assert.Contains(part, Valid, StringComparison.Ordinal);
        var document = Valid.Replace(part, instead, StringComparison.Ordinal);
        var exception = Assert.ThrowsAny<FormatException>(() => TypedData.Parse(document));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_GivenAnyPrefix_throwsNothingElse()
    {
        for (var length = 0; length < Valid.TrimEnd().Length; length++)
        {
            Assert.ThrowsAny<FormatException>(() => TypedData.Parse(Valid[..length]));
        }
    }

    [Fact]
    public void Parse_WhenTooLong_namesTheLimit()
    {
        var exception = Assert.Throws<FormatException>(
            () => TypedData.Parse(Valid + new string(' ', TypedData.MaxTextLength)));
        Assert.Contains("1000000", exception.Message, StringComparison.Ordinal);
    }
}
