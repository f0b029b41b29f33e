using Pqms.Mesh.Routing;
using Pqms.Physics.Numerics;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Routing;

public class PathLedgerTests
{
    private readonly List<PathRequest> _granted = [];

    [Fact]
    public void Submit_GivenOneBlockedSpan_takesNothing()
    {
        var ledger = new PathLedger([2, 1, 2]);
        Assert.Equal(PathState.Held, ledger.Submit(new PathRequest([1], 1)));
        Assert.Equal(PathState.Waiting, ledger.Submit(new PathRequest([0, 1, 2], 1)));
        Assert.Equal((2, 0, 2), (ledger.Free(0), ledger.Free(1), ledger.Free(2)));
        Assert.Equal((1, 1), (ledger.Held, ledger.Waiting));
    }

    [Fact]
    public void Submit_WhenAPathIsWiderThanASpan_isRefusedAndNotQueued()
    {
        var ledger = new PathLedger([4, 1]);
        var request = new PathRequest([0, 1], 2);
        Assert.Equal(PathState.TooWide, ledger.Submit(request));
        Assert.Equal((0, 0, 4), (ledger.Held, ledger.Waiting, ledger.Free(0)));
        Assert.Throws<InvalidOperationException>(() => ledger.Submit(request));
    }

    [Fact]
    public void Release_WhenDoneTwice_throwsAndChangesNothing()
    {
        var ledger = new PathLedger([3]);
        var request = new PathRequest([0], 2);
        Assert.Throws<InvalidOperationException>(() => ledger.Release(request, _granted));
        ledger.Submit(request);
        Assert.Throws<InvalidOperationException>(() => ledger.Submit(request));
        Assert.Throws<InvalidOperationException>(() => ledger.Withdraw(request, _granted));
        ledger.Release(request, _granted);
        Assert.Throws<InvalidOperationException>(() => ledger.Release(request, _granted));
        Assert.Equal(3, ledger.Free(0));
    }

    [Fact]
    public void Release_GivenWeights_servesTheGreatestAndThenTheFirst()
    {
        var ledger = new PathLedger([1]);
        PathRequest holder = Submit(ledger, [0], 1);
        PathRequest first = Submit(ledger, [0], 1);
        PathRequest second = Submit(ledger, [0], 1);
        PathRequest urgent = Submit(ledger, [0], 1, weight: 5);
        Assert.Equal([urgent], Release(ledger, holder));
        Assert.Equal([first], Release(ledger, urgent));
        Assert.Equal([second], Release(ledger, first));
        Assert.Empty(Release(ledger, second));
    }

    [Fact]
    public void Submit_GivenAWaitingRequest_mayOvertakeOnOtherSpansOnly()
    {
        var ledger = new PathLedger([2, 2, 2]);
        Submit(ledger, [0], 1);
        PathRequest wide = Submit(ledger, [0, 1], 2);
        Assert.Equal(PathState.Waiting, wide.State);
        Assert.Equal(PathState.Waiting, Submit(ledger, [0], 1).State);
        Assert.Equal(PathState.Held, Submit(ledger, [1, 2], 1).State);
    }

    [Fact]
    public void Release_GivenAlternatingOvertakers_servesTheLongPathInTheEnd()
    {
        // Without lasting claims, short requests could hold span 0 and span 1 in turn and the long one would starve.
        var ledger = new PathLedger([1, 1]);
        PathRequest zero = Submit(ledger, [0], 1);
        PathRequest both = Submit(ledger, [0, 1], 1);
        PathRequest one = Submit(ledger, [1], 1);
        Assert.Equal(PathState.Held, one.State);
        Assert.Empty(Release(ledger, zero));
        Assert.Equal(PathState.Waiting, Submit(ledger, [0], 1).State);
        Assert.Equal(PathState.Waiting, Submit(ledger, [1], 1).State);
        Assert.Equal([both], Release(ledger, one));
    }

    [Fact]
    public void Withdraw_GivenTheFirstOfALine_servesThoseBehindIt()
    {
        var ledger = new PathLedger([2, 1]);
        Submit(ledger, [0], 1);
        PathRequest wide = Submit(ledger, [0], 2);
        PathRequest behind = Submit(ledger, [0, 1], 1);
        ledger.Withdraw(wide, _granted);
        Assert.Equal([behind], _granted);
        Assert.Equal((PathState.Idle, PathState.Held), (wide.State, behind.State));
    }

    [Fact]
    public void Ledger_GivenRandomUse_agreesWithASimpleQueueAndNeverOverbooks()
    {
        for (ulong seed = 0; seed < (ulong)TestProfile.Count(60, 1000); seed++)
        {
            RunRandom(seed, steps: 300);
        }
    }

