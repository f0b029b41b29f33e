using Pqms.Mesh.Control;

namespace Pqms.Mesh.Tests.Control;

public sealed class GrantFormulaTests
{
    [Fact]
    public void Standing_GivenTheCheckedCase_is0_9479() => Assert.Equal(0.9479, GrantFormula.Standing(22.8, 24, 15), 4);

    [Fact]
    public void Standing_GivenErlangLossSimulatedWithFixedLifetimes_agrees()
    {
        // Arrivals Poisson of rate 22.8, lifetimes exactly 1, 24 places: occupied time shares over 20,000 lifetimes,
        // of which about one in two is independent; 0.9479 +- 4 sigma with sigma = sqrt(p (1 - p)/10,000) = 0.0022.
        // Seed 3.
        Random random = new(3);
        Queue<double> expiries = new();
        double now = 0.0;
        double enough = 0.0;
        while (now < 20_000.0)
        {
            double next = now - (Math.Log(1.0 - random.NextDouble()) / 22.8);
            double from = now;
            while (expiries.Count > 0 && expiries.Peek() <= next)
            {
                enough += expiries.Count >= 15 ? expiries.Peek() - from : 0.0;
                from = expiries.Dequeue();
            }

            enough += expiries.Count >= 15 ? next - from : 0.0;
            now = next;
            if (expiries.Count < 24)
            {
                expiries.Enqueue(now + 1.0);
            }
        }

        Assert.InRange(enough / now, 0.9479 - 0.0088, 0.9479 + 0.0088);
    }

    [Theory]
    [InlineData(0.5, 3, 1)]
    [InlineData(5.0, 8, 8)]
    [InlineData(30.0, 24, 3)]
    [InlineData(7.0, 24, 15)]
    public void Standing_GivenFewPlaces_isTheSumOfTheLaw(double load, int places, int slots)
    {
        double all = 0.0;
        double enough = 0.0;
        double term = 1.0;
        for (int k = 0; k <= places; k++)
        {
            term *= k == 0 ? 1.0 : load / k;
            all += term;
            enough += k >= slots ? term : 0.0;
        }

        Assert.Equal(enough / all, GrantFormula.Standing(load, places, slots), 12);
    }

    [Theory]
    [InlineData(10.0, 24, 0, 1.0)]
    [InlineData(10.0, 24, 25, 0.0)]
    [InlineData(0.0, 24, 1, 0.0)]
    [InlineData(1e9, 50_000, 50_000, 1.0)]
    public void Standing_GivenAnEdge_isExact(double load, int places, int slots, double expected) =>
        Assert.Equal(expected, GrantFormula.Standing(load, places, slots), 4);
}
