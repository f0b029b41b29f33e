using Pqms.Ethereum;
using Pqms.Oracle;

namespace Pqms.Node.Hosting;

/// <summary>Says what an oracle does, one line at a time.</summary>
/// <param name="say">Receives the lines; called from the oracle's tasks.</param>
/// <param name="quiet">Whether the routine of computed and sent reports is left out.</param>
public sealed class OracleNotes(Action<string> say, bool quiet) : IOracleObserver
{
    /// <inheritdoc/>
    public void Note(string text) => say("oracle: " + text);

    /// <inheritdoc/>
    public void EraOpened(ulong era, Bytes32 scenarioHash, ulong block) =>
        say($"oracle: era {era} began in block {block} with scenario {scenarioHash}");

    /// <inheritdoc/>
    public void ReportComputed(ulong sequence, ulong leaves, ulong toBlock)
    {
    }

    /// <inheritdoc/>
    public void ReportSent(ulong sequence, ulong leaves)
    {
    }

    /// <inheritdoc/>
    public void Mined(string kind, ulong sequence, bool succeeded, ulong gasUsed, ulong block, Bytes32 transaction)
    {
        if (!succeeded)
        {
            say($"oracle: the {kind} of report {sequence} was reverted in block {block} ({transaction})");
        }
        else if (!quiet)
        {
            say($"oracle: {kind} {sequence} in block {block}, {gasUsed} gas, {transaction}");
        }
    }

    /// <inheritdoc/>
    public void Refused(ulong sequence, string reason) => say($"oracle: the hub refused report {sequence}: {reason}");

    /// <inheritdoc/>
    public void Reorganised(ulong firstBlock, int count) =>
        say($"oracle: {count} blocks from {firstBlock} on were replaced; the mesh is rebuilt from the era's start");
}
