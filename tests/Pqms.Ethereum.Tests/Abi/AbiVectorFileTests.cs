using System.Text.Json;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Generators.Model;
using AbiType = Pqms.Ethereum.Abi.AbiType;

namespace Pqms.Ethereum.Tests.Abi;

/// <summary>Vectors of @ethersproject/testcases: what contracts returned, emitted and hashed.</summary>
public sealed class AbiVectorFileTests
{
    [Theory]
    [InlineData("contract-interface", 2045)]
    [InlineData("contract-interface-abi2", 1880)]
    public void EncodeAndDecode_GivenWhatContractsReturned_agree(string file, int count) =>
        VectorFile.CheckAll(file, count, item =>
        {
            var types = AbiType.Parse(Text(item, "types"));
            var values = item.GetProperty("values");
            var result = Text(item, "result");
            Assert.Equal(result, Hex.Encode(AbiJson.Encode(types, values)));
            Assert.Equal(Canonical(values), AbiJson.Decode(types, Hex.Decode(result)), ignoreCase: true);
        });

    [Fact]
    public void Topics_GivenWhatContractsEmitted_agree() => VectorFile.CheckAll("contract-events", 2016, item =>
    {
        var types = item.GetProperty("types").EnumerateArray().Select(t => AbiType.Parse(t.GetString()!)).ToArray();
        var indexed = item.GetProperty("indexed").EnumerateArray().Select(i => i.GetBoolean()).ToArray();
        var values = item.GetProperty("values").EnumerateArray().ToArray();
        var topics = item.GetProperty("topics").EnumerateArray().Select(t => t.GetString()!).ToList();
        if (topics.Count > indexed.Count(i => i))
        {
            Assert.Equal(AbiSignature.Topic($"testEvent({string.Join(',', (object[])types)})").ToString(), topics[0]);
            topics.RemoveAt(0);
        }

        var places = Enumerable.Range(0, types.Length).ToArray();
        var ours = places.Where(i => indexed[i]).Select(i => AbiJson.Topic(types[i], values[i]).ToString());
        Assert.Equal(topics, ours);
        var rest = places.Where(i => !indexed[i]).ToArray();
        var encoder = new AbiEncoder();
        foreach (var i in rest)
        {
            AbiJsonWriting.Write(encoder, types[i], values[i]);
        }

        Assert.Equal(Text(item, "data"), Hex.Encode(encoder.ToArray()));
    });

    [Fact]
    public void EncodePacked_GivenWhatContractsHashed_agrees() =>
        VectorFile.CheckAll("solidity-hashes", 2016, item =>
        {
            var types = AbiType.Parse(Text(item, "types"));
            var packed = AbiJson.EncodePacked(types, item.GetProperty("values"));
            Assert.Equal(Text(item, "keccak256"), Keccak256.Hash(packed).ToString());
        });

    // The generator's own parser and hash, from the ABI that the compiler gave.
    [Fact]
    public void Selectors_GivenCompilersAbis_agree() => VectorFile.CheckAll("contract-signatures", 1880, item =>
    {
        var abi = item.GetProperty("abi").GetRawText();
        var file = AbiParser.ParseFile("A.abi.json", $$"""{"contractName": "A", "abi": {{abi}}}""");
        Assert.Null(file.Fault);
        var signature = Text(item, "signature");
        Assert.Contains(signature, file.Contract!.Functions.Select(function => function.Signature));
        Assert.Equal(Text(item, "sigHash"), $"0x{AbiSignature.Selector(signature):x8}");
        Assert.Equal(
            Text(item, "sigHash")[2..],
            Pqms.Ethereum.Generators.Emit.RecordEmitter.Hex(
                Pqms.Ethereum.Generators.Emit.RecordEmitter.Topic(signature), 4));
    });

    [Fact]
    public void TypedData_GivenDocuments_agrees() => VectorFile.CheckAll("eip712", 1025, item =>
    {
        var data = TypedData.Parse(item.GetProperty("document").GetRawText());
        Assert.Equal(Text(item, "encoded"), Hex.Encode(data.EncodeMessage()));
        Assert.Equal(Text(item, "digest"), data.Digest.ToString());
    });

    internal static string Canonical(JsonElement values) => values.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', values.EnumerateArray().Select(Canonical))}]",
        JsonValueKind.String => JsonSerializer.Serialize(values.GetString()),
        _ => values.GetRawText(),
    };

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
