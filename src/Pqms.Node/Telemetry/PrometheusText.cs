using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Pqms.Node.Telemetry;

/// <summary>Writes collected metrics in Prometheus' text format 0.0.4.</summary>
/// <remarks>
/// The exporter package for Prometheus is not on the feed that this project builds from. Names follow
/// OpenTelemetry's rules: dots become underscores, the unit is appended, counters end in <c>_total</c>. Source:
/// prometheus.io/docs/instrumenting/exposition_formats and the OpenTelemetry compatibility specification.
/// </remarks>
public sealed class PrometheusText : BaseExporter<Metric>
{
    private readonly StringBuilder _text = new();

    /// <summary>What the last collection brought.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        foreach (var metric in batch)
        {
            Write(metric);
        }

        Text = _text.ToString();
        return ExportResult.Success;
    }

    private void Write(Metric metric)
    {
        var counter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = Name(metric.Name, metric.Unit, counter);
        if (metric.Description.Length > 0)
        {
            _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(metric.Description)).Append('\n');
        }

        _text.Append("# TYPE ").Append(name).Append(counter ? " counter\n" : " gauge\n");
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            _text.Append(name);
            Labels(point.Tags);
            _text.Append(' ').Append(Value(metric.MetricType, in point)).Append('\n');
        }
    }

    private void Labels(ReadOnlyTagCollection tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        var before = '{';
        foreach (var tag in tags)
        {
            var value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? string.Empty;
            _text.Append(before).Append(Word(tag.Key)).Append("=\"")
                .Append(Escape(value).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            before = ',';
        }

        _text.Append('}');
    }

    private static string Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum => point.GetSumLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleSum => Number(point.GetSumDouble()),
        MetricType.LongGauge => point.GetGaugeLastValueLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleGauge => Number(point.GetGaugeLastValueDouble()),
        MetricType.LongSumNonMonotonic => point.GetSumLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        _ => throw new NotSupportedException($"Metrics of type {type} are not written; this node makes none."),
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Name(string name, string unit, bool counter)
    {
        // A unit in braces is an annotation; seconds and bytes are the only measured units here.
        var suffix = unit switch { "s" => "_seconds", "By" => "_bytes", _ => string.Empty };
        return Word(name) + suffix + (counter ? "_total" : string.Empty);
    }

    private static string Word(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
