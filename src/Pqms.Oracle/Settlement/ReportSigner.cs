using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Settlement;

/// <summary>Signs reports, and never two truths.</summary>
/// <remarks>
/// A second report hash for one sequence is signed only when the block that the first one ends with was orphaned, or a
/// new
/// era made the first one worthless. The journal knows every hash before its signature leaves the process.
/// </remarks>
internal sealed class ReportSigner
{
    private readonly AttestationDigest _digest;
    private readonly EthereumKey[] _keys;
    private readonly IJournal _journal;
    private readonly Func<ulong, CancellationToken, Task<Bytes32?>> _canonicalHash;

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

    private async Task CheckAsync(SealedReport sealedReport, CancellationToken cancellation)
    {
        foreach (SignedReport earlier in _journal.SignaturesOf(sealedReport.Report.Sequence))
        {
            if (earlier.Hash == sealedReport.Hash || earlier.Era < sealedReport.Report.Era)
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
