using Pqms.Physics.States;

namespace Pqms.Mesh.Engine;

/// <summary>The sums that <see cref="PoolStatistics"/> reports, kept as they arise.</summary>
/// <remarks>Integrals over time are brought up to date before the stock changes, never by reading them.</remarks>
internal sealed class PoolTally(long start)
{
    private long _since = start;
    private UInt128 _stockNanoseconds;
    private UInt128 _availableNanoseconds;
    private UInt128 _setupNanoseconds;
    private UInt128 _deliveryNanoseconds;
    private double _estimateSum;
    private double _truthSum;
    private double _errorXSum;
    private double _errorYSum;
    private double _errorZSum;
    private double _probeEstimateSum;
    private double _probeTruthSum;
    private double _predictedSum;
    private ulong _servedAtOnce;
    private ulong _probes;
    private ulong _probeHits;
    private ulong _fullSeconds;
    private ulong _reservedSeconds;

    public ulong Generated { get; set; }

    public ulong Delivered { get; set; }

    /// <summary>Of the delivered ones, those that left for orders.</summary>
    public ulong SetAside { get; set; }

    public ulong Discarded { get; set; }

    public ulong PurifiedAway { get; set; }

    public ulong Tested { get; set; }

    public ulong Burnt { get; set; }

    public ulong Requests { get; set; }

    public ulong Served { get; private set; }

    public ulong Lost { get; set; }

    /// <summary>Pairs that left the pool in any way.</summary>
    public ulong Gone => Delivered + Discarded + PurifiedAway + Tested + Burnt;

    /// <summary>Pair-nanoseconds that a stock has stood up to a moment, the present stock included.</summary>
    public UInt128 StockNanoseconds(long now, int stock) =>
        _stockNanoseconds + ((UInt128)(ulong)(now - _since) * (ulong)stock);

    /// <summary>Called before the stock changes.</summary>
    public void Hold(long now, int stock)
    {
        ulong passed = (ulong)(now - _since);
        _since = now;
        _stockNanoseconds += (UInt128)passed * (ulong)stock;
        _availableNanoseconds += stock > 0 ? passed : 0UL;
    }

    /// <summary>A request got a pair.</summary>
    public void Serve(double estimate, BellDiagonal truth, long setup, long delivery)
    {
        Served++;
        _servedAtOnce += setup == 0 ? 1UL : 0UL;
        _estimateSum += estimate;
        _truthSum += truth.PhiPlus;
        _errorXSum += PairMetrics.QberX(truth);
        _errorYSum += PairMetrics.QberY(truth);
        _errorZSum += PairMetrics.QberZ(truth);
        _setupNanoseconds += (ulong)setup;
        _deliveryNanoseconds += (ulong)delivery;
    }

    /// <summary>Somebody looked at the pool and found a pair.</summary>
    public void ProbeHit(double estimate, double truth)
    {
        _probes++;
        _probeHits++;
        _probeEstimateSum += estimate;
        _probeTruthSum += truth;
    }

    /// <summary>Somebody looked at the pool and found none.</summary>
    public void ProbeMiss() => _probes++;

    /// <summary>One second of a reservation passed.</summary>
    public void Reserve(double predicted, bool isFull)
    {
        _predictedSum += predicted;
        _reservedSeconds++;
        _fullSeconds += isFull ? 1UL : 0UL;
    }

    /// <summary>All sums up to a moment.</summary>
    public PoolStatistics Read(long now, int stock, in PoolReading reading) => new(
        new MeshTime(now),
        Generated,
        Delivered,
        SetAside,
        Discarded,
        PurifiedAway,
        Tested,
        Burnt,
        reading.Held,
        reading.LinkPairs,
        reading.Attempts,
        Requests,
        Served,
        _servedAtOnce,
        Lost,
        reading.Waiting,
        _estimateSum,
        _truthSum,
        _errorXSum,
        _errorYSum,
        _errorZSum,
        _setupNanoseconds,
        _deliveryNanoseconds,
        StockNanoseconds(now, stock),
        _availableNanoseconds + (stock > 0 ? (UInt128)(ulong)(now - _since) : UInt128.Zero),
        _probes,
        _probeHits,
        _probeEstimateSum,
        _probeTruthSum,
        _predictedSum,
        _fullSeconds,
        _reservedSeconds,
        reading.Joules);

    public void Exchange(StateExchange state)
    {
        state.Value(ref _since);
        state.Value(ref _stockNanoseconds);
        state.Value(ref _availableNanoseconds);
        state.Value(ref _setupNanoseconds);
        state.Value(ref _deliveryNanoseconds);
        double[] sums =
        [
            _estimateSum, _truthSum, _errorXSum, _errorYSum, _errorZSum, _probeEstimateSum, _probeTruthSum,
            _predictedSum,
        ];
        ulong[] counts =
        [
            Generated, Delivered, Discarded, PurifiedAway, Tested, Burnt, Requests, Served, Lost, _servedAtOnce,
            _probes, _probeHits, _fullSeconds, _reservedSeconds, SetAside,
        ];
        state.Items(sums, static (StateExchange s, ref double item) => s.Value(ref item));
        state.Items(counts, static (StateExchange s, ref ulong item) => s.Value(ref item));
        (_estimateSum, _truthSum, _errorXSum, _errorYSum) = (sums[0], sums[1], sums[2], sums[3]);
        (_errorZSum, _probeEstimateSum, _probeTruthSum, _predictedSum) = (sums[4], sums[5], sums[6], sums[7]);
        (Generated, Delivered, Discarded, PurifiedAway, Tested) =
            (counts[0], counts[1], counts[2], counts[3], counts[4]);
        (Burnt, Requests, Served, Lost, _servedAtOnce) = (counts[5], counts[6], counts[7], counts[8], counts[9]);
        (_probes, _probeHits, _fullSeconds, _reservedSeconds) = (counts[10], counts[11], counts[12], counts[13]);
        SetAside = counts[14];
    }
}

/// <summary>What a pool adds to its tally when it is read.</summary>
/// <param name="Held">Pairs in the pool, one that is being pumped included.</param>
/// <param name="LinkPairs">Heralded link pairs.</param>
/// <param name="Attempts">Attempts.</param>
/// <param name="Waiting">Requests that wait.</param>
/// <param name="Joules">Energy in J.</param>
internal readonly record struct PoolReading(ulong Held, ulong LinkPairs, ulong Attempts, ulong Waiting, double Joules);
