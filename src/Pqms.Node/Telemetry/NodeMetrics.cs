using System.Diagnostics.Metrics;
using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Oracle;
using Pqms.Oracle.Peers;

namespace Pqms.Node.Telemetry;

/// <summary>What an oracle does, as OpenTelemetry instruments; it passes every observation on.</summary>
/// <remarks>Counters begin at 0 with the process; what is counted since the era began comes from the mesh.</remarks>
public sealed class NodeMetrics : IOracleObserver, IDisposable
{
    /// <summary>How every node's meter begins; each instance adds a name of its own, so that nodes that share a
    /// process don't mix.</summary>
    public const string MeterName = "Pqms";

    private static int s_instances;

    private readonly IOracleObserver _next;
    private readonly Meter _meter;
    private readonly Counter<long> _reports;
    private readonly Counter<long> _leaves;
    private readonly Counter<long> _transactions;
    private readonly Counter<long> _gas;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _orphans;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _questions;

    /// <summary>Instruments without values.</summary>
    /// <param name="next">Told everything that is counted here.</param>
    public NodeMetrics(IOracleObserver next)
    {
        _next = next;
        _meter = new Meter($"{MeterName}.{Interlocked.Increment(ref s_instances)}");
        _reports = _meter.CreateCounter<long>("pqms.reports", null, "Reports by what became of them");
        _leaves = _meter.CreateCounter<long>("pqms.leaves", null, "Leaves of computed reports");
        _transactions = _meter.CreateCounter<long>("pqms.transactions", null, "Mined transactions of the oracle");
        _gas = _meter.CreateCounter<long>("pqms.gas", null, "Gas of mined transactions");
        _refusals = _meter.CreateCounter<long>("pqms.refusals", null, "Reports that the hub refused");
        _orphans = _meter.CreateCounter<long>("pqms.orphaned_blocks", null, "Blocks that a reorganisation removed");
        Gauge("pqms.memory.working_set", "Memory of the process", () => Environment.WorkingSet, "By");
        Gauge("pqms.memory.managed", "Managed heap after the last collection",
            () => GC.GetGCMemoryInfo().HeapSizeBytes, "By");
        _answers = _meter.CreateCounter<long>("pqms.peer_answers", null,
            "Answers of other oracles to requests to sign");
        _questions = _meter.CreateCounter<long>("pqms.peer_questions", null,
            "Requests of other oracles to sign, by what was answered");
    }

    /// <summary>The meter's name.</summary>
    public string Name => _meter.Name;

    /// <summary>Adds what can be read at any moment.</summary>
    /// <param name="status">The oracle's status.</param>
    /// <param name="pools">The pools as they stand.</param>
    public void Watch(Func<OracleStatus> status, Func<IReadOnlyList<PoolView>> pools)
    {
        WatchOracle(status);
        WatchPools(pools);
    }

    /// <summary>Counts a request to sign that another oracle made.</summary>
    /// <param name="outcome">What was answered.</param>
    public void Asked(PeerOutcome outcome) => _questions.Add(1, Tag("outcome", outcome.ToString()));

    /// <inheritdoc/>
    public void Note(string text) => _next.Note(text);

    /// <inheritdoc/>
    public void EraOpened(ulong era, Bytes32 scenarioHash, ulong block) => _next.EraOpened(era, scenarioHash, block);

    /// <inheritdoc/>
    public void ReportComputed(ulong sequence, ulong leaves, ulong toBlock)
    {
        _reports.Add(1, Tag("state", "computed"));
        _leaves.Add(checked((long)leaves));
        _next.ReportComputed(sequence, leaves, toBlock);
    }

    /// <inheritdoc/>
    public void ReportSent(ulong sequence, ulong leaves)
    {
        _reports.Add(1, Tag("state", "sent"));
        _next.ReportSent(sequence, leaves);
    }

    /// <inheritdoc/>
    public void PeerAnswered(string peer, ulong sequence, PeerOutcome? outcome)
    {
        _answers.Add(1, Tag("peer", peer), Tag("outcome", outcome?.ToString() ?? "None"));
        _next.PeerAnswered(peer, sequence, outcome);
    }

    /// <inheritdoc/>
    public void Mined(string kind, ulong sequence, bool succeeded, ulong gasUsed, ulong block, Bytes32 transaction)
    {
        _transactions.Add(1, Tag("kind", kind), Tag("outcome", succeeded ? "succeeded" : "reverted"));
        _gas.Add(checked((long)gasUsed), Tag("kind", kind));
        _next.Mined(kind, sequence, succeeded, gasUsed, block, transaction);
    }

