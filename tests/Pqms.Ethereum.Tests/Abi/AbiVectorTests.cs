using Pqms.Ethereum.Abi;

namespace Pqms.Ethereum.Tests.Abi;

// The examples of the Solidity documentation, "Contract ABI Specification".
public sealed class AbiVectorTests
{
    [Fact]
    public void ToArray_GivenBaz_givesDocumentedBytes()
    {
        var encoder = new AbiEncoder();
        encoder.WriteUInt(69);
        encoder.WriteBool(true);
        AssertCall(
            "baz(uint32,bool)",
            encoder,
            "0xcdcd77c0"
            + "0000000000000000000000000000000000000000000000000000000000000045"
            + "0000000000000000000000000000000000000000000000000000000000000001");
    }

    [Fact]
    public void ToArray_GivenBar_givesDocumentedBytes()
    {
        var encoder = new AbiEncoder();
        encoder.WriteFixedArray<string>(
            ["abc", "def"], false, (e, text) => e.WriteFixedBytes(System.Text.Encoding.ASCII.GetBytes(text)));
        AssertCall(
            "bar(bytes3[2])",
            encoder,
            "0xfce353f6"
            + "6162630000000000000000000000000000000000000000000000000000000000"
            + "6465660000000000000000000000000000000000000000000000000000000000");
    }

    [Fact]
    public void ToArray_GivenSam_givesDocumentedBytes()
    {
        var encoder = new AbiEncoder();
        encoder.WriteBytes("dave"u8);
        encoder.WriteBool(true);
        encoder.WriteArray<ulong>([1, 2, 3], false, (e, value) => e.WriteUInt(value));
        AssertCall(
            "sam(bytes,bool,uint256[])",
            encoder,
            "0xa5643bf2"
            + "0000000000000000000000000000000000000000000000000000000000000060"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "00000000000000000000000000000000000000000000000000000000000000a0"
            + "0000000000000000000000000000000000000000000000000000000000000004"
            + "6461766500000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000003"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "0000000000000000000000000000000000000000000000000000000000000002"
            + "0000000000000000000000000000000000000000000000000000000000000003");
    }

    [Fact]
    public void ToArray_GivenNestedDynamicArrays_givesDocumentedBytes()
    {
        var encoder = new AbiEncoder();
        ulong[][] numbers = [[1, 2], [3]];
        encoder.WriteArray(numbers, false,
            (e, row) => e.WriteArray(row, false, (inner, value) => inner.WriteUInt(value)));
        encoder.WriteArray<string>(["one", "two", "three"], false, (e, text) => e.WriteString(text));
        AssertCall(
            "g(uint256[][],string[])",
            encoder,
            "0x2289b18c"
            + "0000000000000000000000000000000000000000000000000000000000000040"
            + "0000000000000000000000000000000000000000000000000000000000000140"
            + "0000000000000000000000000000000000000000000000000000000000000002"
            + "0000000000000000000000000000000000000000000000000000000000000040"
            + "00000000000000000000000000000000000000000000000000000000000000a0"
            + "0000000000000000000000000000000000000000000000000000000000000002"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "0000000000000000000000000000000000000000000000000000000000000002"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "0000000000000000000000000000000000000000000000000000000000000003"
            + "0000000000000000000000000000000000000000000000000000000000000003"
            + "0000000000000000000000000000000000000000000000000000000000000060"
            + "00000000000000000000000000000000000000000000000000000000000000a0"
            + "00000000000000000000000000000000000000000000000000000000000000e0"
            + "0000000000000000000000000000000000000000000000000000000000000003"
            + "6f6e650000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000003"
            + "74776f0000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000005"
            + "7468726565000000000000000000000000000000000000000000000000000000");
    }

    [Fact]
    public void WriteInt_GivenNegative_extendsTheSign()
    {
        var encoder = new AbiEncoder();
        encoder.WriteInt(-2);
        Assert.Equal("0x" + new string('f', 63) + "e", Hex.Encode(encoder.ToArray()));
        var decoder = new AbiDecoder(encoder.ToArray());
        Assert.Equal(-2, decoder.ReadInt(8));
    }

    private static void AssertCall(string signature, AbiEncoder encoder, string expected) =>
        Assert.Equal(expected, Hex.Encode(encoder.ToArray(AbiSignature.Selector(signature))));
}
