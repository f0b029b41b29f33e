using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Leaves;

namespace Pqms.Sdk.Tests.Leaves;

public sealed class MerkleTreeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(1_000_000, 20)]
    public void Depth_GivenACount_isTheCeilingOfLog2(ulong count, int depth) =>
        Assert.Equal(depth, MerkleTree.Depth(count));

    [Fact]
    public void Root_GivenAnyCountTo150_agreesWithTheNaiveTree()
    {
        for (var count = 0; count <= 150; count++)
        {
            var leaves = Leaves(count);
            Assert.Equal(NaiveRoot(leaves), new MerkleTree(leaves).Root);
        }
    }

    [Fact]
    public void Proof_GivenAnyLeafOfAnyTreeTo40_verifiesAndNothingElseDoes()
    {
        for (var count = 1; count <= 40; count++)
        {
            var leaves = Leaves(count);
            var tree = new MerkleTree(leaves);
            for (var index = 0; index < count; index++)
            {
                var proof = tree.Proof(index);
                var (total, at) = ((ulong)count, (ulong)index);
                Assert.True(MerkleTree.Verify(tree.Root, total, at, leaves[index], proof));
                Assert.False(MerkleTree.Verify(tree.Root, total, at, Bytes32.Zero, proof));
                Assert.False(MerkleTree.Verify(tree.Root, total, at + 1, leaves[index], proof));
                Assert.False(MerkleTree.Verify(tree.Root, total, at, leaves[index], [.. proof, Bytes32.Zero]));
                Assert.False(MerkleTree.Verify(Bytes32.Zero, total, at, leaves[index], proof));
            }
        }
    }

    [Fact]
    public void Verify_GivenTheZeroFilling_refusesItAsALeaf()
    {
        var tree = new MerkleTree(Leaves(3));
        var proof = new[] { Leaves(3)[2], tree.Proof(0)[1] };
        Assert.False(MerkleTree.Verify(tree.Root, 3, 3, Bytes32.Zero, proof));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(94)]
    public void LeafHash_GivenAPayload_isTheDoubleHashOfTheAbiEncoding(int length)
    {
        var payload = Enumerable.Range(1, length).Select(i => (byte)i).ToArray();
        var encoder = new AbiEncoder();
        encoder.WriteUInt(7UL);
        encoder.WriteUInt(300UL);
        encoder.WriteBytes(payload);
        var expected = Keccak256.Hash(Keccak256.Hash(encoder.ToArray()).ToArray());
        Assert.Equal(expected, MerkleTree.LeafHash(7, 300, payload));
    }

    private static Bytes32[] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(1, (ulong)i, [(byte)i]))];

    /// <summary>The rule, word for word: fill up with zeros to a power of two, hash pairs until one is left.</summary>
    private static Bytes32 NaiveRoot(Bytes32[] leaves)
    {
        if (leaves.Length == 0)
        {
            return Bytes32.Zero;
        }

        var level = leaves.ToList();
        while ((level.Count & (level.Count - 1)) != 0)
        {
            level.Add(Bytes32.Zero);
        }

        while (level.Count > 1)
        {
            level = [.. level.Chunk(2).Select(pair => Keccak256.Hash([.. pair[0].ToArray(), .. pair[1].ToArray()]))];
        }

        return level[0];
    }
}
