using Pqms.Mesh.Health;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Health;

public sealed class HopAttributionTests
{
    private const double Link = 0.99;
    private static readonly HealthSettings s_settings = new(0.1, 0.005, 0.04, 0.01, 0.01);

    [Fact]
    public void Observe_GivenOneBadSpan_namesIt()
    {
        // 300 searches over 6 spans, seed 3: the right one but for alpha + beta = 2 %, 4 sigma.
        Random random = new(3);
        int right = 0;
        int wrong = 0;
        for (int i = 0; i < 300; i++)
        {
            int bad = random.Next(6);
            int named = Search(random, span => span == bad ? Link - 0.04 : Link - 0.005);
            right += named == bad ? 1 : 0;
            wrong += named >= 0 && named != bad ? 1 : 0;
        }

        Assert.InRange(right, 300 - (0.02 * 300) - (4 * Math.Sqrt(0.02 * 300)), 300);
        Assert.InRange(wrong, 0, (0.01 * 300) + (4 * Math.Sqrt(0.01 * 300)));
    }

    [Fact]
    public void Observe_GivenSoundSpans_clearsThemAll()
    {
        // 300 searches, seed 4: a false name in 1 % of them at most, 4 sigma.
        Random random = new(4);
        int named = Enumerable.Range(0, 300).Count(_ => Search(random, _ => Link - 0.005) >= 0);

        Assert.InRange(named, 0, 3 + (4 * Math.Sqrt(3)));
    }

    [Fact]
    public void Reset_GivenANamedSpan_beginsAnew()
    {
        HopAttribution search = new(2, s_settings, 1.0);
        while (!search.Observe(1, true, Link))
        {
        }

        Assert.Equal(1, search.Named);
        Assert.Equal(-1, search.NextOf(static _ => true));
        Assert.False(search.IsOpen(0));
        Assert.False(search.Observe(0, true, Link));
        HopAttribution copy = new(2, s_settings, 1.0);
        Exchanges.Copy(search.Exchange, copy.Exchange);
        Assert.Equal(1, copy.Named);
        search.Reset();
        Assert.Equal(-1, search.Named);
        Assert.Equal(0, search.NextOf(static _ => true));
    }

    private static int Search(Random random, Func<int, double> fidelity)
    {
        HopAttribution search = new(6, s_settings, 1.0);
        while (search.NextOf(static _ => true) >= 0)
        {
            int span = search.NextOf(static _ => true);
            search.Observe(span, random.NextDouble() < 2.0 * (1.0 - fidelity(span)) / 3.0, Link);
        }

        return search.Named;
    }
}
