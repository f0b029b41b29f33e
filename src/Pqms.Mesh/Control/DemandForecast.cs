using Pqms.Mesh.Engine;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Control;

/// <summary>Takes per second to expect, from counts in intervals of any length.</summary>
/// <remarks>
/// Exponential moving average with a time constant, so that two short intervals weigh as much as one long one. With a
/// trend: Holt's linear method (Holt 1957, reprinted Int. J. Forecasting 20, 5, 2004), whose slope has four times the
/// time constant; there is no season. The first interval sets the level.
/// </remarks>
internal sealed class DemandForecast(double timeConstantSeconds, bool withTrend)
{
    private const double TrendFactor = 4.0;

    private double _level;
    private double _trend;
    private bool _started;

    /// <summary>Takes per second now, at least 0.</summary>
    public double RatePerSecond => Ahead(0.0);

    /// <summary>Takes per second expected some seconds later, at least 0.</summary>
    public double Ahead(double seconds) => PortableMath.Max(0.0, _level + (_trend * seconds));

    /// <summary>Adds what an interval brought; one without length changes nothing.</summary>
    /// <param name="nanoseconds">Length of the interval.</param>
    /// <param name="takes">Takes in it.</param>
    public void Observe(long nanoseconds, ulong takes)
    {
        if (nanoseconds <= 0)
        {
            return;
        }

        double seconds = nanoseconds * 1e-9;
        double rate = takes / seconds;
        if (!_started)
        {
            _started = true;
            _level = rate;
            return;
        }

        double before = _level;
        double expected = _level + (_trend * seconds);
        _level = expected + (Gain(seconds, timeConstantSeconds) * (rate - expected));
        if (withTrend)
        {
            double slope = (_level - before) / seconds;
            _trend += Gain(seconds, TrendFactor * timeConstantSeconds) * (slope - _trend);
        }
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        state.Value(ref _level);
        state.Value(ref _trend);
        state.Value(ref _started);
    }

    private static double Gain(double seconds, double timeConstant) =>
        -PortableMath.ExpMinus1(-seconds / timeConstant);
}
