using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests;

/// <summary>The vectors that the Solidity tests check too: both sides must give the same bytes.</summary>
public sealed class VectorsTests
{
    [Fact]
    public void Tree_GivenTheVectors_givesTheLedgersLeavesRootsAndProofs()
    {
        var trees = Open("tree.json").GetProperty("trees").EnumerateArray().ToArray();
        Assert.NotEmpty(trees);
        foreach (var tree in trees)
        {
            var sequence = tree.GetProperty("sequence").GetUInt64();
            var payloads = tree.GetProperty("payloads").EnumerateArray().Select(p => Hex.Decode(p.GetString()!));
            var leaves = Hashes(tree, "leaves");
            Assert.Equal(leaves, payloads.Select((p, i) => MerkleTree.LeafHash(sequence, (ulong)i, p)));
            var built = new MerkleTree(leaves);
            Assert.Equal(Hash(tree, "root"), built.Root);
            if (leaves.Length > 0)
            {
                var index = tree.GetProperty("index").GetInt32();
                Assert.Equal(Hashes(tree, "proof"), built.Proof(index));
                Assert.True(MerkleTree.Verify(
                    built.Root, (ulong)leaves.Length, (ulong)index, leaves[index], Hashes(tree, "proof")));
            }
        }
    }

    [Fact]
    public void ReportHash_GivenTheVector_isTheLedgers()
    {
        var root = Open("report.json");
        var r = root.GetProperty("report");
        var report = new Report(
            Number(r, "era"), Number(r, "sequence"), Number(r, "toBlock"), Hash(r, "toBlockHash"), Number(r, "toTime"),
            Number(r, "count"), Hash(r, "previousHead"), Hash(r, "eventsRoot"), Hash(r, "stateHash"),
            Hash(r, "dataHash"), Hash(r, "decisionsHash"), Hash(r, "linesHash"));
        Assert.Equal(Hash(root, "reportHash"), ReportHashes.OfReport(report));
    }

    [Fact]
    public void ListHashes_GivenTheVectors_areTheLedgers()
    {
        var root = Open("lists.json");
        var decisions = root.GetProperty("decisions").EnumerateArray().Select(d => new Decision(
            Id(d),
            (byte)Number(d, "outcome"),
            (uint)Number(d, "fidelityPpm"),
            Number(d, "lifetimeMs"),
            Number(d, "rateMicroHz"),
            (uint)Number(d, "standingPpm"))).ToArray();
        var lines = root.GetProperty("lines").EnumerateArray()
            .Select(l => new Line(Id(l), Wide(l, "delivered")))
            .ToArray();
        Assert.Equal(Hash(root, "decisionsHash"), ReportHashes.OfDecisions(decisions));
        Assert.Equal(Hash(root, "linesHash"), ReportHashes.OfLines(lines));
        Assert.Equal(Hash(root, "emptyHash"), ReportHashes.OfLines([]));
        Assert.Equal(Hash(root, "emptyHash"), ReportHashes.OfDecisions([]));
    }

    [Fact]
    public void TermsHash_GivenTheVector_isTheLedgers()
    {
        var root = Open("lists.json");
        var t = root.GetProperty("terms");
        var terms = new Terms(
            (uint)Number(t, "pool"), (uint)Number(t, "slots"), Number(t, "start"), Number(t, "duration"),
            (uint)Number(t, "fidelityMinPpm"), Number(t, "coherenceMinMicroseconds"), (uint)Number(t, "takesPerMinute"),
            (byte)Number(t, "purpose"), (byte)Number(t, "priority"), Wide(t, "maxCost"), Number(t, "deadline"),
            Address.Parse(t.GetProperty("payer").GetString()!));
        Assert.Equal(Hash(root, "termsHash"), ReservationTerms.Hash(terms));
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("exp2Neg")]
    public void FixedExp_GivenTheVectors_isTheLedgersDigitForDigit(string function)
    {
        var root = Open("exp.json").GetProperty(function);
        var arguments = root.GetProperty("x").EnumerateArray().Select(Big).ToArray();
        var results = root.GetProperty("result").EnumerateArray().Select(Big).ToArray();
        Assert.True(arguments.Length >= 100, $"{arguments.Length} vectors");
        Assert.Equal(results, arguments.Select(x => function == "exp" ? FixedExp.Exp(x) : FixedExp.Exp2Neg(x)));
    }

    private static BigInteger Big(JsonElement number) =>
        BigInteger.Parse(number.GetString()!, CultureInfo.InvariantCulture);

    private static JsonElement Open(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pqms.sln")))
        {
            folder = folder.Parent;
        }

        var path = Path.Combine(folder!.FullName, "tests", "vectors", name);
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }

    private static Bytes32 Hash(JsonElement owner, string name) => Bytes32.Parse(owner.GetProperty(name).GetString()!);

    private static Bytes32[] Hashes(JsonElement owner, string name) =>
        [.. owner.GetProperty(name).EnumerateArray().Select(item => Bytes32.Parse(item.GetString()!))];

    // Numbers above 2^53 stand as strings in JSON.
    private static ulong Number(JsonElement owner, string name) => (ulong)Wide(owner, name);

    private static UInt128 Wide(JsonElement owner, string name)
    {
        var value = owner.GetProperty(name);
        return UInt128.Parse(
            value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
            CultureInfo.InvariantCulture);
    }

    private static UInt128 Id(JsonElement owner) => UInt128.Parse(
        owner.GetProperty("id").GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
