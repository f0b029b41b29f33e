using System.Text;
using Pqms.Ethereum.Rlp;

namespace Pqms.Ethereum.Tests.Rlp;

// Vectors: Ethereum documentation, "Recursive-length prefix serialization".
public sealed class RlpWriterTests
{
    [Theory]
    [InlineData("dog", "83646f67")]
    [InlineData("", "80")]
    [InlineData("\0", "00")]
    [InlineData("\u000f", "0f")]
    [InlineData(
        "Lorem ipsum dolor sit amet, consectetur adipisicing elit",
            "b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164"
            + "697069736963696e6720656c6974")]
    public void WriteBytes_GivenVector_givesItsEncoding(string text, string encoding)
    {
        var writer = new RlpWriter();
        writer.WriteBytes(Encoding.ASCII.GetBytes(text));
        Assert.Equal(encoding, Convert.ToHexStringLower(writer.ToArray()));
    }

    [Theory]
    [InlineData(0, "80")]
    [InlineData(1, "01")]
    [InlineData(127, "7f")]
    [InlineData(128, "8180")]
    [InlineData(1024, "820400")]
    public void WriteUInt_GivenVector_givesItsEncoding(ulong number, string encoding)
    {
        var writer = new RlpWriter();
        writer.WriteUInt(number);
        Assert.Equal(encoding, Convert.ToHexStringLower(writer.ToArray()));
    }

    [Fact]
    public void WriteList_GivenSetTheoreticThree_givesItsEncoding()
    {
        // [ [], [[]], [ [], [[]] ] ]
        var one = new RlpWriter();
        one.WriteList(new RlpWriter());
        var three = new RlpWriter();
        three.WriteList(new RlpWriter());
        three.WriteList(one);
        var all = new RlpWriter();
        all.WriteList(new RlpWriter());
        all.WriteList(one);
        all.WriteList(three);
        Assert.Equal("c7c0c1c0c3c0c1c0", Convert.ToHexStringLower(all.ToListArray()));
    }

    [Fact]
    public void WriteBytes_GivenLengthsRoundTheLimits_prefixesThem()
    {
        foreach (var (length, prefix) in new[] { (55, "b7"), (56, "b838"), (255, "b8ff"), (256, "b90100"),
            (65536, "ba010000") })
        {
            var writer = new RlpWriter();
            writer.WriteBytes(new byte[length]);
            Assert.Equal(prefix, Convert.ToHexStringLower(writer.ToArray().AsSpan(0, prefix.Length / 2)));
            Assert.Equal(length + (prefix.Length / 2), writer.Length);
        }
    }
}
