using Pqms.Physics.Numerics;

namespace Pqms.Physics.Links;

/// <summary>Times of two arms that meet.</summary>
internal static class TwoArms
{
    /// <summary>The way of light through the longer arm and of the answer back.</summary>
    public static double ThereAndBackSeconds(OpticalArm a, OpticalArm b) =>
        2.0 * PortableMath.Max(a.DelaySeconds, b.DelaySeconds);
}
