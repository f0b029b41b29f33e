using FsCheck;
using FsCheck.Fluent;
using Pqms.Ethereum.Abi;
using Pqms.Tests;

namespace Pqms.Ethereum.Tests.Abi;

public sealed class AbiRoundTripTests
{
    private static readonly Gen<Sample> Samples = Gen.Choose(0, int.MaxValue).Select(Make);

    [Fact]
    public void Decode_GivenAnyEncoding_givesTheValuesBack()
    {
        Prop.ForAll(Samples.ToArbitrary(), sample =>
        {
            var encoder = new AbiEncoder();
            Encode(encoder, sample);
            var bytes = encoder.ToArray();
            Assert.Equal(0, bytes.Length % 32);
            var buffer = new byte[encoder.Length];
            Assert.Equal(bytes.Length, encoder.CopyTo(buffer));
            Assert.Equal(bytes, buffer);

            var decoded = Decode(bytes);
            var again = new AbiEncoder();
            Encode(again, decoded);
            Assert.Equal(bytes, again.ToArray());
            Assert.Equal(sample.Number, decoded.Number);
            Assert.Equal(sample.Text, decoded.Text);
            Assert.Equal(sample.Signed, decoded.Signed);
            Assert.Equal(sample.Parts.Select(part => part.Name), decoded.Parts.Select(part => part.Name));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestProfile.Count(1000, 100000)).WithReplay(17, 19));
    }

    [Fact]
    public void Clear_GivenUsedEncoder_startsAfresh()
    {
        var encoder = new AbiEncoder();
        Encode(encoder, Make(1));
        encoder.Clear();
        Encode(encoder, Make(2));
        var fresh = new AbiEncoder();
        Encode(fresh, Make(2));
        Assert.Equal(fresh.ToArray(), encoder.ToArray());
    }

