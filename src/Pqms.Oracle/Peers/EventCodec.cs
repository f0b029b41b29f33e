using System.Buffers.Binary;
using Pqms.Mesh;

namespace Pqms.Oracle.Peers;

/// <summary>Mesh events as bytes, for the way between two oracles: 53 bytes each, big-endian, as the mesh's own log
/// has them.</summary>
/// <remarks>Time 8, entity 4, counter 8, kind 1, subject 8, value 8, reservation 16.</remarks>
public static class EventCodec
{
    /// <summary>Bytes of one event.</summary>
    public const int EventBytes = 53;

    /// <summary>The bytes of a list of events.</summary>
    /// <param name="events">The events.</param>
    public static byte[] Encode(IReadOnlyList<MeshEvent> events)
    {
        byte[] bytes = new byte[checked(events.Count * EventBytes)];
        for (int i = 0; i < events.Count; i++)
        {
            Write(events[i], bytes.AsSpan(i * EventBytes, EventBytes));
        }

        return bytes;
    }

    /// <summary>Reads a list of events.</summary>
    /// <param name="bytes">A whole number of events.</param>
    /// <exception cref="FormatException">The length is no multiple of 53.</exception>
    public static IReadOnlyList<MeshEvent> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % EventBytes != 0)
        {
            throw new FormatException($"{bytes.Length} bytes are no whole number of events of {EventBytes} bytes.");
        }

        var events = new MeshEvent[bytes.Length / EventBytes];
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = Read(bytes.Slice(i * EventBytes, EventBytes));
        }

        return events;
    }

    private static void Write(in MeshEvent meshEvent, Span<byte> target)
    {
        BinaryPrimitives.WriteInt64BigEndian(target, meshEvent.At.Nanoseconds);
        BinaryPrimitives.WriteUInt32BigEndian(target[8..], meshEvent.Entity);
        BinaryPrimitives.WriteUInt64BigEndian(target[12..], meshEvent.Counter);
        target[20] = (byte)meshEvent.Kind;
        BinaryPrimitives.WriteUInt64BigEndian(target[21..], meshEvent.Subject);
        BinaryPrimitives.WriteUInt64BigEndian(target[29..], meshEvent.Value);
        BinaryPrimitives.WriteUInt128BigEndian(target[37..], meshEvent.Reservation);
    }

    private static MeshEvent Read(ReadOnlySpan<byte> source) => new(
        new MeshTime(BinaryPrimitives.ReadInt64BigEndian(source)),
        BinaryPrimitives.ReadUInt32BigEndian(source[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(source[12..]),
        (MeshEventKind)source[20],
        BinaryPrimitives.ReadUInt64BigEndian(source[21..]),
        BinaryPrimitives.ReadUInt64BigEndian(source[29..]),
        BinaryPrimitives.ReadUInt128BigEndian(source[37..]));
}
