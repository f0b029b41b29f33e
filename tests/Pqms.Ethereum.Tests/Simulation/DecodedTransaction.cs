using System.Buffers.Binary;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>A type-2 transaction as a node reads it: signature checked, sender recovered.</summary>
internal sealed record DecodedTransaction(
    Bytes32 Hash, Address From, ulong ChainId, ulong Nonce, UInt256 MaxPriority, UInt256 MaxFee, ulong Gas, Address? To,
    byte[] Data)
{
    public static DecodedTransaction Read(byte[] raw)
    {
        Assert.Equal(2, raw[0]);
        var rest = raw.AsSpan(1);
        var list = NextItem(ref rest, out _).ToArray();
        Assert.True(rest.IsEmpty);
        var fields = new List<byte[]>();
        var unsigned = new RlpWriter();
        for (var items = list.AsSpan(); !items.IsEmpty;)
        {
            var content = NextItem(ref items, out var isList).ToArray();
            fields.Add(content);
            if (fields.Count <= 9)
            {
                Append(unsigned, content, isList);
            }
        }

        Assert.Equal(12, fields.Count);
        var digest = Keccak256.Hash(unsigned.ToListArray(2));
        var signature = new Signature(Word(fields[10]), Word(fields[11]), fields[9].Length == 0 ? (byte)0
            : fields[9][0]);
        return new DecodedTransaction(
            Keccak256.Hash(raw),
            Signature.Recover(digest, signature),
            (ulong)UInt256.ReadBigEndian(fields[0]),
            (ulong)UInt256.ReadBigEndian(fields[1]),
            UInt256.ReadBigEndian(fields[2]),
            UInt256.ReadBigEndian(fields[3]),
            (ulong)UInt256.ReadBigEndian(fields[4]),
            fields[5].Length == 0 ? null : Address.FromBytes(fields[5]),
            fields[7]);
    }

    private static void Append(RlpWriter writer, byte[] content, bool isList)
    {
        if (isList)
        {
            Assert.Empty(content);
            writer.WriteList(new RlpWriter());
        }
        else
        {
            writer.WriteBytes(content);
        }
    }

    private static Bytes32 Word(byte[] content)
    {
        var word = new byte[32];
        content.CopyTo(word, 32 - content.Length);
        return Bytes32.FromBytes(word);
    }

    private static Span<byte> NextItem(ref Span<byte> rest, out bool isList)
    {
        var first = rest[0];
        isList = first >= 0xc0;
        var code = isList ? first - 0xc0 : first - 0x80;
        var (start, length) = first < 0x80 ? (0, 1) : code <= 55 ? (1, code)
            : (1 + code - 55, Length(rest[1..(1 + code - 55)]));
        var content = rest.Slice(start, length);
        rest = rest[(start + length)..];
        return content;
    }

    private static int Length(Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[4];
        word.Clear();
        bytes.CopyTo(word[(4 - bytes.Length)..]);
        return BinaryPrimitives.ReadInt32BigEndian(word);
    }
}
