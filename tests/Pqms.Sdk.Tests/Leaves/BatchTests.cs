using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Leaves;

namespace Pqms.Sdk.Tests.Leaves;

public sealed class BatchTests
{
    private static readonly Leaf[] Leaves =
        [new SettlementLeaf(1, 2, 3), new PoolCountersLeaf(1, 2, 3, 4, 5, 6, 7, 8), new SettlementLeaf(4, 5, 6)];

    [Fact]
    public void Parse_GivenAWrittenBatch_givesTheSameContentAndHash()
    {
        var batch = new Batch(2, 9, Leaves);
        var read = Batch.Parse(batch.Bytes.Span);
        Assert.Equal(Leaves, read.Leaves);
        Assert.Equal((2UL, 9UL), (read.Era, read.Sequence));
        Assert.Equal(batch.DataHash, read.DataHash);
        Assert.Equal(Keccak256.Hash(batch.Bytes.Span), read.DataHash);
        Assert.Equal(batch.Tree.Root, read.Tree.Root);
    }

    // Leaves are hashed by length in groups of 64: kinds are mixed, and the counts lie around full groups.
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(129)]
    [InlineData(500)]
    public void Tree_GivenLeavesOfMixedKinds_holdsEachLeafsOwnHash(int count)
    {
        Leaf[] leaves = [.. Enumerable.Range(0, count).Select(i => Leaves[i % Leaves.Length])];
        var expected = leaves.Select((leaf, i) => MerkleTree.LeafHash(7, (ulong)i, leaf.ToPayload())).ToArray();
        var batch = new Batch(1, 7, leaves);
        Assert.Equal(new MerkleTree(expected).Root, batch.Tree.Root);
        for (var i = 0; i < count; i++)
        {
            Assert.True(MerkleTree.Verify(batch.Tree.Root, (ulong)count, (ulong)i, expected[i], batch.Proof(i)));
        }
    }

    [Fact]
    public void Parse_GivenASingleLeafOfAnyKind_readsIt() => Assert.All(
        Leaves.Append(new ProductionLeaf(7, 1, 3, 950_000, 5)),
        leaf => Assert.Equal(leaf, Assert.Single(Batch.Parse(new Batch(1, 1, [leaf]).Bytes.Span).Leaves)));

    [Fact]
    public void Bytes_GivenAnEmptyBatch_isTheGoldenHeader()
    {
        var batch = new Batch(1, 2, []);
        Assert.Equal(
            "50514d42" + "01" + "0000000000000001" + "0000000000000002" + "00000000",
            Convert.ToHexStringLower(batch.Bytes.Span));
        Assert.Equal(Bytes32.Zero, batch.Tree.Root);
    }

    [Fact]
    public void Parse_WhenCutExtendedOrAltered_refusesOrHashesDifferently()
    {
        var batch = new Batch(2, 9, Leaves);
        var file = batch.Bytes.ToArray();
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<FormatException>(() => Batch.Parse(file.AsSpan(0, length)));
        }

        Assert.Throws<FormatException>(() => Batch.Parse([.. file, 0]));
        for (var i = 0; i < file.Length; i++)
        {
            var altered = file.ToArray();
            altered[i] ^= 1;
            try
            {
                Assert.NotEqual(batch.DataHash, Batch.Parse(altered).DataHash);
            }
            catch (FormatException)
            {
                // Refused: as good.
            }
        }
    }

    [Fact]
    public void Parse_GivenAHugeCount_refusesBeforeAllocating()
    {
        var file = new Batch(1, 1, []).Bytes.ToArray();
        file.AsSpan(^4).Fill(0x7f);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FormatException>(() => Batch.Parse(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }
}