    /// <inheritdoc/>
    public void Refused(ulong sequence, string reason)
    {
        _refusals.Add(1);
        _next.Refused(sequence, reason);
    }

    /// <inheritdoc/>
    public void Reorganised(ulong firstBlock, int count)
    {
        _orphans.Add(count);
        _next.Reorganised(firstBlock, count);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void WatchOracle(Func<OracleStatus> status)
    {
        Gauge("pqms.followed_block", "The last block applied", () => (double)status().FollowedBlock);
        Gauge("pqms.lag_blocks", "Blocks behind the newest one that counts", () => (double)status().LagBlocks);
        Gauge("pqms.lag", "Chain time behind the newest block", () => (double)status().LagSeconds, "s");
        Gauge("pqms.alarm", "1 while the oracle does not report although it runs",
            () => status().Alarm.Length > 0 ? 1 : 0);
        Gauge("pqms.era", "The present era", () => (double)status().Era);
        _meter.CreateObservableCounter(
            "pqms.rebuilds", () => (long)status().Rebuilds, null, "Times that the mesh was rebuilt");
        _meter.CreateObservableGauge("pqms.sequence", () => Sequences(status()), null, "The last report");
        _meter.CreateObservableGauge("pqms.owed", () => Owed(status()), null, "What the chain still waits for");
        _meter.CreateObservableGauge("pqms.phase", () => Phases(status()), null, "1 for what the oracle is doing");
    }

    private void WatchPools(Func<IReadOnlyList<PoolView>> pools)
    {
        Each("pqms.pool.stock", "Pairs standing", pool => pool.Counters.Stock);
        Each("pqms.pool.stock_target", "Places that the pool keeps filling", pool => pool.StockTarget);
        Each("pqms.pool.granted_slots", "Slots of running reservations", pool => pool.GrantedSlots);
        Each("pqms.pool.isolated", "1 while it delivers nothing", pool => pool.Isolated ? 1 : 0);
        Each("pqms.pool.fidelity_floor", "Fidelity at which a pair is discarded", pool => pool.FidelityFloor);
        Each("pqms.pool.fidelity_estimate", "Mean estimate over the stock",
            pool => pool.Counters.FidelityEstimateMean);
        Each("pqms.pool.fidelity_true", "Mean true fidelity, known only because the mesh is emulated",
            pool => pool.Counters.FidelityTrueMean);
        _meter.CreateObservableCounter(
            "pqms.pool.pairs", () => pools().SelectMany(Pairs), null, "End-to-end pairs since the era began");

        void Each(string name, string meaning, Func<PoolView, double> read) => _meter.CreateObservableGauge(
            name, () => pools().Select(pool => new Measurement<double>(read(pool), PoolTag(pool))), null, meaning);
    }

    private void Gauge(string name, string meaning, Func<double> read, string? unit = null) =>
        _meter.CreateObservableGauge(name, read, unit, meaning);

    private static IEnumerable<Measurement<long>> Sequences(OracleStatus status) =>
    [
        new(checked((long)status.ComputedSequence), Tag("state", "computed")),
        new(checked((long)status.AcceptedSequence), Tag("state", "accepted")),
    ];

    private static IEnumerable<Measurement<long>> Owed(OracleStatus status) =>
    [
        new(status.OwedReports, Tag("kind", "reports")),
        new(status.OwedSettlements, Tag("kind", "settlements")),
        new(status.OwedProofs, Tag("kind", "proofs")),
        new(status.OwedReopenings, Tag("kind", "reopenings")),
    ];

    private static IEnumerable<Measurement<long>> Phases(OracleStatus status) => Enum.GetValues<OraclePhase>()
        .Select(phase => new Measurement<long>(phase == status.Phase ? 1 : 0, Tag("phase", phase.ToString())));

    private static IEnumerable<Measurement<long>> Pairs(PoolView pool) =>
    [
        new(checked((long)pool.Counters.Generated), PoolTag(pool), Tag("event", "generated")),
        new(checked((long)pool.Counters.Delivered), PoolTag(pool), Tag("event", "delivered")),
        new(checked((long)pool.Counters.Discarded), PoolTag(pool), Tag("event", "discarded")),
    ];

    private static KeyValuePair<string, object?> PoolTag(PoolView pool) => Tag("pool", pool.Name);

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