    [Fact]
    public void SubmitAndRelease_GivenRequestsThatExist_allocateNothing()
    {
        var ledger = new PathLedger([1, 1, 1, 1]);
        PathRequest[] requests = [new([0, 1, 2], 1), new([1, 2, 3], 1), new([0], 1), new([3, 2], 1)];
        List<PathRequest> granted = new(8);
        Cycle(ledger, requests, granted);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Cycle(ledger, requests, granted);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((0, 0), (ledger.Held, ledger.Waiting));
    }

    [Fact]
    public void PathRequest_WhenArgumentsAreWrong_throws()
    {
        Assert.Throws<ArgumentException>(() => new PathRequest([1, 2, 1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathRequest([], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathRequest([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathLedger([1, -1]));
    }

    private static void Cycle(PathLedger ledger, PathRequest[] requests, List<PathRequest> granted)
    {
        foreach (PathRequest request in requests)
        {
            ledger.Submit(request);
        }

        foreach (PathRequest request in requests)
        {
            ledger.Release(request, granted);
        }

        granted.Clear();
    }

    private static PathRequest Submit(PathLedger ledger, int[] spans, int width, int weight = 0)
    {
        var request = new PathRequest(spans, width, weight);
        ledger.Submit(request);
        return request;
    }

    private List<PathRequest> Release(PathLedger ledger, PathRequest request)
    {
        _granted.Clear();
        ledger.Release(request, _granted);
        return [.. _granted];
    }

    private static void RunRandom(ulong seed, int steps)
    {
        var stream = new RandomStream(seed, 21, 0);
        ulong counter = 0;
        int Draw(int below) => (int)(stream.Bits(counter++) % (ulong)below);
        int[] capacities = [.. Enumerable.Range(0, 6).Select(_ => 1 + Draw(4))];
        var ledger = new PathLedger(capacities);
        var plain = new PlainQueue(capacities);
        List<PathRequest> open = [];
        List<PathRequest> granted = [];
        for (int step = 0; step < steps || open.Count > 0; step++)
        {
            granted.Clear();
            List<PathRequest> expected = [];
            if (step < steps && Draw(5) < 3)
            {
                int first = Draw(6);
                int[] spans = [.. Enumerable.Range(first, 1 + Draw(6 - first))];
                var request = new PathRequest(spans, 1 + Draw(3), Draw(4) / 3);
                PathState state = ledger.Submit(request);
                Assert.Equal(plain.Submit(request), state);
                open.AddRange(state == PathState.TooWide ? [] : [request]);
            }
            else if (open.Count > 0)
            {
                PathRequest request = open[Draw(open.Count)];
                open.Remove(request);
                expected = plain.Remove(request);
                if (request.State == PathState.Held)
                {
                    ledger.Release(request, granted);
                }
                else
                {
                    ledger.Withdraw(request, granted);
                }
            }

            Assert.Equal(expected, granted);
            for (int span = 0; span < capacities.Length; span++)
            {
                int used = open.Where(r => r.State == PathState.Held && r.Spans.Contains(span)).Sum(r => r.Width);
                Assert.InRange(used, 0, capacities[span]);
                Assert.True(capacities[span] - used == ledger.Free(span), $"seed {seed}, step {step}, span {span}");
            }
        }

        Assert.Equal((0, 0), (ledger.Held, ledger.Waiting));
    }

    /// <summary>The rule in its plainest form: after every change, the whole queue is gone through.</summary>
    private sealed class PlainQueue(int[] capacities)
    {
        private readonly int[] _free = [.. capacities];
        private readonly List<(PathRequest Request, HashSet<int> Blocked)> _queue = [];
        private readonly HashSet<PathRequest> _held = [];

        public PathState Submit(PathRequest request)
        {
            if (request.Spans.ToArray().Any(s => capacities[s] < request.Width))
            {
                return PathState.TooWide;
            }

            int at = _queue.FindIndex(q => q.Request.Weight < request.Weight);
            _queue.Insert(at < 0 ? _queue.Count : at, (request, []));
            return Serve().Contains(request) ? PathState.Held : PathState.Waiting;
        }

        public List<PathRequest> Remove(PathRequest request)
        {
            if (_held.Remove(request))
            {
                Array.ForEach(request.Spans.ToArray(), s => _free[s] += request.Width);
            }

            _queue.RemoveAll(q => q.Request == request);
            return Serve();
        }

        private List<PathRequest> Serve()
        {
            List<PathRequest> served = [];
            while (ServeOne() is { } request)
            {
                served.Add(request);
            }

            return served;
        }

        private PathRequest? ServeOne()
        {
            HashSet<int> closed = [];
            foreach ((PathRequest request, HashSet<int> blocked) in _queue)
            {
                int[] spans = request.Spans.ToArray();
                int[] now = [.. spans.Where(s => _free[s] < request.Width || closed.Contains(s))];
                if (now.Length == 0)
                {
                    Array.ForEach(spans, s => _free[s] -= request.Width);
                    _queue.RemoveAll(q => q.Request == request);
                    _held.Add(request);
                    return request;
                }

                blocked.UnionWith(now);
                closed.UnionWith(blocked);
            }

            return null;
        }
    }
}
