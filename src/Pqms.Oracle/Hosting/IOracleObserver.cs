using Pqms.Ethereum;
using Pqms.Oracle.Peers;

namespace Pqms.Oracle;

/// <summary>Watches an oracle, for a console, a log or metrics. Calls come from the oracle's own tasks; return
/// quickly.</summary>
/// <remarks>Nothing here steers the oracle. An exception thrown here ends it.</remarks>
public interface IOracleObserver
{
    /// <summary>A step of start-up, a retry, or a rebuild, in words.</summary>
    /// <param name="text">One line.</param>
    void Note(string text);

    /// <summary>An era began or was found again.</summary>
    /// <param name="era">Its number.</param>
    /// <param name="scenarioHash">Its scenario.</param>
    /// <param name="block">The block that started it.</param>
    void EraOpened(ulong era, Bytes32 scenarioHash, ulong block);

    /// <summary>An epoch ended.</summary>
    /// <param name="sequence">The report's sequence.</param>
    /// <param name="leaves">Its leaves.</param>
    /// <param name="toBlock">The last block it covers.</param>
    void ReportComputed(ulong sequence, ulong leaves, ulong toBlock);

    /// <summary>A report was handed in.</summary>
    /// <param name="sequence">The report's sequence.</param>
    /// <param name="leaves">Its leaves.</param>
    void ReportSent(ulong sequence, ulong leaves);

    /// <summary>A peer was asked for its signatures.</summary>
    /// <param name="peer">Which one.</param>
    /// <param name="sequence">The report's sequence.</param>
    /// <param name="outcome">Its answer; null if it gave none.</param>
    void PeerAnswered(string peer, ulong sequence, PeerOutcome? outcome)
    {
    }

    /// <summary>A transaction of the oracle was mined.</summary>
    /// <param name="kind">"report" or "settlement".</param>
    /// <param name="sequence">The report's sequence.</param>
    /// <param name="succeeded">False if it was reverted.</param>
    /// <param name="gasUsed">Gas that it used.</param>
    /// <param name="block">The block that holds it.</param>
    /// <param name="transaction">Its hash.</param>
    void Mined(string kind, ulong sequence, bool succeeded, ulong gasUsed, ulong block, Bytes32 transaction);

    /// <summary>The hub refused a report for a reason that may not pass.</summary>
    /// <param name="sequence">The report's sequence.</param>
    /// <param name="reason">The hub's error in words.</param>
    void Refused(ulong sequence, string reason);

    /// <summary>Blocks were removed; the mesh is rebuilt from the era's start.</summary>
    /// <param name="firstBlock">The first block removed.</param>
    /// <param name="count">How many.</param>
    void Reorganised(ulong firstBlock, int count);
}

/// <summary>Watches nothing.</summary>
public sealed class SilentObserver : IOracleObserver
{
    /// <summary>The only instance.</summary>
    public static readonly SilentObserver Instance = new();

    private SilentObserver()
    {
    }

    /// <inheritdoc/>
    public void Note(string text)
    {
    }

    /// <inheritdoc/>
    public void EraOpened(ulong era, Bytes32 scenarioHash, ulong block)
    {
    }

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
    }

    /// <inheritdoc/>
    public void Refused(ulong sequence, string reason)
    {
    }

    /// <inheritdoc/>
    public void Reorganised(ulong firstBlock, int count)
    {
    }
}
