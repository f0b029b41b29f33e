using System.Buffers.Binary;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Mesh;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;

namespace Pqms.Oracle.Loop;

/// <summary>Writes and reads the parts of a snapshot of the oracle's state.</summary>
/// <remarks>The whole is guarded by a digest, so reading checks counts and ends only; what does not fit throws an
/// <see cref="IOException"/> or <see cref="FormatException"/>, and the state is computed from the chain instead.
/// </remarks>
internal static class StateCodec
{
    private const int MaxItems = 10_000_000;

    /// <summary>Writes a list: its length, then each item.</summary>
    public static void WriteAll<T>(this BinaryWriter writer, IReadOnlyCollection<T> items, Action<T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items)
        {
            write(item);
        }
    }

    /// <summary>Reads a list; memory follows the bytes that are there.</summary>
    public static List<T> ReadAll<T>(this BinaryReader reader, Func<T> read)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > MaxItems)
        {
            throw new FormatException($"{count} items; 0 to {MaxItems} are allowed.");
        }

        var items = new List<T>();
        for (int i = 0; i < count; i++)
        {
            items.Add(read());
        }

        return items;
    }

    public static void Write(this BinaryWriter writer, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        writer.Write(bytes);
    }

    public static UInt128 ReadUInt128(this BinaryReader reader)
    {
        Span<byte> bytes = stackalloc byte[16];
        reader.BaseStream.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static void Write(this BinaryWriter writer, Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        value.CopyTo(bytes);
        writer.Write(bytes);
    }

    public static Bytes32 ReadHash(this BinaryReader reader)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        reader.BaseStream.ReadExactly(bytes);
        return Bytes32.FromBytes(bytes);
    }

    public static void WriteBlock(this BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    public static byte[] ReadBlock(this BinaryReader reader)
    {
        int length = reader.ReadInt32();
        return length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position
            ? reader.ReadBytes(length)
            : throw new FormatException($"{length} bytes are more than follow.");
    }

    public static void Write(this BinaryWriter writer, Report report)
    {
        var encoder = new AbiEncoder();
        report.Encode(encoder);
        writer.WriteBlock(encoder.ToArray());
    }

    public static Report ReadReport(this BinaryReader reader)
    {
        var decoder = new AbiDecoder(reader.ReadBlock());
        return Report.Decode(ref decoder);
    }

    public static void Write(this BinaryWriter writer, Decision decision)
    {
        var encoder = new AbiEncoder();
        decision.Encode(encoder);
        writer.WriteBlock(encoder.ToArray());
    }

    public static Decision ReadDecision(this BinaryReader reader)
    {
        var decoder = new AbiDecoder(reader.ReadBlock());
        return Decision.Decode(ref decoder);
    }

    public static void Write(this BinaryWriter writer, Line line)
    {
        var encoder = new AbiEncoder();
        line.Encode(encoder);
        writer.WriteBlock(encoder.ToArray());
    }

    public static Line ReadLine(this BinaryReader reader)
    {
        var decoder = new AbiDecoder(reader.ReadBlock());
        return Line.Decode(ref decoder);
    }

    public static void Write(this BinaryWriter writer, SealedReport report)
    {
        writer.Write(report.Report);
        writer.Write(report.Hash);
        writer.WriteAll(report.Decisions, decision => writer.Write(decision));
        writer.WriteAll(report.Lines, line => writer.Write(line));
        writer.WriteBlock(report.Batch.Bytes.Span);
    }

    public static SealedReport ReadSealed(this BinaryReader reader) => new(
        reader.ReadReport(),
        reader.ReadHash(),
        [.. reader.ReadAll(() => reader.ReadDecision())],
        [.. reader.ReadAll(() => reader.ReadLine())],
        Batch.Parse(reader.ReadBlock()));

    public static void Write(this BinaryWriter writer, RequestCommand request)
    {
        writer.Write(request.ReservationId);
        writer.Write(request.PoolIndex);
        writer.Write(request.Slots);
        writer.Write(request.Start.Nanoseconds);
        writer.Write(request.End.Nanoseconds);
        writer.Write(request.FidelityMin);
        writer.Write(request.CoherenceMinSeconds);
        writer.Write(request.TakesPerMinute);
        writer.Write(request.Priority);
    }

    public static RequestCommand ReadRequest(this BinaryReader reader) => new(
        reader.ReadUInt128(),
        reader.ReadInt32(),
        reader.ReadInt32(),
        new MeshTime(reader.ReadInt64()),
        new MeshTime(reader.ReadInt64()),
        reader.ReadDouble(),
        reader.ReadDouble(),
        reader.ReadInt32(),
        reader.ReadInt32());

    public static void Write(this BinaryWriter writer, EraStart era)
    {
        writer.Write(era.Era);
        writer.Write(era.MeshVersion);
        writer.Write(era.ScenarioHash);
        writer.Write(era.Seed);
        writer.Write(era.SnapshotHash);
        writer.Write(era.Head);
        writer.Write(era.Block);
        writer.Write(era.BlockSeconds);
        writer.Write(era.LastSequence);
    }

    public static EraStart ReadEra(this BinaryReader reader) => new(
        reader.ReadUInt64(),
        reader.ReadUInt32(),
        reader.ReadHash(),
        reader.ReadUInt64(),
        reader.ReadHash(),
        reader.ReadHash(),
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        reader.ReadUInt64());
}
