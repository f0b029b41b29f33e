using System.Buffers.Binary;
using System.Security.Cryptography;
using Pqms.Ethereum;

namespace Pqms.Oracle.Journal;

/// <summary>The second copy of the list of signed hashes: a file of its own beside the journal.</summary>
/// <remarks>
/// The list is the one thing that the chain cannot give back, so it is kept twice: here first, then in the store. A
/// mark of 16 bytes, then records of 120 bytes: era, sequence, hash, last block, its hash, and the SHA-256 of the
/// record before and this one, so that no record can be changed, moved or left out unseen. Cut after a whole record it
/// looks whole; the store then holds more. An unfinished last record is dropped: its signature never left.
/// </remarks>
internal sealed class SignatureLog : IDisposable
{
    private const int FieldBytes = 8 + 8 + Bytes32.Size + 8 + Bytes32.Size;
    private const int RecordBytes = FieldBytes + SHA256.HashSizeInBytes;

    /// <summary>One report a second for a year; a file beyond is not this program's.</summary>
    private const long MaxBytes = 40_000_000L * RecordBytes;

    private readonly FileStream _file;
    private readonly bool _durable;
    private readonly List<SignedReport> _read = [];
    private byte[] _link = new byte[SHA256.HashSizeInBytes];
    private long _length;

    private SignatureLog(FileStream file, bool durable)
    {
        _file = file;
        _durable = durable;
    }

    /// <summary>What was read when the file was opened, oldest first.</summary>
    public IReadOnlyList<SignedReport> Read => _read;

    /// <summary>Why what was read may not be all that was written; null when it is.</summary>
    public string? Damage { get; private set; }

    /// <summary>False if there was no file.</summary>
    public bool Existed { get; private init; }

    private static ReadOnlySpan<byte> Mark => "PQMS signed   1\n"u8;

    /// <summary>Opens or makes the file. A damaged one stays as it is until <see cref="Replace"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="durable">False only in simulations: without waiting for the disk.</param>
    /// <exception cref="JournalException">Not readable or writable, or the disk is full.</exception>
    public static SignatureLog Open(string path, bool durable = true)
    {
        FileStream? file = null;
        try
        {
            bool existed = File.Exists(path);
            if (!existed)
            {
                Create(path, durable);
            }

            file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            var log = new SignatureLog(file, durable) { Existed = existed };
            log.ReadAll();
            return log;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw Unusable(path, failure);
        }
    }

    /// <summary>Writes one hash and waits until the disk has it.</summary>
    /// <exception cref="JournalException">It could not be written; the file is as before.</exception>
    public void Append(SignedReport signed)
    {
        if (Damage is not null)
        {
            throw new InvalidOperationException($"{_file.Name} is damaged and must be replaced first: {Damage}");
        }

        var record = new byte[RecordBytes];
        Encode(signed, record);
        Seal(record);
        Write(record);
        _link = record[FieldBytes..];
    }

    /// <summary>Writes the whole list anew; the damaged file is moved aside.</summary>
    /// <param name="entries">Everything that is known, oldest first.</param>
    /// <param name="durable">False only in simulations.</param>
    /// <returns>The new file and where the old one is.</returns>
    /// <exception cref="JournalException">It could not be written.</exception>
    public (SignatureLog Log, string MovedTo) Replace(IReadOnlyList<SignedReport> entries, bool durable)
    {
        string path = _file.Name;
        _file.Dispose();
        string moved = DamagedFiles.MoveAside(path);
        SignatureLog log = Open(path, durable);
        foreach (SignedReport entry in entries)
        {
            log.Append(entry);
        }

        return (log, moved);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static JournalException Unusable(string path, Exception failure) => new(
        $"The list of signed reports {path} cannot be used: {failure.Message}. "
        + "Nothing is signed without it. Make room or give the right to write, and start again.",
        failure);

    // By another name first: a file that is there has its mark, or it is damaged.
    private static void Create(string path, bool durable)
    {
        string draft = path + ".new";
        using (FileStream file = new(draft, FileMode.Create, FileAccess.Write))
        {
            file.Write(Mark);
            file.Flush(durable);
        }

        File.Move(draft, path);
    }

    private static void Encode(SignedReport signed, Span<byte> record)
    {
        BinaryPrimitives.WriteUInt64BigEndian(record, signed.Era);
        BinaryPrimitives.WriteUInt64BigEndian(record[8..], signed.Sequence);
        signed.Hash.CopyTo(record[16..]);
        BinaryPrimitives.WriteUInt64BigEndian(record[48..], signed.ToBlock);
        signed.ToBlockHash.CopyTo(record[56..]);
    }

    private static SignedReport Decode(ReadOnlySpan<byte> record) => new(
        BinaryPrimitives.ReadUInt64BigEndian(record),
        BinaryPrimitives.ReadUInt64BigEndian(record[8..]),
        Bytes32.FromBytes(record.Slice(16, Bytes32.Size)),
        BinaryPrimitives.ReadUInt64BigEndian(record[48..]),
        Bytes32.FromBytes(record.Slice(56, Bytes32.Size)));

    private void Seal(byte[] record) => SHA256.HashData(
        [.. _link, .. record.AsSpan(0, FieldBytes)], record.AsSpan(FieldBytes));

    private void ReadAll()
    {
        var mark = new byte[Mark.Length];
        if (_file.Length > MaxBytes || _file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length
            || !Mark.SequenceEqual(mark))
        {
            Damage = "it does not begin as such a list does";
            return;
        }

        _length = mark.Length;
        ReadRecords();
    }

    private void ReadRecords()
    {
        var record = new byte[RecordBytes];
        var expected = new byte[RecordBytes];
        while (_file.ReadAtLeast(record, RecordBytes, throwOnEndOfStream: false) == RecordBytes)
        {
            record.CopyTo(expected, 0);
            Seal(expected);
            if (!record.AsSpan().SequenceEqual(expected))
            {
                Damage = $"record {_read.Count + 1} does not follow from the one before";
                return;
            }

            _read.Add(Decode(record));
            _link = record[FieldBytes..];
            _length += RecordBytes;
        }

        if (_file.Length > _length)
        {
            _file.SetLength(_length);
        }
    }

    private void Write(byte[] bytes)
    {
        try
        {
            _file.Position = _length;
            _file.Write(bytes);
            _file.Flush(_durable);
            _length += bytes.Length;
        }
        catch (IOException failure)
        {
            CutBack();
            throw Unusable(_file.Name, failure);
        }
    }

    private void CutBack()
    {
        try
        {
            _file.SetLength(_length);
        }
        catch (IOException)
        {
            // The next opening drops the unfinished record.
        }
    }
}
