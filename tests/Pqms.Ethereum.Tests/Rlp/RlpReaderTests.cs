using Pqms.Ethereum.Rlp;

namespace Pqms.Ethereum.Tests.Rlp;

public sealed class RlpReaderTests
{
    [Theory]
    [InlineData("", "ends")]
    [InlineData("83646f", "2 bytes are left")]
    [InlineData("8100", "prefix")]
    [InlineData("817f", "prefix")]
    [InlineData("b80100", "no leading zero")]
    [InlineData("b90001", "no leading zero")]
    [InlineData("b837" + "00", "56 to")]
    [InlineData("bb7fffffff", "0 bytes are left")]
    [InlineData("bbffffffff", "56 to")]
    [InlineData("bfffffffffffffffff", "56 to")]
    [InlineData("bf", "bytes are left")]
    [InlineData("c0", "found a list")]
    public void ReadBytes_WhenEncodedOtherwise_isRefused(string encoding, string reason)
    {
        var exception = Assert.Throws<FormatException>(() =>
        {
            var reader = new RlpReader(Hex.Decode(encoding));
            reader.ReadBytes();
        });
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("80", "found a string")]
    [InlineData("c2", "0 bytes are left")]
    [InlineData("f800", "no leading zero")]
    [InlineData("fbffffffff", "56 to")]
    public void ReadList_WhenEncodedOtherwise_isRefused(string encoding, string reason)
    {
        var exception = Assert.Throws<FormatException>(() =>
        {
            var reader = new RlpReader(Hex.Decode(encoding));
            reader.ReadList();
        });
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("820001")]
    [InlineData("a1010000000000000000000000000000000000000000000000000000000000000000")]
    public void ReadUInt256_WhenLongerThanNeeded_isRefused(string encoding) => Assert.Throws<FormatException>(() =>
    {
        var reader = new RlpReader(Hex.Decode(encoding));
        reader.ReadUInt256();
    });

    // Any bytes: an item, or FormatException; never anything else, and never an allocation by a claimed length.
    [Fact]
    public void ReadBytes_WhenGivenAnyBytes_readsOrRefuses()
    {
        var read = 0;
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            try
            {
                var reader = new RlpReader(bytes);
                while (!reader.AtEnd)
                {
                    if (reader.NextIsList)
                    {
                        reader.ReadList();
                    }
                    else
                    {
                        reader.ReadBytes();
                    }
                }

                read++;
            }
            catch (FormatException)
            {
                Assert.NotEmpty(bytes);
            }
        }

        Assert.InRange(read, 1000, 19_000);
    }
}
