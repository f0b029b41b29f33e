using System.Text.Json;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Tests.Generators;
using Pqms.Tests;
using Xunit.Abstractions;

namespace Pqms.Ethereum.Tests.Abi;

/// <summary>Payloads made to hurt: they are refused or read, and cost memory in proportion to their length.</summary>
public sealed class AbiHostileTests(ITestOutputHelper output)
{
    // A uint256 of 32 bytes is text of 78 digits: a string, and its part of buffers that double as the JSON grows. Seen
    // in 100,000 payloads: 19.
    private const int MaxJsonBytesPerByte = 32;

    // An empty array in an array takes a reference and an object, 32 bytes for its word of 32; a text takes two bytes
    // for one. Seen in 100,000 payloads: 1.4.
    private const int MaxTypedBytesPerByte = 4;

    // An exception, its text and what the runtime keeps for each.
    private const int Fixed = 8192;

    private static readonly string[] Types =
    [
        "uint256", "bytes", "string", "bool[]", "uint8[3][]", "uint256[][]", "bytes[]", "string[][2]", "bytes1[]",
        "uint8[1000]", "(uint8,bytes)[]", "(string,(uint256[],bytes)[])", "(bytes[],bytes[])[2][]", "int256[][][][]",
        "(bool,bool[2],string)[3]", "uint64[8][8][]",
    ];

    private static int Payloads => TestProfile.Count(1500, nightly: 100_000);

    [Fact]
    public void Decode_WhenTypesAreKnownAtRunTime_costsAFewTimesThePayload()
    {
        var types = Types.Select(type => AbiType.Parse($"({type})")).ToArray();
        var read = 0;
        var worst = Enumerable.Range(0, Payloads).Max(seed =>
        {
            var type = types[seed % types.Length];
            var payload = Payload(seed);
            string? values = null;
            var cost = Cost(payload, data => values = AbiJson.Decode(type, data));
            if (values is not null)
            {
                // What was accepted has one meaning: it survives its own canonical encoding.
                read++;
                using var json = JsonDocument.Parse(values);
                Assert.Equal(values, AbiJson.Decode(type, AbiJson.Encode(type, json.RootElement)));
            }

            return cost;
        });
        output.WriteLine($"{read} of {Payloads} were read; at most {worst:F1} bytes for a byte");
        Assert.InRange(read, Payloads / 50, Payloads * 49 / 50);
        Assert.InRange(worst, 0, MaxJsonBytesPerByte);
    }

    [Fact]
    public void Decode_WhenTypesAreGenerated_costsAFewTimesThePayload()
    {
        var types = Types.Where(type => !type.Contains('(', StringComparison.Ordinal)).Append("Pair[]").ToArray();
        var harness = GeneratorHarness.Of(
            string.Join(',', types.Select((type, i) => SampleAbi.Function($"f{i}", "", type))));
        var decoders = types.Select((_, i) => $"data => new SampleContract(Address.Zero).F{i}().Decode(data)");
        var decode = (Func<byte[], object>[])harness.Probe(
            $"return new Func<byte[], object>[] {{ {string.Join(", ", decoders)} }};")!;
        var read = 0;
        var worst = Enumerable.Range(0, Payloads).Max(seed => Cost(Payload(seed), data =>
        {
            var values = decode[seed % types.Length](data);
            read++;
            return values;
        }));
        output.WriteLine($"{read} of {Payloads} were read; at most {worst:F1} bytes for a byte");
        Assert.InRange(read, Payloads / 50, Payloads * 49 / 50);
        Assert.InRange(worst, 0, MaxTypedBytesPerByte);
    }

    private static double Cost(byte[] payload, Func<byte[], object> decode)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            decode(payload);
        }
        catch (AbiException)
        {
            // Refused: that costs the exception.
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return Math.Max(0, bytes - Fixed) / (double)payload.Length;
    }

    /// <summary>1 to 2,048 words, most of them offsets and lengths that could be true.</summary>
    private static byte[] Payload(int seed)
    {
        var random = new Random(seed);
        var words = 1 + random.Next(random.Next(2) == 0 ? 8 : 2048);
        var payload = new byte[words * AbiDecoder.WordSize];
        var style = random.Next(4);
        var target = (ulong)(random.Next(words) * AbiDecoder.WordSize);
        for (var i = 0; i < words; i++)
        {
            UInt256 value = style switch
            {
                0 => target,
                1 or 2 when i < 2 => i == 0 ? 32UL : (ulong)Math.Max(0, words - 2 - style),
                1 => (ulong)random.Next(2),
                // All lead to the last word, which is an empty value.
                2 => i == words - 1 ? 0UL : (ulong)((words - 3) * AbiDecoder.WordSize),
                _ => Any(random, words),
            };
            value.WriteBigEndian(payload.AsSpan(i * AbiDecoder.WordSize, AbiDecoder.WordSize));
        }

        return payload;
    }

    private static UInt256 Any(Random random, int words) => random.Next(8) switch
    {
        0 => (ulong)random.Next(words),
        1 => uint.MaxValue,
        2 => 1UL << 31,
        3 => UInt256.MaxValue,
        4 => 0UL,
        5 => 1UL,
        _ => (ulong)(random.Next(words) * AbiDecoder.WordSize),
    };
}
