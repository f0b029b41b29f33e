using System.Globalization;
using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Node.Telemetry;
using Pqms.Oracle;
using Pqms.Oracle.Peers;

namespace Pqms.Node.Tests.Telemetry;

public sealed class NodeMetricsTests : IDisposable
{
    private const int Pools = 2500;

    private readonly NodeMetrics _metrics = new(SilentObserver.Instance);
    private readonly NodeTelemetry _telemetry;

    public NodeMetricsTests() => _telemetry = new NodeTelemetry(_metrics.Name, endpoint: null, Pools);

    public void Dispose()
    {
        _telemetry.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void Collect_GivenWhatTheOracleDid_countsIt()
    {
        _metrics.ReportComputed(1, 12, 30);
        _metrics.ReportComputed(2, 3, 40);
        _metrics.ReportSent(1, 12);
        _metrics.Mined("report", 1, true, 80_000, 31, Bytes32.Zero);
        _metrics.Mined("report", 2, false, 30_000, 41, Bytes32.Zero);
        _metrics.Refused(2, "no");
        _metrics.Reorganised(30, 5);
        _metrics.PeerAnswered("http://127.0.0.1:1", 2, PeerOutcome.Signed);
        _metrics.Asked(PeerOutcome.Stranger);

        var lines = Lines();

        Assert.Contains("pqms_reports_total{state=\"computed\"} 2", lines);
        Assert.Contains("pqms_reports_total{state=\"sent\"} 1", lines);
        Assert.Contains("pqms_leaves_total 15", lines);
        Assert.Contains("pqms_transactions_total{kind=\"report\",outcome=\"succeeded\"} 1", lines);
        Assert.Contains("pqms_transactions_total{kind=\"report\",outcome=\"reverted\"} 1", lines);
        Assert.Contains("pqms_gas_total{kind=\"report\"} 110000", lines);
        Assert.Contains("pqms_refusals_total 1", lines);
        Assert.Contains("pqms_orphaned_blocks_total 5", lines);
        Assert.Contains("pqms_peer_answers_total{outcome=\"Signed\",peer=\"http://127.0.0.1:1\"} 1", lines);
        Assert.Contains("pqms_peer_questions_total{outcome=\"Stranger\"} 1", lines);
        Assert.Contains("# TYPE pqms_leaves_total counter", lines);
    }

    [Fact]
    public void Collect_GivenAStatusThatChanges_showsItAsItIsNow()
    {
        var status = new OracleStatus { Phase = OraclePhase.Rebuilding, HeadTime = 50, FollowedTime = 20 };
        _metrics.Watch(() => status, () => []);

        Assert.Contains("pqms_lag_seconds 30", Lines());
        status = status with { Phase = OraclePhase.Following, FollowedTime = 50, Alarm = "x", OwedReports = 2 };
        var lines = Lines();

        Assert.Contains("pqms_lag_seconds 0", lines);
        Assert.Contains("pqms_alarm 1", lines);
        Assert.Contains("pqms_owed{kind=\"reports\"} 2", lines);
        Assert.Contains("pqms_phase{phase=\"Following\"} 1", lines);
        Assert.Contains("pqms_phase{phase=\"Rebuilding\"} 0", lines);
    }

    [Fact]
    public void Collect_GivenAHostilePoolName_keepsItInsideItsQuotes()
    {
        var counters = new PoolCounters(0, 1, 9, 4, 3, 2, 0.9625, 0.5);
        _metrics.Watch(
            () => new OracleStatus(),
            () => [new PoolView(counters, "a\"}\n\\b", 0.95, 4, 1, true, 1, 1, 0.99, 2, 3, 0, 0)]);

        var lines = Lines();

        Assert.Contains("pqms_pool_stock{pool=\"a\\\"}\\n\\\\b\"} 2", lines);
        Assert.Contains("pqms_pool_fidelity_estimate{pool=\"a\\\"}\\n\\\\b\"} 0.9625", lines);
        Assert.Contains("pqms_pool_pairs_total{event=\"discarded\",pool=\"a\\\"}\\n\\\\b\"} 3", lines);
        Assert.Contains("pqms_pool_isolated{pool=\"a\\\"}\\n\\\\b\"} 1", lines);
    }

    [Fact]
    public void Collect_GivenTheProcess_tellsItsMemoryInBytes() => Assert.All(
        ["pqms_memory_working_set_bytes ", "pqms_memory_managed_bytes "],
        name => Assert.InRange(
            double.Parse(
                Lines().Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ')[1],
                CultureInfo.InvariantCulture),
            100_000, 1e12));

    [Fact]
    public void Collect_GivenTwoNodesInOneProcess_keepsThemApart()
    {
        using var other = new NodeMetrics(SilentObserver.Instance);

        other.ReportComputed(1, 99, 1);

        Assert.DoesNotContain(Lines(), line => line.Contains("leaves", StringComparison.Ordinal));
    }

    [Fact]
    public void Collect_GivenMorePoolsThanTheSdkKeepsByItself_showsEveryOne()
    {
        var pools = Enumerable.Range(0, Pools).Select(index => new PoolView(
            new PoolCounters(index, 1, 1, 0, 0, 1, 0.9, 0.9), $"p{index}", 0.9, 1, 0, false, 1, 1, 0.9, 1, 1, 0, 0))
            .ToArray();
        _metrics.Watch(() => new OracleStatus(), () => pools);

        Assert.Equal(Pools, Lines().Count(line => line.StartsWith("pqms_pool_stock{", StringComparison.Ordinal)));
    }

    [Fact]
    public void EndpointOf_WhenItIsNoAddress_namesTheVariable()
    {
        var refused = Assert.Throws<RefusedException>(() => NodeTelemetry.EndpointOf(_ => "collector"));

        Assert.Contains(NodeTelemetry.EndpointVariable, refused.Message, StringComparison.Ordinal);
        Assert.Null(NodeTelemetry.EndpointOf(_ => null));
        Assert.Equal(new Uri("http://127.0.0.1:4317"), NodeTelemetry.EndpointOf(_ => "http://127.0.0.1:4317"));
    }

    private string[] Lines() => _telemetry.Collect().Split('\n');
}
