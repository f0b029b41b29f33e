using System.Buffers;
using System.Text;
using System.Text.Json;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Abi;

/// <summary>Encodes and decodes values whose types are known at run time only; the values are JSON.</summary>
/// <remarks>
/// A number may be a JSON integer, decimal text or 0x text, and is decoded as decimal text, since many readers of JSON
/// lose digits; bytes and addresses are 0x text; tuples and arrays are JSON arrays.
/// </remarks>
public static class AbiJson
{
    /// <summary>Encodes arguments as a call, an event or an error has them: abi.encode(…) in Solidity.</summary>
    /// <param name="types">A tuple type that holds the arguments' types, for example "(uint8,bytes)".</param>
    /// <param name="values">A JSON array with one value for each member.</param>
    /// <returns>The encoding, without a selector.</returns>
    /// <exception cref="ArgumentException"><paramref name="types"/> is no tuple.</exception>
    /// <exception cref="FormatException">A value is outside its type; the message names both.</exception>
    public static byte[] Encode(AbiType types, JsonElement values)
    {
        CheckTuple(types);
        var encoder = new AbiEncoder();
        AbiJsonWriting.WriteItems(encoder, types, values);
        return encoder.ToArray();
    }

    /// <summary>Encodes arguments without padding, as abi.encodePacked(…) does. Different arguments may give the same
    /// bytes.</summary>
    /// <param name="types">A tuple type that holds the arguments' types. Elements of arrays are one word each.</param>
    /// <param name="values">A JSON array with one value for each member.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ArgumentException"><paramref name="types"/> is no tuple.</exception>
    /// <exception cref="FormatException">A value is outside its type, or the type can't be packed: a tuple inside, an
    /// array of bytes or string.</exception>
    public static byte[] EncodePacked(AbiType types, JsonElement values)
    {
        CheckTuple(types);
        var encoder = new AbiPackedEncoder();
        AbiJsonWriting.WritePacked(encoder, types, values);
        return encoder.ToArray();
    }

    /// <summary>The topic of an event's indexed value: itself, or its hash when it may be longer than a word.</summary>
    /// <param name="type">The value's type.</param>
    /// <param name="value">The value.</param>
    /// <returns>The topic; equal values of bytes, strings, arrays and tuples have equal hashes.</returns>
    /// <exception cref="FormatException">The value is outside its type.</exception>
    public static Bytes32 Topic(AbiType type, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(type);
        var encoder = new AbiEncoder();
        if (type.Kind < AbiKind.Bytes)
        {
            AbiJsonWriting.Write(encoder, type, value);
            return Bytes32.FromBytes(encoder.ToArray());
        }

        var bytes = new ArrayBufferWriter<byte>();
        AbiJsonWriting.WriteInPlace(bytes, type, value, isPadded: false);
        return Keccak256.Hash(bytes.WrittenSpan);
    }

    /// <summary>Decodes arguments.</summary>
    /// <param name="types">A tuple type that holds the arguments' types.</param>
    /// <param name="data">The encoding, without a selector.</param>
    /// <returns>A JSON array with one value for each member; numbers as decimal text, bytes as 0x text.</returns>
    /// <exception cref="ArgumentException"><paramref name="types"/> is no tuple.</exception>
    /// <exception cref="AbiException">The data is no such encoding.</exception>
    public static string Decode(AbiType types, ReadOnlySpan<byte> data)
    {
        CheckTuple(types);
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            var decoder = new AbiDecoder(data);
            AbiJsonReading.ReadItems(ref decoder, types, types.Parts.Count, json);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void CheckTuple(AbiType types)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (types.Kind != AbiKind.Tuple)
        {
            throw new ArgumentException($"'{types}' is no tuple; arguments' types stand in brackets.", nameof(types));
        }
    }
}
