using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>A log with the chain time of its block.</summary>
/// <param name="Event">The log, decoded.</param>
/// <param name="TimeSeconds">The block's time.</param>
public readonly record struct TimedEvent(LedgerEvent Event, ulong TimeSeconds);
