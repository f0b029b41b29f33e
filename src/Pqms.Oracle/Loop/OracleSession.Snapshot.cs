using System.Security.Cryptography;
using Pqms.Ethereum.Abi;
using Pqms.Mesh;
using Pqms.Oracle.Journal;

namespace Pqms.Oracle.Loop;

/// <summary>Snapshots of the whole state, and what is removed when it is old enough.</summary>
internal sealed partial class OracleSession
{
    /// <summary>Raised with every change of what is written or of the order: another one is not read.</summary>
    private const uint Format = 2;

    private ulong? _lastSnapshot;

    /// <summary>Goes on after a snapshot's block, if the snapshot fits; for a session before its first block.</summary>
    /// <param name="snapshot">The snapshot; its block must be part of the chain.</param>
    /// <returns>Null when the state is restored, else why it does not fit: this session must not be used
    /// then.</returns>
    public string? Restore(JournalSnapshot snapshot)
    {
        int length = snapshot.State.Length - SHA256.HashSizeInBytes;
        if (length < 0
            || !snapshot.State.AsSpan(length).SequenceEqual(SHA256.HashData(snapshot.State.AsSpan(0, length))))
        {
            return "it is damaged";
        }

        if (snapshot.MeshVersion != MeshVersion.Current)
        {
            return $"mesh version {snapshot.MeshVersion} made it, this program has {MeshVersion.Current}";
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(snapshot.State, 0, length, writable: false));
            return Read(reader, snapshot);
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or FormatException
            or OverflowException or AbiException)
        {
            return failure.Message;
        }
    }

    /// <summary>The state after the last block.</summary>
    /// <exception cref="InvalidOperationException">No era has begun.</exception>
    public JournalSnapshot Snapshot()
    {
        EraStart era = Era ?? throw new InvalidOperationException("No era has begun.");
        LedgerBlock followed = Followed!;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Format);
        writer.Write(followed.Timestamp);
        writer.Write(ConfigCount);
        writer.Write(Alarm);
        _machine.Write(writer);
        Book.Write(writer);
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return new JournalSnapshot(
            followed.Number, followed.Hash, era.Era, era.ScenarioHash, era.MeshVersion, stream.ToArray());
    }

    private string? Read(BinaryReader reader, JournalSnapshot snapshot)
    {
        uint format = reader.ReadUInt32();
        if (format != Format)
        {
            return $"its format is {format}, this program's {Format}";
        }

        ulong timestamp = reader.ReadUInt64();
        ConfigCount = reader.ReadUInt64();
        Alarm = reader.ReadString();
        _machine.Read(reader);
        Book.Read(reader);
        if (reader.BaseStream.Position != reader.BaseStream.Length)
        {
            return "bytes are left over";
        }

        Followed = new LedgerBlock(snapshot.BlockNumber, snapshot.BlockHash, timestamp, [], []);
        _lastSnapshot = snapshot.BlockNumber;
        _observer.EraOpened(_machine.Era!.Era, _machine.Era.ScenarioHash, _machine.Era.Block);
        return null;
    }

    // Blocks whose book was entered: what is restored is what was compared with the chain.
    private void Keep(ulong firstOfRun)
    {
        _lastSnapshot ??= firstOfRun;
        ulong now = Followed!.Number;
        if (Era is null || now < _lastSnapshot + (ulong)_options.SnapshotBlocks)
        {
            return;
        }

        _lastSnapshot = now;
        _journal.Append(new JournalBatch { Snapshot = Snapshot() });
        _journal.Prune(Before(_options.KeepLogBlocks), Before(_options.KeepBatchBlocks));
    }

    private ulong Before(ulong kept) => kept == 0 || kept > Followed!.Number ? 0 : Followed.Number - kept + 1;
}
