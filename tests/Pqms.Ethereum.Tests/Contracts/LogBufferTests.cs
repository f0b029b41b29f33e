using System.Text;
using Pqms.Ethereum.Contracts;

namespace Pqms.Ethereum.Tests.Contracts;

public sealed class LogBufferTests
{
    private const string Topic = "\"0x1111111111111111111111111111111111111111111111111111111111111111\"";

    private const string Valid =
        """{"address":"0x00000000000000000000000000000000000000ff","topics":[""" + Topic + "],\"data\":\"0x0102\","
        + """ "blockNumber":"0x10","logIndex":"0x2","removed":true,"other":{"a":[1]}}""";

    [Fact]
    public void Read_GivenALog_givesItsFieldsAndForgetsTheLastOnes()
    {
        var log = Read(Valid);
        Assert.Equal((16UL, 2U, true), (log.BlockNumber, log.LogIndex, log.IsRemoved));
        Assert.Equal("0x0102", Hex.Encode(log.Data));
        Assert.Equal(1, log.Topics.Length);
        Assert.Equal(Address.Parse("0x00000000000000000000000000000000000000ff"), log.Address);

        log.Read("""{"data":"0x","topics":[],"address":"0x0000000000000000000000000000000000000001"}"""u8);
        Assert.Equal((0UL, 0U, false), (log.BlockNumber, log.LogIndex, log.IsRemoved));
        Assert.Equal((0, 0), (log.Topics.Length, log.Data.Length));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "log")]
    [InlineData("null", "log")]
    [InlineData("{}", "lacks address, topics, data")]
    [InlineData("{\"topics\":[],\"data\":\"0x\"}", "lacks address.")]
    [InlineData("{\"address\":5}", "address")]
    [InlineData("{\"address\":\"0x00\"}", "address")]
    [InlineData("{\"topics\":\"0x\"}", "topics")]
    [InlineData("{\"topics\":[\"0x11\"]}", "topics")]
    [InlineData("{\"topics\":[" + Topic + "," + Topic + "," + Topic + "," + Topic + "," + Topic + "]}", "at most 4")]
    [InlineData("{\"data\":\"0x1\"}", "data")]
    [InlineData("{\"data\":\"0xzz\"}", "data")]
    [InlineData("{\"data\":\"\\u0030x\"}", "data")]
    [InlineData("{\"blockNumber\":\"0x10000000000000000\"}", "blockNumber")]
    [InlineData("{\"logIndex\":\"0x100000000\"}", "logIndex")]
    [InlineData("{\"logIndex\":\"5\"}", "logIndex")]
    public void Read_WhenMalformed_namesTheField(string json, string field)
    {
        var exception = Assert.ThrowsAny<FormatException>(() => Read(json));
        Assert.Contains(field, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenSomethingFollows_isRefused() =>
        Assert.ThrowsAny<FormatException>(() => Read(Valid + "{}"));

    [Fact]
    public void Read_GivenAnyPrefix_throwsNothingElse()
    {
        for (var length = 0; length < Valid.Length; length++)
        {
            Assert.ThrowsAny<FormatException>(() => Read(Valid[..length]));
        }
    }

    [Fact]
    public void Read_GivenManyLogs_allocatesNothing()
    {
        var log = new LogBuffer();
        var json = Encoding.UTF8.GetBytes(Valid);
        log.Read(json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            log.Read(json);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static LogBuffer Read(string json)
    {
        var log = new LogBuffer();
        log.Read(Encoding.UTF8.GetBytes(json));
        return log;
    }
}
