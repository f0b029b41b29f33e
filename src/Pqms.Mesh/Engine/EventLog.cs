using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Pqms.Mesh.Engine;

/// <summary>The event log of one entity, kept as a running digest of its canonical bytes.</summary>
/// <remarks>
/// An event is 53 bytes, big-endian: time 8, entity 4, counter 8, kind 1, subject 8, value 8, reservation 16. Full
/// chunks are folded into a chain, digest = SHA-256(digest || chunk), so the state between two events is 32 bytes and
/// a partial chunk: it can be read at any time, and kept in a snapshot, without disturbing it.
/// </remarks>
internal sealed class EventLog(uint entity, bool observed)
{
    /// <summary>Bytes of one event.</summary>
    public const int EventBytes = 53;

    // 77 events: near 4 KiB, where the fixed cost of one SHA-256 call is below 5 % of hashing it.
    private const int ChunkBytes = 77 * EventBytes;
    private const int DigestBytes = 32;

    private readonly byte[] _chunk = new byte[DigestBytes + ChunkBytes];
    private readonly List<MeshEvent>? _observed = observed ? [] : null;
    private int _used = DigestBytes;

    /// <summary>Events so far; the counter of the last one.</summary>
    public ulong Count { get; private set; }

    /// <summary>Events since the last call of <see cref="ClearObserved"/>; empty unless observed.</summary>
    public IReadOnlyList<MeshEvent> Observed => _observed is null ? [] : _observed;

    /// <summary>Appends an event.</summary>
    public void Append(long at, MeshEventKind kind, ulong subject, ulong value, UInt128 reservation = default)
    {
        Count++;
        Span<byte> target = _chunk.AsSpan(_used, EventBytes);
        BinaryPrimitives.WriteInt64BigEndian(target, at);
        BinaryPrimitives.WriteUInt32BigEndian(target[8..], entity);
        BinaryPrimitives.WriteUInt64BigEndian(target[12..], Count);
        target[20] = (byte)kind;
        BinaryPrimitives.WriteUInt64BigEndian(target[21..], subject);
        BinaryPrimitives.WriteUInt64BigEndian(target[29..], value);
        BinaryPrimitives.WriteUInt128BigEndian(target[37..], reservation);
        _used += EventBytes;
        if (_used == _chunk.Length)
        {
            SHA256.HashData(_chunk, _chunk.AsSpan(0, DigestBytes));
            _used = DigestBytes;
        }

        _observed?.Add(new MeshEvent(new MeshTime(at), entity, Count, kind, subject, value, reservation));
    }

    /// <summary>Writes the digest over all events so far, 32 bytes.</summary>
    public void WriteDigest(Span<byte> destination) => SHA256.HashData(_chunk.AsSpan(0, _used), destination);

    /// <summary>Writes or reads the digest so far; observed events are the observer's.</summary>
    public void Exchange(StateExchange state)
    {
        ulong count = Count;
        state.Value(ref count);
        Count = count;
        byte[] chunk = _chunk[.._used];
        state.Value(ref chunk, _chunk.Length - 1);
        if (state.IsReading)
        {
            if (chunk.Length < DigestBytes || (chunk.Length - DigestBytes) % EventBytes != 0)
            {
                throw new StateFormatException($"{chunk.Length} bytes are no digest with whole events.");
            }

            chunk.CopyTo(_chunk, 0);
            _used = chunk.Length;
        }
    }

    /// <summary>Forgets the observed events after they were passed on.</summary>
    public void ClearObserved() => _observed?.Clear();
}
