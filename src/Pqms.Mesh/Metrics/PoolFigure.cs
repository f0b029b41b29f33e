namespace Pqms.Mesh.Metrics;

/// <summary>One figure of the report: its name, its unit, and how it follows from the readings.</summary>
public sealed class PoolFigure
{
    private readonly Func<PoolSeries, Measured?> _measure;

    internal PoolFigure(string key, string unit, string meaning, Func<PoolSeries, Measured?> measure)
    {
        Key = key;
        Unit = unit;
        Meaning = meaning;
        _measure = measure;
    }

    /// <summary>Name in JSON and in the heads of tables, in camel case, for example "deliveredPerSecond".</summary>
    public string Key { get; }

    /// <summary>Unit, for example "pairs/s"; "1" for shares and fidelities.</summary>
    public string Unit { get; }

    /// <summary>What is measured, in one sentence.</summary>
    public string Meaning { get; }

    /// <summary>The figure of one pool or of several together.</summary>
    /// <param name="series">Readings, at least two.</param>
    /// <returns>Null when the run says nothing about it: a fidelity without a delivered pair, for example.</returns>
    public Measured? Of(PoolSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Batches > 0 ? _measure(series) : null;
    }
}
