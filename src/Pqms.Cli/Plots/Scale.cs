using System.Globalization;

namespace Pqms.Cli.Plots;

/// <summary>From numbers to places on an axis, and where its ticks stand.</summary>
internal sealed class Scale
{
    /// <summary>Free space beyond the outermost numbers, as a share of the axis.</summary>
    private const double Margin = 0.06;

    /// <summary>A log axis shorter than this has ticks at 2 and 5 of every decade too.</summary>
    private const double FewDecades = 2.5;

    private const int MostDecadeTicks = 8;

    private readonly double _low;
    private readonly double _high;
    private readonly bool _isLog;

    private Scale(double low, double high, bool isLog)
    {
        _low = low;
        _high = high;
        _isLog = isLog;
    }

    /// <summary>Least number of the axis.</summary>
    public double Low => _isLog ? Math.Pow(10.0, _low) : _low;

    /// <summary>Greatest number of the axis.</summary>
    public double High => _isLog ? Math.Pow(10.0, _high) : _high;

    /// <summary>An axis that shows all numbers with some space beside them.</summary>
    /// <param name="values">Numbers to show; those that the axis cannot show are passed over.</param>
    /// <param name="isLog">Whether it is logarithmic.</param>
    public static Scale Of(IEnumerable<double> values, bool isLog)
    {
        var shown = values.Where(value => double.IsFinite(value) && (!isLog || value > 0.0))
            .Select(value => isLog ? Math.Log10(value) : value).ToList();
        var low = shown.Count == 0 ? 0.0 : shown.Min();
        var high = shown.Count == 0 ? 1.0 : shown.Max();
        var least = isLog ? 0.3 : Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-6;
        if (high - low <= least)
        {
            var half = isLog ? 0.5 : low == 0.0 ? 0.5 : Math.Abs(low) * 0.05;
            (low, high) = (low - half, high + half);
        }

        var margin = (high - low) * Margin;
        return new Scale(low - margin, high + margin, isLog);
    }

    /// <summary>0 at the low end, 1 at the high end; null for a number without a place on a log axis.</summary>
    public double? At(double value) => _isLog && !(value > 0.0)
        ? null
        : ((_isLog ? Math.Log10(value) : value) - _low) / (_high - _low);

    /// <summary>Round numbers within the axis, with their labels.</summary>
    /// <param name="most">At most about so many on a linear axis.</param>
    public IReadOnlyList<(double Value, string Label)> Ticks(int most) => _isLog ? LogTicks() : LinearTicks(most);

    /// <summary>1, 2 or 5 times a power of ten: the least of them that gives no more steps than wanted.</summary>
    public static double NiceStep(double span, int most)
    {
        var rough = span / most;
        var power = Math.Pow(10.0, Math.Floor(Math.Log10(rough)));
        var lead = rough / power;
        return power * (lead <= 1.0 ? 1.0 : lead <= 2.0 ? 2.0 : lead <= 5.0 ? 5.0 : 10.0);
    }

    private List<(double Value, string Label)> LinearTicks(int most)
    {
        var step = NiceStep(_high - _low, most);
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var isPlain = decimals <= 6 && Math.Max(Math.Abs(_low), Math.Abs(_high)) < 1e6;
        var ticks = new List<(double Value, string Label)>();
        for (var i = (long)Math.Ceiling(_low / step); i * step <= _high; i++)
        {
            var value = i * step;
            var format = isPlain ? "F" + decimals.ToString(CultureInfo.InvariantCulture) : "0.###e+0";
            ticks.Add((value, value.ToString(format, CultureInfo.InvariantCulture)));
        }

        return ticks;
    }

    private List<(double Value, string Label)> LogTicks()
    {
        double[] leads = _high - _low < FewDecades ? [1.0, 2.0, 5.0] : [1.0];
        var every = Math.Max(1, (int)Math.Ceiling((_high - _low) / MostDecadeTicks));
        var ticks = new List<(double Value, string Label)>();
        for (var decade = (int)Math.Floor(_low); decade <= _high; decade++)
        {
            foreach (var lead in leads)
            {
                var place = decade + Math.Log10(lead);
                if (place >= _low && place <= _high && decade % every == 0)
                {
                    ticks.Add((lead * Math.Pow(10.0, decade), LogLabel(lead, decade)));
                }
            }
        }

        return ticks;
    }

    private static string LogLabel(double lead, int decade) => decade is >= -4 and <= 4
        ? (lead * Math.Pow(10.0, decade)).ToString("0.####", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{lead:0}e{decade}");
}
