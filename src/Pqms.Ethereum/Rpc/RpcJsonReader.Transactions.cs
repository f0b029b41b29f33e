using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <content>What a transaction asked for.</content>
internal static partial class RpcJsonReader
{
    private static TransactionContent ReadTransaction(ref Utf8JsonReader reader)
    {
        Address? to = null;
        byte[]? input = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextField(ref reader))
        {
            if (IsValue(ref reader, "to"u8))
            {
                to = HexUtf8.Address(Text(ref reader));
            }
            else if (IsValue(ref reader, "input"u8))
            {
                input = HexUtf8.Bytes(Text(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return new TransactionContent(to, input ?? throw Missing("input"));
    }
}