    // Flip, cut and extend encodings: the decoder answers with the value or with AbiException, nothing else.
    [Fact]
    public void Decode_WhenBytesAreDamaged_throwsAbiExceptionOrReads()
    {
        var refused = 0;
        for (var seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            var encoder = new AbiEncoder();
            Encode(encoder, Make(seed));
            var bytes = encoder.ToArray();
            var damaged = (seed % 3) switch
            {
                0 => bytes[..random.Next(bytes.Length)],
                1 => Flip(bytes, random),
                _ => Splice(bytes, random),
            };
            try
            {
                Decode(damaged);
            }
            catch (AbiException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1500, 4000);
    }

    // Many offsets that lead to one long value would make 1 MB of input allocate gigabytes.
    [Theory]
    [InlineData(1000)]
    [InlineData(30000)]
    public void Decode_WhenOffsetsShareOneValue_allocatesLittle(int count)
    {
        var encoder = new AbiEncoder();
        encoder.WriteArray(new int[count], false, (e, _) => e.WriteUInt((ulong)(count * 32)));
        var hostile = encoder.ToArray().Concat(Word(500_000)).Concat(new byte[500_000]).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<AbiException>(() =>
        {
            var decoder = new AbiDecoder(hostile);
            var items = decoder.ReadArray(out var length, 1);
            for (var i = 0; i < length; i++)
            {
                items.ReadBytes();
            }
        });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * hostile.Length);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000ff", 7)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000100", 8)]
    [InlineData("0000000000000000000000000000000100000000000000000000000000000000", 128)]
    public void ReadUInt_WhenTooWide_namesPlaceAndRange(string word, int bits)
    {
        var exception = Assert.Throws<AbiException>(() =>
        {
            var decoder = new AbiDecoder(Hex.Decode(word));
            decoder.ReadUInt(bits);
        });
        Assert.Contains("byte 0", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"2^{bits} - 1", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", 8)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080", 8)]
    [InlineData("00000000000000000000000000000000ffffffffffffffffffffffffffffffff", 128)]
    public void ReadInt_WhenTooWide_throws(string word, int bits)
    {
        Assert.Throws<AbiException>(() =>
        {
            var decoder = new AbiDecoder(Hex.Decode(word));
            decoder.ReadInt(bits);
        });
    }

    [Fact]
    public void Read_WhenPaddingOrTextIsWrong_throws()
    {
        Assert.Throws<AbiException>(() => new AbiDecoder(Word(2)).ReadBool());
        Assert.Throws<AbiException>(() => new AbiDecoder(Hex.Decode(new string('1', 64))).ReadAddress());
        Assert.Throws<AbiException>(() => new AbiDecoder(Hex.Decode(new string('1', 64))).ReadFixedBytes(31));
        var encoder = new AbiEncoder();
        encoder.WriteBytes([0xc0, 0xaf]);
        Assert.Throws<AbiException>(() => new AbiDecoder(encoder.ToArray()).ReadString());
        var padded = encoder.ToArray();
        padded[^1] = 1;
        Assert.Throws<AbiException>(() => new AbiDecoder(padded).ReadBytes());
    }

    private static Sample Make(int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[random.Next(0, 100)];
        random.NextBytes(bytes);
        var number = new byte[32];
        random.NextBytes(number);
        return new Sample(
            UInt256.ReadBigEndian(number),
            new Int128(unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)),
                unchecked((ulong)random.NextInt64())),
            random.Next(2) == 0,
            Address.FromBytes(number.AsSpan(3, 20)),
            bytes,
            string.Concat(Enumerable.Range(0,
                random.Next(0, 40)).Select(_ => char.ConvertFromUtf32(random.Next(0x20, 0xd7ff)))),
            [.. Enumerable.Range(0, random.Next(0, 5)).Select(i => new Part($"part {i}", (ulong)random.NextInt64()))],
            [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => new ulong[random.Next(0, 4)])]);
    }

    private static void Encode(AbiEncoder encoder, Sample sample)
    {
        encoder.WriteUInt(sample.Number);
        encoder.WriteInt(sample.Signed);
        encoder.WriteBool(sample.Flag);
        encoder.WriteAddress(sample.Account);
        encoder.WriteBytes(sample.Bytes);
        encoder.WriteString(sample.Text);
        encoder.WriteArray(sample.Parts, true, (e, part) =>
        {
            e.WriteString(part.Name);
            e.WriteUInt(part.Value);
        });
        encoder.WriteArray(sample.Rows, false,
            (e, row) => e.WriteArray(row, false, (inner, value) => inner.WriteUInt(value)));
        encoder.WriteDynamic(sample, (e, s) => e.WriteBytes(s.Bytes));
        encoder.WriteFixedBytes(sample.Number.IsZero ? [1] : [1, 2, 3]);
    }

    private static Sample Decode(byte[] bytes)
    {
        var decoder = new AbiDecoder(bytes);
        var number = decoder.ReadUInt256();
        var signed = decoder.ReadInt(128);
        var flag = decoder.ReadBool();
        var account = decoder.ReadAddress();
        var content = decoder.ReadBytes();
        var text = decoder.ReadString();
        var partsReader = decoder.ReadArray(out var partCount, 1);
        var parts = new Part[partCount];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = partsReader.ReadDynamic();
            parts[i] = new Part(part.ReadString(), part.ReadUInt64(64));
        }

        var rowsReader = decoder.ReadArray(out var rowCount, 1);
        var rows = new ulong[rowCount][];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rowsReader.ReadArray(out var count, 1);
            rows[i] = new ulong[count];
            for (var k = 0; k < count; k++)
            {
                rows[i][k] = row.ReadUInt64(64);
            }
        }

        var inner = decoder.ReadDynamic();
        Assert.NotNull(inner.ReadBytes());
        decoder.ReadFixedBytes(3);
        return new Sample(number, signed, flag, account, content, text, parts, rows);
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        for (var i = 0; i < 3; i++)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    private static byte[] Splice(byte[] bytes, Random random)
    {
        var word = Word((ulong)random.NextInt64() >> random.Next(64));
        word.CopyTo(bytes, random.Next(bytes.Length / 32) * 32);
        return bytes;
    }

    private static byte[] Word(ulong value)
    {
        var encoder = new AbiEncoder();
        encoder.WriteUInt(value);
        return encoder.ToArray();
    }

    private sealed record Part(string Name, ulong Value);

    private sealed record Sample(
        UInt256 Number, Int128 Signed, bool Flag, Address Account, byte[] Bytes, string Text, Part[] Parts,
        ulong[][] Rows);
}
