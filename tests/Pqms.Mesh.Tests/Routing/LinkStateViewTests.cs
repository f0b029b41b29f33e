using Pqms.Mesh.Routing;
using Pqms.Mesh.Topology;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Tests.Routing;

public class LinkStateViewTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void ToSite_GivenASmallMesh_isTheLightTimeFromTheNearerEnd()
    {
        // 0 -100 km- 1 -60 km- 2, a detour 0 -30 km- 3 -50 km- 2, and an island 4-5. Light: 5 us per km.
        MeshSpan[] spans =
        [
            new(0, 0, 1, 100_000, 0), new(1, 2, 1, 60_000, 1), new(2, 0, 3, 30_000, 2), new(3, 3, 2, 50_000, 3),
            new(4, 4, 5, 10_000, 4),
        ];
        Assert.Equal([0, 400_000, 0, 150_000, long.MaxValue], ClassicalDelays.ToSite(6, spans, 0));
        Assert.Equal([0, 0, 500_000, 300_000, long.MaxValue], ClassicalDelays.ToSite(6, spans, 1));
        const long Never = ClassicalDelays.Never;
        Assert.Equal([Never, Never, Never, Never, 0], ClassicalDelays.ToSite(6, spans, 4));
    }

    [Fact]
    public void TryRead_GivenADelay_seesTheNewestThatHasArrivedAndItsAge()
    {
        var view = new LinkStateView([3 * Ms, 0]);
        Assert.False(view.TryRead(0, 0, out _));
        view.Advertise(0, State(1), 10 * Ms);
        view.Advertise(0, State(2), 12 * Ms);
        Assert.False(view.TryRead(0, (13 * Ms) - 1, out _));
        Assert.True(view.TryRead(0, 13 * Ms, out LinkReading reading));
        Assert.Equal(new LinkReading(State(1), 10 * Ms, 3 * Ms), reading);
        view.TryRead(0, (15 * Ms) - 1, out reading);
        Assert.Equal(new LinkReading(State(1), 10 * Ms, (5 * Ms) - 1), reading);
        view.TryRead(0, 15 * Ms, out reading);
        Assert.Equal(new LinkReading(State(2), 12 * Ms, 3 * Ms), reading);
        view.TryRead(0, 100 * Ms, out reading);
        Assert.Equal(88 * Ms, reading.AgeNs);
        view.Advertise(1, State(9), 0);
        Assert.True(view.TryRead(1, 0, out reading));
        Assert.Equal(new LinkReading(State(9), 0, 0), reading);
    }

    [Fact]
    public void TryRead_GivenNoFibreToThePlanner_neverSeesAnything()
    {
        var view = new LinkStateView([ClassicalDelays.Never]);
        view.Advertise(0, State(1), 0);
        Assert.False(view.TryRead(0, long.MaxValue - 1, out _));
    }

    [Fact]
    public void TryRead_GivenRandomReports_agreesWithTheWholeHistory()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var stream = new RandomStream(seed, 31, 0);
            long delay = (long)(stream.Bits(0) % 60);
            var view = new LinkStateView([delay], 64);
            List<(long At, LinkState State)> all = [];
            long now = 0;
            for (ulong i = 1; i < 400; i++)
            {
                now += (long)(stream.Bits(2 * i) % 4);
                if (stream.Bits((2 * i) + 1) % 3 != 0 && all.Count(a => now - a.At < delay) < 62)
                {
                    all.Add((now, State(i)));
                    view.Advertise(0, State(i), now);
                }

                (long At, LinkState State)[] arrived = [.. all.Where(a => now - a.At >= delay)];
                Assert.Equal(arrived.Length > 0, view.TryRead(0, now, out LinkReading reading));
                if (arrived.Length > 0)
                {
                    Assert.Equal(new LinkReading(arrived[^1].State, arrived[^1].At, now - arrived[^1].At), reading);
                }
            }
        }
    }

    [Fact]
    public void Advertise_GivenMoreReportsThanTheHistory_keepsArriving()
    {
        // One report per ns, 100 ns on the way, three places: the reader must still see news about every 100 ns.
        var view = new LinkStateView([100], 3);
        long oldest = 0;
        for (int now = 0; now < 2000; now++)
        {
            view.Advertise(0, State((ulong)now), now);
            if (view.TryRead(0, now, out LinkReading reading))
            {
                Assert.Equal(State((ulong)reading.SentNs), reading.State);
                oldest = Math.Max(oldest, reading.AgeNs);
            }
        }

        Assert.InRange(oldest, 101, 201);
    }

    [Fact]
    public void View_WhenArgumentsAreWrong_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinkStateView([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinkStateView([1], 2));
        var view = new LinkStateView([1]);
        view.Advertise(0, State(1), 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Advertise(0, State(1), 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.TryRead(0, 4, out _));
    }

    private static LinkState State(ulong number) => new(IsUp: number % 2 == 0, number, 0.9);
}
