using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Stock that was proven from reports, and the thresholds that it crosses.</summary>
internal sealed partial class InventoryBook
{
    private (StockReported Report, bool Low)? _crossing;

    private void Report(StockReported e)
    {
        var before = Of(e.Data.Pool);
        var newer = (e.Data.Era, e.Data.PoolSequence).CompareTo((before.Era, before.PoolSequence)) > 0;
        Unless(newer, e, null, $"stock of pool {e.Data.Pool} is not newer than the one before");
        var low = e.Data.Stock < before.Threshold;
        _reservoirs[e.Data.Pool] = before with
        {
            Stock = e.Data.Stock,
            PoolSequence = e.Data.PoolSequence,
            Era = e.Data.Era,
            Low = low,
        };
        Expect(e, before.Low, low);
    }

    // Only the report that crosses the threshold is followed by a log that says so, and each such one is.
    private void Expect(StockReported e, bool wasLow, bool low)
    {
        CloseCrossing();
        _crossing = wasLow == low ? null : (e, low);
    }

    private void CloseCrossing()
    {
        if (_crossing is { } due)
        {
            Unless(false, due.Report, null, $"pool {due.Report.Data.Pool} crosses its threshold, and no log says so");
        }

        _crossing = null;
    }

    private void Cross(LedgerEvent e)
    {
        var (pool, stock, low) = e switch
        {
            ReplenishmentNeeded { Data: var data } => (data.Pool, data.Stock, true),
            ReservoirReplenished { Data: var data } => (data.Pool, data.Stock, false),
            _ => throw new ArgumentException($"{e.GetType().Name} is no crossing.", nameof(e)),
        };
        var isDue = _crossing is { Report.Data: var told, Low: var due }
            && (told.Pool, told.Stock, due) == (pool, stock, low);
        Unless(isDue, e, null,
            $"pool {pool} is told to have crossed its threshold with {stock}, its report says otherwise");
        if (e is ReplenishmentNeeded { Data: var needed })
        {
            var reservoir = Of(pool);
            var missing = (long)reservoir.Target - stock;
            Unless(needed.Threshold == reservoir.Threshold && needed.Missing == missing, e, null,
                $"pool {pool} is told to miss {needed.Missing} below {needed.Threshold}, it misses {missing} below "
                + $"{reservoir.Threshold}");
        }

        _crossing = null;
    }

    private Reservoir Of(uint pool) => _reservoirs.GetValueOrDefault(pool);
}
