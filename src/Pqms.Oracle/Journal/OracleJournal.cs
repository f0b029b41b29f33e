using Pqms.Ethereum;

namespace Pqms.Oracle.Journal;

/// <summary>The journal that an oracle uses: a store, and the second copy of the list of signed hashes.</summary>
/// <remarks>
/// The rule when something is lost. A store that is damaged is moved aside and made anew. The list of signed hashes is
/// then what both copies give together; it is whole if one of them was whole. If neither was, it counts as lost: what
/// can still be read is kept, and nothing is signed until the chain has been followed to its newest block. From there
/// on everything is barred that may have been signed: in that era or an earlier one, every sequence up to the bar that
/// <c>ReportSigner</c> draws. The bar is an entry of the list itself, so it is as safe as the list.
/// </remarks>
internal sealed class OracleJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly IJournal _store;
    private readonly SignatureLog _log;
    private readonly List<string> _notes;

    private OracleJournal(IJournal store, SignatureLog log, List<string> notes)
    {
        _store = store;
        _log = log;
        _notes = notes;
    }

    /// <summary>What was found at opening and its user should know; empty when all was well.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc/>
    public string Location => _store.Location;

    /// <inheritdoc/>
    public JournalCursor? Cursor => _store.Cursor;

    /// <summary>Opens the store that the options name, and mends what can be mended.</summary>
    /// <param name="options">Which store.</param>
    /// <param name="folder">The oracle's folder of this chain, locked.</param>
    /// <param name="durable">False only in simulations.</param>
    /// <exception cref="JournalException">It cannot be used; says why and what to do.</exception>
    public static OracleJournal Open(JournalOptions options, DataFolder folder, bool durable = true)
    {
        SignatureLog log = SignatureLog.Open(folder.SignaturesPath, durable);
        try
        {
            var notes = new List<string>();
            var salvage = new List<SignedReport>();
            IJournal store = options.Store == JournalStoreKind.Postgres
                ? PostgresJournal.Open(options, folder.Ledger)
                : OpenFile(options, folder.JournalPath, durable, notes, salvage);
            try
            {
                return new OracleJournal(store, Mend(store, log, salvage, notes, durable), notes);
            }
            catch
            {
                store.Dispose();
                throw;
            }
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Append(JournalBatch batch) => _store.Append(batch);

    /// <inheritdoc/>
    public void RecordSignature(SignedReport signed)
    {
        lock (_gate)
        {
            if (!_store.SignaturesOf(signed.Sequence).Any(known => known.Hash == signed.Hash))
            {
                _log.Append(signed);
                _store.RecordSignature(signed);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SignedReport> SignaturesOf(ulong sequence) => _store.SignaturesOf(sequence);

    /// <inheritdoc/>
    public IReadOnlyList<SignedReport> Signatures() => _store.Signatures();

    /// <inheritdoc/>
    public byte[]? Batch(Bytes32 dataHash) => _store.Batch(dataHash);

    /// <inheritdoc/>
    public IReadOnlyList<JournaledReport> Reports(ulong fromSequence, int limit) =>
        _store.Reports(fromSequence, limit);

    /// <inheritdoc/>
    public long CountLogs() => _store.CountLogs();

    /// <inheritdoc/>
    public void ForgetFrom(ulong blockNumber) => _store.ForgetFrom(blockNumber);

    /// <inheritdoc/>
    public IReadOnlyList<JournalSnapshot> Snapshots() => _store.Snapshots();

    /// <inheritdoc/>
    public void DropSnapshots() => _store.DropSnapshots();

    /// <inheritdoc/>
    public bool LacksBatches(ulong era, ulong fromBlock) => _store.LacksBatches(era, fromBlock);

    /// <inheritdoc/>
    public int Prune(ulong logsBefore, ulong batchesBefore) => _store.Prune(logsBefore, batchesBefore);

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        _log.Dispose();
    }

    private static SqliteJournal OpenFile(
        JournalOptions options, string path, bool durable, List<string> notes, List<SignedReport> salvage)
    {
        if (SqliteFile.FindDamage(path) is { } damage)
        {
            string moved = DamagedFiles.MoveAside(path, "-wal", "-shm");
            salvage.AddRange(SqliteFile.Salvage(moved));
            notes.Add($"The journal {path} was damaged ({damage}). It lies in {moved} now, and a new one is made "
                + "from the chain.");
        }

        SqliteJournal journal = SqliteJournal.Open(path, durable);
        if (options.MostPages is { } most)
        {
            journal.LimitPages(most);
        }

        return journal;
    }

    private static SignatureLog Mend(
        IJournal store,
        SignatureLog log,
        List<SignedReport> salvage,
        List<string> notes,
        bool durable)
    {
        IReadOnlyList<SignedReport> stored = store.Signatures();
        bool storeDamaged = notes.Count > 0;
        bool isFresh = !log.Existed && stored.Count == 0 && !storeDamaged;
        bool isWhole = (log.Existed && log.Damage is null) || (stored.Count > 0 && !storeDamaged);
        List<SignedReport> all = Union(Union(log.Read, stored), salvage);
        if (!isFresh && !isWhole)
        {
            // An empty store cannot speak for a damaged list: it may have been made a moment ago.
            all.Add(SignedReport.BarOfEverything);
            notes.Add($"Both copies of the list of signed reports are damaged; {all.Count - 1} entries could be read. "
                + "Nothing that may have been signed before is signed again.");
        }

        if (log.Damage is { } damage)
        {
            (log, string moved) = log.Replace(all, durable);
            notes.Add($"The list of signed reports was damaged ({damage}). It lies in {moved} now; "
                + $"the new one has {all.Count} entries.");
        }
        else
        {
            foreach (SignedReport missing in all.Skip(log.Read.Count))
            {
                log.Append(missing);
            }
        }

        foreach (SignedReport missing in all.Except(stored).ToArray())
        {
            store.RecordSignature(missing);
        }

        return log;
    }

    // The first list stays as it is, in its order: the log is written first, so it is the longer one as a rule.
    private static List<SignedReport> Union(IEnumerable<SignedReport> first, IReadOnlyList<SignedReport> second)
    {
        List<SignedReport> all = [.. first];
        var known = all.Select(entry => entry.Hash).ToHashSet();
        all.AddRange(second.Where(entry => known.Add(entry.Hash)));
        return all;
    }
}
