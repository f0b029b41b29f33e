using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Pqms.Oracle;

namespace Pqms.Node.Telemetry;

/// <summary>Collects a node's metrics for <c>/metrics</c>, and sends metrics and traces by OTLP where that is
/// asked for.</summary>
/// <remarks>Nothing leaves the machine unless <see cref="EndpointVariable"/> names a collector.</remarks>
public sealed class NodeTelemetry : IDisposable
{
    /// <summary>OpenTelemetry's own variable: the collector's address, such as http://127.0.0.1:4317.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Sets of label values for each instrument; beyond, OpenTelemetry folds them. Room for all is taken at
    /// once: 2 MB an instrument for 10,000 pools.</summary>
    private const int SmallestSeries = 1_000;

    /// <summary>A pool's events are the most that an instrument tells of it.</summary>
    private const int SeriesPerPool = 3;

    private readonly Lock _gate = new();
    private readonly PrometheusText _text = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _meters;
    private readonly TracerProvider? _tracers;

    /// <summary>Begins to collect.</summary>
    /// <param name="meterName">The meter of <see cref="NodeMetrics"/>.</param>
    /// <param name="endpoint">The OTLP collector, or null for none.</param>
    /// <param name="pools">Pools at most.</param>
    public NodeTelemetry(string meterName, Uri? endpoint, int pools)
    {
        var series = Math.Max(SmallestSeries, (SeriesPerPool * pools) + 1);
        _reader = new BaseExportingMetricReader(_text);
        var meters = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .AddMeter(meterName)
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = series })
            .AddReader(_reader);
        if (endpoint is not null)
        {
            meters = meters.AddOtlpExporter(options => options.Endpoint = endpoint);
            _tracers = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
                .AddSource(OracleTraces.SourceName)
                .AddOtlpExporter(options => options.Endpoint = endpoint)
                .Build();
        }

        _meters = meters.Build();
    }

    /// <summary>The collector named by the environment, or null.</summary>
    /// <param name="environment">Reads a variable.</param>
    /// <exception cref="RefusedException">The variable holds no http or https address.</exception>
    public static Uri? EndpointOf(Func<string, string?> environment)
    {
        var text = environment(EndpointVariable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new RefusedException(
                ExitCode.Usage, $"{EndpointVariable} is '{text}'", "an absolute http or https address",
                "correct it, or unset it to keep telemetry on this machine");
    }

    /// <summary>The metrics now, in Prometheus' text format.</summary>
    public string Collect()
    {
        lock (_gate)
        {
            _reader.Collect();
            return _text.Text;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tracers?.Dispose();
        _meters.Dispose();
        _reader.Dispose();
        _text.Dispose();
    }
}
