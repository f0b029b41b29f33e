using System.Text.Json;

namespace Pqms.Ethereum.Transactions;

/// <summary>A store in one file of JSON lines, each forced to the disk before the transaction is sent.</summary>
/// <remarks>
/// The file is held open for writing by one process at a time, so two senders can't share an account by mistake.
/// A last line that a crash tore is dropped: its transaction was never sent. The file is emptied when no transaction is
/// open: as it is opened, and whenever it has grown beyond 1 MiB.
/// </remarks>
public sealed class FileTransactionStore : ITransactionStore, IDisposable
{
    // Some thousand transactions: small enough to be read at once, large enough to be emptied seldom.
    private const long EmptiedBeyond = 1024 * 1024;

    // Far more than any account has open; a larger file is another kind of file.
    private const long LargestFile = 256 * 1024 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<Bytes32, StoredTransaction> _open = [];
    private readonly FileStream _file;

    /// <summary>Opens or creates the file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">Another process has the file open, or it can't be written.</exception>
    /// <exception cref="FormatException">A line other than the last is no transaction, or the file has more than
    /// 256 MiB: this is another kind of file.</exception>
    public FileTransactionStore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            Read(path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredTransaction>> LoadOpenAsync(AccountScope scope,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return [.. _open.Values.Where(kept => kept.Scope == scope).OrderBy(kept => kept.Nonce)];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task SaveAsync(StoredTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Append(new Line(transaction, null, null));
            _open[transaction.Hash] = transaction;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync(
        AccountScope scope, Bytes32 hash, TransactionFate fate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_open.TryGetValue(hash, out var kept) && kept.Scope == scope)
            {
                _open.Remove(hash);
                Append(new Line(null, hash, fate));
                if (_open.Count == 0 && _file.Length > EmptiedBeyond)
                {
                    _file.SetLength(0);
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _gate.Dispose();
    }

    // Whatever follows the last line feed was torn by a crash, before its transaction could be sent.
    private void Read(string path)
    {
        if (_file.Length > LargestFile)
        {
            throw new FormatException(
                $"{path} has {_file.Length} bytes; at most {LargestFile} are read. Is this another kind of file?");
        }

        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var rest = bytes.AsSpan();
        for (var number = 1; rest.IndexOf((byte)'\n') is var length and >= 0; number++)
        {
            if (!TryApply(rest[..length]))
            {
                throw new FormatException($"{path}: line {number} is no transaction; is this another kind of file?");
            }

            rest = rest[(length + 1)..];
        }

        _file.SetLength(_open.Count == 0 ? 0 : bytes.Length - rest.Length);
    }

    private bool TryApply(ReadOnlySpan<byte> text)
    {
        try
        {
            var line = JsonSerializer.Deserialize<Line>(text);
            if (line is { Saved: { } saved })
            {
                _open[saved.Hash] = saved;
            }
            else if (line is { Closed: { } closed })
            {
                _open.Remove(closed);
            }

            return line is not null && (line.Saved is null) != (line.Closed is null);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Append(Line line)
    {
        var before = _file.Seek(0, SeekOrigin.End);
        try
        {
            JsonSerializer.Serialize(_file, line);
            _file.WriteByte((byte)'\n');
            _file.Flush(flushToDisk: true);
        }
        catch
        {
            // What the caller is told to be lost must not come back after a restart.
            _file.SetLength(before);
            throw;
        }
    }

    private sealed record Line(StoredTransaction? Saved, Bytes32? Closed, TransactionFate? Fate);
}
