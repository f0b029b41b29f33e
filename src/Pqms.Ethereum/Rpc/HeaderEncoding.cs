using System.Text.Json;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;

namespace Pqms.Ethereum.Rpc;

/// <summary>Puts a header's RLP form together from a node's JSON, so that its hash can be recomputed.</summary>
internal static class HeaderEncoding
{
    // The order of the header's fields. Those after the nonce came by forks, each fork keeping the ones before:
    // London, Shanghai, Cancun (three), Prague.
    private static readonly (string Name, bool IsNumber, bool IsOptional)[] Fields =
    [
        ("parentHash", false, false),
        ("sha3Uncles", false, false),
        ("miner", false, false),
        ("stateRoot", false, false),
        ("transactionsRoot", false, false),
        ("receiptsRoot", false, false),
        ("logsBloom", false, false),
        ("difficulty", true, false),
        ("number", true, false),
        ("gasLimit", true, false),
        ("gasUsed", true, false),
        ("timestamp", true, false),
        ("extraData", false, false),
        ("mixHash", false, false),
        ("nonce", false, false),
        ("baseFeePerGas", true, true),
        ("withdrawalsRoot", false, true),
        ("blobGasUsed", true, true),
        ("excessBlobGas", true, true),
        ("parentBeaconBlockRoot", false, true),
        ("requestsHash", false, true),
    ];

    /// <summary>The RLP form, or nothing when a field is missing or malformed, or the hash is another one.</summary>
    public static ReadOnlyMemory<byte> TryEncode(JsonElement block, Bytes32 expectedHash)
    {
        var writer = new RlpWriter();
        Span<byte> buffer = stackalloc byte[256];
        foreach (var (name, isNumber, isOptional) in Fields)
        {
            if (!RpcJsonReader.Has(block, name, out var value) || value.ValueKind != JsonValueKind.String)
            {
                if (isOptional)
                {
                    break;
                }

                return default;
            }

            var text = value.GetString()!;
            if (isNumber && UInt256.TryParse(text, out var number))
            {
                writer.WriteUInt(number);
            }
            else if (!isNumber && text.Length >= 2 && text.Length <= 2 + (2 * buffer.Length)
                && Hex.TryDecode(text.AsSpan(), buffer[..((text.Length - 2) / 2)]))
            {
                writer.WriteBytes(buffer[..((text.Length - 2) / 2)]);
            }
            else
            {
                return default;
            }
        }

        var encoded = writer.ToListArray();
        return Keccak256.Hash(encoded) == expectedHash ? encoded : default;
    }
}
