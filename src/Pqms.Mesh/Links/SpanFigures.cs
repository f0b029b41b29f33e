using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;
using Pqms.Physics.Links;

namespace Pqms.Mesh.Links;

/// <summary>What one span can do with the profile's hardware: attempts in rounds, each with a small chance.</summary>
/// <param name="SuccessProbability">p of one attempt of one pair of memories.</param>
/// <param name="LogFailure">ln(1 - p).</param>
/// <param name="RoundNanoseconds">Time of one round of attempts, light time plus overhead.</param>
internal sealed record SpanFigures(double SuccessProbability, double LogFailure, long RoundNanoseconds)
{
    private const double NanosecondsPerSecond = 1e9;

    public static SpanFigures Of(MeshSpan span, HardwareProfile profile)
    {
        Fibre fibre = Fibre.Create(span.Meters, profile.AttenuationDbPerKm);
        DoubleClickLink link = DoubleClickLink.Create(fibre, profile.EmitTimesDetect, profile.AttemptOverheadSeconds);
        long round = ToNanoseconds(link.AttemptSeconds);
        return new SpanFigures(link.SuccessProbability, link.LogFailure, round < 1 ? 1 : round);
    }

    /// <summary>Light time of a length of fibre.</summary>
    public static long LightNanoseconds(double meters) => ToNanoseconds(meters / Fibre.SpeedMetersPerSecond);

    /// <summary>Seconds as the nearest whole nanosecond.</summary>
    public static long ToNanoseconds(double seconds) => (long)((seconds * NanosecondsPerSecond) + 0.5);

    /// <summary>Heralded pairs per second while <paramref name="memories"/> attempt; exponential equivalent.</summary>
    public double SuccessRate(int memories) => -LogFailure * memories / (RoundNanoseconds / NanosecondsPerSecond);
}
