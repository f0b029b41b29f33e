using System.Text.Json;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;

namespace Pqms.Ethereum.Tests.Rlp;

/// <summary>Vectors of @ethersproject/testcases: nested items, and transactions of the old kind with their
/// signatures.</summary>
public sealed class RlpVectorFileTests
{
    private const ulong ChainId = 5;

    [Fact]
    public void WriteAndRead_GivenNestedItems_agree() => VectorFile.CheckAll("rlp-coder", 61, item =>
    {
        var writer = new RlpWriter();
        Write(writer, item.GetProperty("decoded"));
        var encoded = item.GetProperty("encoded").GetString()!;
        Assert.Equal(encoded, Hex.Encode(writer.ToArray()));

        var again = new RlpWriter();
        var reader = new RlpReader(Hex.Decode(encoded));
        Copy(ref reader, again);
        Assert.Equal(encoded, Hex.Encode(again.ToArray()));
    });

    [Fact]
    public void Sign_GivenOldTransactions_givesTheirBytes() => VectorFile.CheckAll("transactions", 1067, item =>
    {
        var unsigned = item.GetProperty("unsignedTransaction").GetString()!;
        using var key = EthereumKey.FromHex(item.GetProperty("privateKey").GetString()!);
        Assert.Equal(unsigned, Hex.Encode(Fields(unsigned).ToListArray()));
        Assert.Equal(item.GetProperty("signedTransaction").GetString(), Signed(unsigned, key, null));
        Assert.Equal(item.GetProperty("signedTransactionChainId5").GetString(), Signed(unsigned, key, ChainId));
    });

    // EIP-155: the chain's number is signed too, and moves v.
    private static string Signed(string unsigned, EthereumKey key, ulong? chainId)
    {
        var toSign = Fields(unsigned);
        if (chainId is { } id)
        {
            toSign.WriteUInt(id);
            toSign.WriteUInt(0);
            toSign.WriteUInt(0);
        }

        var signature = key.Sign(Keccak256.Hash(toSign.ToListArray()));
        var signed = Fields(unsigned);
        signed.WriteUInt(signature.V + (chainId is { } c ? 35 + (2 * c) : 27));
        signed.WriteUInt(Number(signature.R));
        signed.WriteUInt(Number(signature.S));
        return Hex.Encode(signed.ToListArray());
    }

    private static UInt256 Number(Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        value.CopyTo(bytes);
        return UInt256.ReadBigEndian(bytes);
    }

    private static RlpWriter Fields(string list)
    {
        var reader = new RlpReader(Hex.Decode(list)).ReadList();
        var writer = new RlpWriter();
        Copy(ref reader, writer);
        return writer;
    }

    private static void Write(RlpWriter writer, JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            writer.WriteBytes(Hex.Decode(item.GetString()!));
            return;
        }

        var list = new RlpWriter();
        foreach (var member in item.EnumerateArray())
        {
            Write(list, member);
        }

        writer.WriteList(list);
    }

    private static void Copy(ref RlpReader reader, RlpWriter writer)
    {
        while (!reader.AtEnd)
        {
            if (!reader.NextIsList)
            {
                writer.WriteBytes(reader.ReadBytes());
                continue;
            }

            var list = new RlpWriter();
            var items = reader.ReadList();
            Copy(ref items, list);
            writer.WriteList(list);
        }
    }
}
