using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Settlement;

/// <summary>Signs reports, and never two truths.</summary>
/// <remarks>
/// A second report hash for one sequence is signed only when the block that the first one ends with was orphaned, or a
/// new era made the first one worthless. The journal knows every hash before its signature leaves the process.
/// Where the list of signed hashes was lost, a bar stands in it: nothing of that era is signed up to the bar. It is
/// drawn when the chain has been followed to its newest block, <see cref="BarMargin"/> beyond the last sequence
/// accepted or computed by then. Never more reports than that were signed ahead of the accepted ones, and a report that
/// ends with a later block cannot have been signed before it was there.
/// </remarks>
internal sealed class ReportSigner
{
    /// <summary>Sequences beyond the last one known that may have been signed: as many as are sent in one
    /// step.</summary>
    internal const ulong BarMargin = SettlementStepper.MaxInFlight;

    private readonly AttestationDigest _digest;
    private readonly EthereumKey[] _keys;
    private readonly IJournal _journal;
    private readonly Func<ulong, CancellationToken, Task<Bytes32?>> _canonicalHash;
    private Lazy<SignedReport?> _bar;

    /// <summary>A signer for one hub.</summary>
    /// <param name="digest">The hub's digests.</param>
    /// <param name="keys">Keys of signers that the hub knows, at most as many as its threshold.</param>
    /// <param name="journal">Remembers what was signed.</param>
    /// <param name="canonicalHash">The chain's present hash of a block, or null if it has none.</param>
    public ReportSigner(
        AttestationDigest digest,
        IEnumerable<EthereumKey> keys,
        IJournal journal,
        Func<ulong, CancellationToken, Task<Bytes32?>> canonicalHash)
    {
        _digest = digest;
        _keys = [.. keys.OrderBy(key => key.Address, AddressOrder.Instance)];
        _journal = journal;
        _canonicalHash = canonicalHash;
        _bar = new Lazy<SignedReport?>(LastBar);
    }

    /// <summary>The signers, in the order of their signatures.</summary>
    public IReadOnlyList<Address> Addresses => [.. _keys.Select(key => key.Address)];

    /// <summary>Signatures over a report, 65 bytes each, by ascending address of the signer.</summary>
    /// <param name="sealedReport">The report.</param>
    /// <param name="anchorBlock">Anchor block, or 0.</param>
    /// <param name="anchorHash">Its hash, or zero.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OracleException">Another hash was signed for this sequence and its block still
    /// stands.</exception>
    public async Task<byte[][]> SignAsync(
        SealedReport sealedReport, ulong anchorBlock, Bytes32 anchorHash, CancellationToken cancellation)
    {
        await CheckAsync(sealedReport, cancellation);
        _journal.RecordSignature(new SignedReport(
            sealedReport.Report.Era,
            sealedReport.Report.Sequence,
            sealedReport.Hash,
            sealedReport.Report.ToBlock,
            sealedReport.Report.ToBlockHash));
        Bytes32 digest = _digest.Of(sealedReport.Hash, anchorBlock, anchorHash);
        return [.. _keys.Select(key => key.Sign(digest).To65Bytes())];
    }

    /// <summary>Whether a report may have been signed before, in a list that was lost.</summary>
    /// <param name="report">The report, of the present era.</param>
    /// <param name="newest">The last sequence accepted or computed, whichever is greater, at the newest block.</param>
    /// <returns>The last sequence that is barred; null if this one may be signed.</returns>
    public ulong? BarredThrough(Report report, ulong newest)
    {
        if (_bar.Value == SignedReport.BarOfEverything)
        {
            SignedReport drawn = SignedReport.Bar(report.Era, newest + BarMargin);
            _journal.RecordSignature(drawn);
            _bar = new Lazy<SignedReport?>(drawn);
        }

        return _bar.Value is { } bar && report.Era <= bar.Era && report.Sequence <= bar.Sequence ? bar.Sequence : null;
    }

    /// <summary>Whether a report may be signed for another oracle: not while a lost list leaves it in doubt.</summary>
    /// <param name="report">The report.</param>
    public bool IsFree(Report report) => _bar.Value is not { } bar
        || (bar != SignedReport.BarOfEverything && (report.Era > bar.Era || report.Sequence > bar.Sequence));

    private SignedReport? LastBar()
    {
        SignedReport last = _journal.Signatures().LastOrDefault(entry => entry.IsBar);
        return last.IsBar ? last : null;
    }

    private async Task CheckAsync(SealedReport sealedReport, CancellationToken cancellation)
    {
        foreach (SignedReport earlier in _journal.SignaturesOf(sealedReport.Report.Sequence))
        {
            // A bar is no report: the stepper asks for it before it asks for a signature.
            if (earlier.IsBar || earlier.Hash == sealedReport.Hash || earlier.Era < sealedReport.Report.Era)
            {
                continue;
            }

            Bytes32? present = await _canonicalHash(earlier.ToBlock, cancellation);
            if (present == earlier.ToBlockHash)
            {
                throw new OracleException(
                    $"Report {earlier.Sequence} was signed as {earlier.Hash} and is now computed as "
                    + $"{sealedReport.Hash}, while block {earlier.ToBlock} ({earlier.ToBlockHash}) still stands. "
                    + "Signing both is refused: program, scenario or journal changed within an era.");
            }
        }
    }
}

/// <summary>Orders addresses as the hub does: as numbers.</summary>
internal sealed class AddressOrder : IComparer<Address>
{
    /// <summary>The only instance.</summary>
    public static readonly AddressOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(Address x, Address y)
    {
        Span<byte> left = stackalloc byte[Address.Size];
        Span<byte> right = stackalloc byte[Address.Size];
        x.CopyTo(left);
        y.CopyTo(right);
        return left.SequenceCompareTo(right);
    }
}
