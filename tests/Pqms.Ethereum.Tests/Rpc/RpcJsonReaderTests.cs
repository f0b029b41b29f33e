using System.Text.Json;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Tests.Simulation;

namespace Pqms.Ethereum.Tests.Rpc;

public sealed class RpcJsonReaderTests
{
    private const string Log =
        "{\"address\":\"0x00000000000000000000000000000000000000aa\",\"topics\":[\"0x"
        + "1111111111111111111111111111111111111111111111111111111111111111\"],\"data\":\"0x0102\","
        + "\"blockNumber\":\"0x10\",\"blockHash\":\"0x"
        + "2222222222222222222222222222222222222222222222222222222222222222\",\"transactionHash\":\"0x"
        + "3333333333333333333333333333333333333333333333333333333333333333\",\"transactionIndex\":\"0x1\","
        + "\"logIndex\":\"0x2\",\"removed\":false,\"more\":{\"deep\":[1,{}]}}";

    [Fact]
    public void Logs_GivenNodesJson_readsEveryField()
    {
        var log = Assert.Single(RpcJsonReader.Logs(Json($"[{Log}]")));
        Assert.Equal("0x00000000000000000000000000000000000000AA", log.Address.ToString());
        Assert.Equal([Bytes32.Parse("0x" + new string('1', 64))], log.Topics);
        Assert.Equal([1, 2], log.Data);
        Assert.Equal((16UL, 1U, 2U), (log.BlockNumber, log.TransactionIndex, log.LogIndex));
    }

    [Theory]
    [InlineData("\"address\":", "\"other\":")]
    [InlineData("\"0x0102\"", "null")]
    [InlineData("\"0x0102\"", "5")]
    [InlineData("\"0x0102\"", "\"0x012\"")]
    [InlineData("\"0x0102\"", "\"0x01zz\"")]
    [InlineData("\"0x0102\"", "\"0102\"")]
    [InlineData("\"0x10\"", "\"0x\"")]
    [InlineData("\"0x10\"", "\"16\"")]
    [InlineData("\"0x10\"", "\"0x10000000000000000\"")]
    [InlineData("\"0x10\"", "\"0x-1\"")]
    [InlineData("\"logIndex\":\"0x2\"", "\"logIndex\":\"0x100000000\"")]
    [InlineData("00aa\"", "00aaaa\"")]
    [InlineData("\"topics\":[", "\"topics\":{\"a\":[")]
    [InlineData("\"topics\":[", "\"topics\":[5,")]
    public void Logs_WhenAFieldIsMalformed_throwsFormatException(string right, string wrong)
    {
        var text = Log.Replace(right, wrong, StringComparison.Ordinal);
        text = wrong.Contains('{', StringComparison.Ordinal) ? text.Replace("],\"data", "]},\"data") : text;
        Assert.NotEqual(Log, text);
        Assert.Throws<FormatException>(() => RpcJsonReader.Logs(Json($"[{text}]")));
    }

    [Fact]
    public void Logs_WhenAnEventHasFiveTopics_throwsFormatException()
    {
        var topic = "\"0x" + new string('1', 64) + "\"";
        var text = Log.Replace(topic, string.Join(',', Enumerable.Repeat(topic, 5)), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => RpcJsonReader.Logs(Json($"[{text}]")));
    }

    // Whatever JSON a node sends: a FormatException or a value, and nothing else.
    [Fact]
    public void AllReaders_GivenRandomlyDamagedJson_throwNothingButFormatException()
    {
        const int seed = 20;
        var random = new Random(seed);
        string[] tokens = ["5", "\"x\"", "\"0x\"", "null", "{}", "[]", "true", "-1e9", "\"\\u0030x1\""];
        var block = new FakeNode().Chain[0];
        var header = JsonSerializer.Serialize(block.ToJson());
        for (var i = 0; i < 5_000; i++)
        {
            var parts = (i % 2 == 0 ? Log : header).Split('"');
            parts[random.Next(parts.Length)] = tokens[random.Next(tokens.Length)].Trim('"');
            var text = string.Join('"', parts);
            text = random.Next(4) == 0 ? tokens[random.Next(tokens.Length)] : text;
            if (TryJson(text) is { } json)
            {
                Try(() => RpcJsonReader.Header(json));
                Try(() => RpcJsonReader.Receipt(json));
                Try(() => RpcJsonReader.FeeHistory(json));
                Try(() => RpcJsonReader.Logs(json));
                Try(() => RpcJsonReader.Quantity256(json));
            }
        }
    }

    // A block full of events: what is made is what is returned, 400 bytes and less an event.
    [Fact]
    public void Logs_GivenManyEvents_allocatesNothingButThem()
    {
        const int count = 1_000;
        var json = Json("[" + string.Join(',', Enumerable.Repeat(Log, count)) + "]");
        RpcJsonReader.Logs(json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var logs = RpcJsonReader.Logs(json);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(count, logs.Length);
        Assert.True(allocated < 400 * count, $"{allocated / count} bytes an event");
    }

    [Theory]
    [InlineData("0x0", "0")]
    [InlineData("0x00ff", "255")]
    [InlineData("0xFFffFFffFFffFFffFFffFFffFFffFFffFFffFFffFFffFFffFFffFFffFFffFFff",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public void Quantity256_GivenHexadecimalDigits_readsThem(string text, string expected)
    {
        Assert.Equal(expected, RpcJsonReader.Quantity256(Json($"\"{text}\"")).ToString());
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (FormatException)
        {
            // Refused: as documented.
        }
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static JsonElement? TryJson(string text)
    {
        try
        {
            return Json(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
