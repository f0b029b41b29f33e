using Microsoft.Extensions.Logging;
using Pqms.Ethereum;
using Pqms.Oracle;

namespace Pqms.Node.Telemetry;

/// <summary>Logs what an oracle does.</summary>
/// <param name="log">Receives the events; called from the oracle's tasks.</param>
/// <param name="quiet">Whether the routine of mined transactions is left out.</param>
public sealed partial class OracleLog(ILogger log, bool quiet) : IOracleObserver
{
    /// <inheritdoc/>
    public void Note(string text) => LogNote(text);

    /// <inheritdoc/>
    public void EraOpened(ulong era, Bytes32 scenarioHash, ulong block) => LogEra(era, block, scenarioHash);

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
            LogReverted(kind, sequence, block, transaction);
        }
        else if (!quiet)
        {
            LogMined(kind, sequence, block, gasUsed, transaction);
        }
    }

    /// <inheritdoc/>
    public void Refused(ulong sequence, string reason) => LogRefused(sequence, reason);

    /// <inheritdoc/>
    public void Reorganised(ulong firstBlock, int count) => LogReorganised(count, firstBlock);

    [LoggerMessage(1, LogLevel.Information, "oracle: {Text}", EventName = "Note")]
    private partial void LogNote(string text);

    [LoggerMessage(2, LogLevel.Information, "oracle: era {Era} began in block {Block} with scenario {ScenarioHash}",
        EventName = "EraOpened")]
    private partial void LogEra(ulong era, ulong block, Bytes32 scenarioHash);

    [LoggerMessage(3, LogLevel.Information, "oracle: {Kind} {Sequence} in block {Block}, {GasUsed} gas, {Transaction}",
        EventName = "Mined")]
    private partial void LogMined(string kind, ulong sequence, ulong block, ulong gasUsed, Bytes32 transaction);

    [LoggerMessage(4, LogLevel.Warning,
        "oracle: the {Kind} of report {Sequence} was reverted in block {Block} ({Transaction})",
        EventName = "Reverted")]
    private partial void LogReverted(string kind, ulong sequence, ulong block, Bytes32 transaction);

    [LoggerMessage(5, LogLevel.Warning, "oracle: the hub refused report {Sequence}: {Reason}", EventName = "Refused")]
    private partial void LogRefused(ulong sequence, string reason);

    [LoggerMessage(6, LogLevel.Warning,
        "oracle: {Count} blocks from {FirstBlock} on were replaced; the mesh is rebuilt", EventName = "Reorganised")]
    private partial void LogReorganised(int count, ulong firstBlock);
}
