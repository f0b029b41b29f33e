using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Tests.States;

internal static class RandomStates
{
    /// <summary>A Bell-diagonal state drawn evenly from the simplex; the same for the same number.</summary>
    public static BellDiagonal Draw(ulong number)
    {
        var stream = new RandomStream(7, 99, number);
        double[] e = [.. Enumerable.Range(0, 4).Select(i => stream.Exponential((ulong)i))];
        double sum = e.Sum();
        return BellDiagonal.Create(e[0] / sum, e[1] / sum, e[2] / sum, e[3] / sum);
    }

    public static void AssertClose(double[] expected, BellDiagonal actual, double tolerance = 1e-14)
    {
        double[] v = Circuit.Vector(actual);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(expected[i], v[i], tolerance);
        }
    }
}
