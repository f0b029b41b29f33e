using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;

namespace Pqms.Ethereum.Rpc;

/// <summary>Puts a header's RLP form together from a node's JSON, so that its hash can be recomputed.</summary>
internal static class HeaderEncoding
{
    // The order of the header's fields. Those after the nonce came by forks, each fork keeping the ones before:
    // London, Shanghai, Cancun (three), Prague.
    private static readonly (byte[] Name, bool IsNumber, bool IsOptional)[] Fields =
    [
        ("parentHash"u8.ToArray(), false, false),
        ("sha3Uncles"u8.ToArray(), false, false),
        ("miner"u8.ToArray(), false, false),
        ("stateRoot"u8.ToArray(), false, false),
        ("transactionsRoot"u8.ToArray(), false, false),
        ("receiptsRoot"u8.ToArray(), false, false),
        ("logsBloom"u8.ToArray(), false, false),
        ("difficulty"u8.ToArray(), true, false),
        ("number"u8.ToArray(), true, false),
        ("gasLimit"u8.ToArray(), true, false),
        ("gasUsed"u8.ToArray(), true, false),
        ("timestamp"u8.ToArray(), true, false),
        ("extraData"u8.ToArray(), false, false),
        ("mixHash"u8.ToArray(), false, false),
        ("nonce"u8.ToArray(), false, false),
        ("baseFeePerGas"u8.ToArray(), true, true),
        ("withdrawalsRoot"u8.ToArray(), false, true),
        ("blobGasUsed"u8.ToArray(), true, true),
        ("excessBlobGas"u8.ToArray(), true, true),
        ("parentBeaconBlockRoot"u8.ToArray(), false, true),
        ("requestsHash"u8.ToArray(), false, true),
    ];

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>The RLP form, or nothing when a field is missing or malformed, or the hash is another one.</summary>
    public static ReadOnlyMemory<byte> TryEncode(JsonElement block, Bytes32 expectedHash)
    {
        var writer = new RlpWriter();
        Span<byte> buffer = stackalloc byte[256];
        foreach (var (name, isNumber, isOptional) in Fields)
        {
            if (!block.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            {
                if (isOptional)
                {
                    break;
                }

                return default;
            }

            // Without the quotes.
            var text = JsonMarshal.GetRawUtf8Value(value)[1..^1];
            if (!TryWrite(writer, text, isNumber, buffer))
            {
                return default;
            }
        }

        var encoded = writer.ToListArray();
        return Keccak256.Hash(encoded) == expectedHash ? encoded : default;
    }

    // Numbers have 32 bytes at most and no leading zeros; the longest string of bytes is the bloom filter.
    private static bool TryWrite(RlpWriter writer, ReadOnlySpan<byte> text, bool isNumber, Span<byte> buffer)
    {
        if (isNumber)
        {
            if (text.Length is < 3 or > 2 + (2 * UInt256.Size) || !text.StartsWith("0x"u8)
                || text[2..].ContainsAnyExcept(HexDigits))
            {
                return false;
            }

            writer.WriteUInt(HexUtf8.Quantity256(text));
            return true;
        }

        if (text.Length < 2 || text.Length > 2 + (2 * buffer.Length))
        {
            return false;
        }

        var bytes = buffer[..((text.Length - 2) / 2)];
        if (!HexUtf8.TryFill(text, bytes))
        {
            return false;
        }

        writer.WriteBytes(bytes);
        return true;
    }
}
