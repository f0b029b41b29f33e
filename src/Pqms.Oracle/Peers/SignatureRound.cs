using Pqms.Ethereum;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;
using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Peers;

/// <summary>Brings together the signatures that a report needs: this oracle's own, and those of its peers.</summary>
/// <remarks>
/// The order of the hub's signers is the order of turns: the first reports at once, each next one a while after the
/// report's last block, so that one oracle's silence delays a report and never loses it. Turns are counted in chain
/// time, hence alike for all; two that report at once cost one refused attempt.
/// </remarks>
internal sealed class SignatureRound
{
    private readonly ReportSigner _signer;
    private readonly AttestationDigest _digest;
    private readonly HubTerms _hub;
    private readonly PeerAlarms _alarms;
    private readonly ulong _delaySeconds;
    private readonly HashSet<ulong> _explained = [];

    /// <summary>A round without peers: the own keys must be enough.</summary>
    /// <param name="signer">This oracle's keys.</param>
    /// <param name="digest">The hub's digests.</param>
    /// <param name="hub">Signers and threshold.</param>
    /// <param name="alarms">Told when a peer differs.</param>
    /// <param name="takeoverSeconds">Chain seconds from one oracle's turn to the next one's.</param>
    public SignatureRound(
        ReportSigner signer, AttestationDigest digest, HubTerms hub, PeerAlarms alarms, uint takeoverSeconds)
    {
        _signer = signer;
        _digest = digest;
        _hub = hub;
        _alarms = alarms;
        int turn = Enumerable.Range(0, hub.Signers.Count).First(index => signer.Addresses.Contains(hub.Signers[index]));
        _delaySeconds = (ulong)turn * takeoverSeconds;
    }

    /// <summary>The other oracles; empty if there are none.</summary>
    public IReadOnlyList<IPeer> Peers { get; init; } = [];

    /// <summary>Finds the first difference; null if this oracle keeps no trail.</summary>
    public DivergenceFinder? Finder { get; init; }

    /// <summary>Told how each peer answered.</summary>
    public IOracleObserver Observer { get; init; } = SilentObserver.Instance;

    /// <summary>As <see cref="ReportSigner.BarredThrough"/>.</summary>
    public ulong? BarredThrough(Report report, ulong newest) => _signer.BarredThrough(report, newest);

    /// <summary>The signatures for a report, as many as the hub needs, ascending by signer.</summary>
    /// <param name="report">The report.</param>
    /// <param name="anchorBlock">Anchor block, or 0.</param>
    /// <param name="anchorHash">Its hash, or zero.</param>
    /// <param name="nowSeconds">Chain time of the newest block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null if it is not this oracle's turn, or too few signed: ask again with the next block.</returns>
    public async Task<byte[][]?> CollectAsync(
        SealedReport report, ulong anchorBlock, Bytes32 anchorHash, ulong nowSeconds, CancellationToken cancellation)
    {
        bool alone = Peers.Count == 0;
        if (!alone && nowSeconds < report.Report.ToTime + _delaySeconds)
        {
            return null;
        }

        byte[][] own = await _signer.SignAsync(report, anchorBlock, anchorHash, cancellation);
        var found = new SortedDictionary<Address, byte[]>(AddressOrder.Instance);
        for (int i = 0; i < own.Length; i++)
        {
            found[_signer.Addresses[i]] = own[i];
        }

        if (found.Count < _hub.Threshold)
        {
            Bytes32 signed = _digest.Of(report.Hash, anchorBlock, anchorHash);
            var question = new SignatureQuestion(
                report.Report.Era, report.Report.Sequence, report.Hash, anchorBlock, anchorHash, own[0]);
            await AskAsync(report, question, signed, found, cancellation);
        }

        return found.Count >= _hub.Threshold ? [.. found.Values.Take(_hub.Threshold)] : null;
    }

    private async Task AskAsync(
        SealedReport report, SignatureQuestion question, Bytes32 signed, SortedDictionary<Address, byte[]> found,
        CancellationToken cancellation)
    {
        (IPeer Peer, PeerAnswer? Answer)[] answers =
            await Task.WhenAll(Peers.Select(peer => AskAsync(peer, question, cancellation)));
        foreach ((IPeer peer, PeerAnswer? answer) in answers)
        {
            Observer.PeerAnswered(peer.Name, report.Report.Sequence, answer?.Outcome);
            foreach (byte[] signature in answer?.Signatures ?? [])
            {
                if (Attestation.SignerOf(signed, signature) is { } signer && _hub.Signers.Contains(signer))
                {
                    found[signer] = signature;
                }
            }

            if (answer?.Outcome == PeerOutcome.Differs)
            {
                await ExplainAsync(peer, answer.OwnHash, report, cancellation);
            }
        }
    }

    private static async Task<(IPeer Peer, PeerAnswer? Answer)> AskAsync(
        IPeer peer, SignatureQuestion question, CancellationToken cancellation)
    {
        try
        {
            return (peer, await peer.AskAsync(question, cancellation));
        }
        catch (PeerUnreachableException)
        {
            return (peer, null);
        }
    }

    // Once for each report: what is found then does not change.
    private async Task ExplainAsync(IPeer peer, Bytes32 theirs, SealedReport own, CancellationToken cancellation)
    {
        ulong sequence = own.Report.Sequence;
        if (!_explained.Add(sequence))
        {
            return;
        }

        string found = Finder is null ? string.Empty
            : " " + await Finder.DescribeAsync(peer, own.Report.ToBlock, cancellation);
        string text =
            $"The oracle at {peer.Name} computed report {sequence} as {theirs}, here it is {own.Hash}.{found}";
        _alarms.Explain(sequence, text);
        Observer.Note(text);
    }
}
