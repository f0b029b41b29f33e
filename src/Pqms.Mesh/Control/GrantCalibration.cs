using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Control;

/// <summary>Whether grants kept their word: predicted probability of standing against the seconds that were full.
/// </summary>
/// <remarks>
/// Grants need 0.99, so the bins are narrow towards 1. The Brier score is the mean of (predicted - full)^2 over seconds
/// (Brier, Mon. Weather Rev. 78, 1, 1950): 0 is best; a forecast p that is right scores p (1 - p) on average.
/// </remarks>
internal sealed class GrantCalibration
{
    private static readonly double[] s_edges = [0.0, 0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999];

    private readonly CalibrationBin[] _bins = new CalibrationBin[s_edges.Length];
    private double _squares;
    private ulong _seconds;

    /// <summary>The bins by their lower edges 0, 0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999; the last reaches 1.
    /// </summary>
    public IReadOnlyList<CalibrationBin> Bins => _bins;

    /// <summary>Mean of (predicted - full)^2; 0 without seconds.</summary>
    public double Brier => _seconds == 0 ? 0.0 : _squares / _seconds;

    /// <summary>A reservation was settled.</summary>
    /// <param name="predicted">Standing probability of its grant, in [0, 1].</param>
    /// <param name="fullSeconds">Seconds in which all its slots stood filled.</param>
    /// <param name="seconds">Seconds of its window, at least the full ones.</param>
    public void Settled(double predicted, ulong fullSeconds, ulong seconds)
    {
        int bin = s_edges.Length - 1;
        while (bin > 0 && predicted < s_edges[bin])
        {
            bin--;
        }

        CalibrationBin old = _bins[bin];
        _bins[bin] = new CalibrationBin(
            old.PredictedSum + (predicted * seconds), old.FullSeconds + fullSeconds, old.Seconds + seconds);
        double missed = 1.0 - predicted;
        _squares += (fullSeconds * missed * missed) + ((seconds - fullSeconds) * predicted * predicted);
        _seconds += seconds;
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        state.Items(_bins, ExchangeBin);
        state.Value(ref _squares);
        state.Value(ref _seconds);
    }

    private static void ExchangeBin(StateExchange state, ref CalibrationBin bin)
    {
        (double predicted, ulong full, ulong seconds) = bin;
        state.Value(ref predicted);
        state.Value(ref full);
        state.Value(ref seconds);
        bin = new CalibrationBin(predicted, full, seconds);
    }
}

/// <summary>Settled reservations with similar predictions.</summary>
/// <param name="PredictedSum">Sum over seconds of the predicted probability.</param>
/// <param name="FullSeconds">Seconds in which all slots stood filled.</param>
/// <param name="Seconds">Seconds.</param>
internal readonly record struct CalibrationBin(double PredictedSum, ulong FullSeconds, ulong Seconds)
{
    /// <summary>Mean prediction, 0 without seconds.</summary>
    public double Predicted => Seconds == 0 ? 0.0 : PredictedSum / Seconds;

    /// <summary>Share of full seconds, 0 without seconds.</summary>
    public double Delivered => Seconds == 0 ? 0.0 : (double)FullSeconds / Seconds;
}
