using System.Runtime.Intrinsics;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

public sealed class Keccak256Tests
{
    // Around the edges of none, one, two and three blocks of 136 bytes, and of the words inside.
    private static readonly int[] Lengths =
        [.. Enumerable.Range(0, 3 * KeccakSponge.RateBytes + 3), 1024, 4096 + 7];

    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("hello", "0x1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8")]
    [InlineData("Transfer(address,address,uint256)",
        "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void Hash_GivenKnownText_givesKnownDigest(string text, string digest)
    {
        Assert.Equal(digest, Keccak256.Hash(Encoding.ASCII.GetBytes(text)).ToString());
    }

    [Fact]
    public void Hash_GivenVectors_givesTheirDigests()
    {
        VectorFile.CheckAll("hashes", 516, item =>
        {
            var data = Hex.Decode(item.GetProperty("data").GetString()!);
            var expected = item.GetProperty("keccak256").GetString();
            Assert.Equal(expected, Keccak256.Hash(data).ToString());

            // Nine messages: a group of every width, then one that is left over.
            var digests = new byte[9 * Keccak256.Size];
            Keccak256.HashMany([.. Enumerable.Repeat(data, 9).SelectMany(each => each)], data.Length, digests);
            Assert.All(digests.Chunk(Keccak256.Size), digest => Assert.Equal(expected, Hex.Encode(digest)));
        });
    }

    // The vectors are shorter than a block: what comes after is compared with another implementation.
    [Fact]
    public void Hash_GivenAnyLength_agreesWithBouncyCastle()
    {
        var other = new KeccakDigest(256);
        foreach (var length in Lengths)
        {
            var message = new byte[length];
            new Random(length).NextBytes(message);
            var expected = new byte[Keccak256.Size];
            other.BlockUpdate(message, 0, length);
            other.DoFinal(expected, 0);
            Assert.Equal((length, Hex.Encode(expected)), (length, Keccak256.Hash(message).ToString()));
        }
    }

    // The widths are asked for by name, also those that this processor emulates: none may differ from one at a time.
    [Fact]
    public void HashGroups_GivenAnyLengthAndWidth_agreesWithOneAtATime()
    {
        foreach (var length in Lengths)
        {
            var messages = new byte[11 * length];
            new Random(length + 1).NextBytes(messages);
            var expected = new byte[11 * Keccak256.Size];
            Assert.Equal(11, Keccak256.HashGroups<ulong, OneMessage>(messages, length, expected, 0));
            var four = new byte[expected.Length];
            var eight = new byte[expected.Length];
            var many = new byte[expected.Length];
            var done = Keccak256.HashGroups<Vector256<ulong>, FourMessages>(messages, length, four, 0);
            Assert.Equal(8, done);
            Assert.Equal(8, Keccak256.HashGroups<Vector512<ulong>, EightMessages>(messages, length, eight, 0));
            Keccak256.HashMany(messages, length, many);
            Assert.Equal((length, Hex.Encode(expected)), (length, Hex.Encode(many)));
            var whole = Hex.Encode(expected.AsSpan(0, done * Keccak256.Size));
            Assert.Equal((length, whole), (length, Hex.Encode(four.AsSpan(0, done * Keccak256.Size))));
            Assert.Equal((length, whole), (length, Hex.Encode(eight.AsSpan(0, done * Keccak256.Size))));
        }
    }

    [Fact]
    public void HashMany_GivenAnyCount_agreesWithOneAtATime()
    {
        var messages = new byte[40 * 64];
        new Random(1).NextBytes(messages);
        for (var count = 0; count <= 40; count++)
        {
            var digests = new byte[count * Keccak256.Size];
            Keccak256.HashMany(messages.AsSpan(0, count * 64), 64, digests);
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(
                    Keccak256.Hash(messages.AsSpan(i * 64, 64)),
                    Bytes32.FromBytes(digests.AsSpan(i * Keccak256.Size, Keccak256.Size)));
            }
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    [InlineData("DOTNET_EnableAVX2", 0)]
    [InlineData("DOTNET_EnableAVX512", 256)]
    public void HashMany_GivenVectorsOff_givesTheSame(string variable, int mostBits)
    {
        var parts = KeccakRun.InChild(variable).Split(' ');
        Assert.InRange(int.Parse(parts[0]), 0, mostBits);
        Assert.Equal(KeccakRun.Digest(), parts[1]);
    }

    [Fact]
    public void Hash_GivenOverlappingDestination_hashesWhatStoodThere()
    {
        var memory = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
        var expected = Keccak256.Hash(memory);
        Keccak256.Hash(memory, memory);
        Assert.Equal(expected, Bytes32.FromBytes(memory.AsSpan(0, Keccak256.Size)));
    }

    [Fact]
    public void Hash_WhenDestinationIsShort_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Keccak256.Hash([], new byte[31]));
    }

    [Theory]
    [InlineData(64, 32, 33)]
    [InlineData(64, 32, 32)]
    [InlineData(63, 32, 64)]
    [InlineData(1, 0, 32)]
    public void HashMany_WhenSizesDontFit_throws(int messageBytes, int length, int digestBytes)
    {
        var exception = Assert.Throws<ArgumentException>(
            () => Keccak256.HashMany(new byte[messageBytes], length, new byte[digestBytes]));
        Assert.Contains($"{messageBytes} bytes of messages", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HashMany_WhenLengthIsNegativeOrMemoryIsShared_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Keccak256.HashMany([], -1, []));
        var memory = new byte[64];
        Assert.Throws<ArgumentException>(
            () => Keccak256.HashMany(memory.AsSpan(0, 32), 32, memory.AsSpan(16, 32)));
    }
}
