using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Engine;

/// <summary>The reactive baseline: a path is reserved for every request, and nothing stands before one comes.</summary>
/// <remarks>
/// A request travels the route once to reserve memories on every span, all or none; without enough of them it waits in
/// the line of the ledger. What it gets is released when its pair is born.
/// </remarks>
internal sealed partial class PoolEngine
{
    private readonly Queue<long> _signals = new();
    private readonly Queue<PathRequest> _paths = new();
    private readonly List<PathRequest> _granted = [];
    private PathLedger? _ledger;
    private Action<PathRequest, long>? _grant;
    private int _width;

    private bool IsOnDemand => _plan.Settings.Mode == PoolMode.OnDemand;

    /// <summary>Joins the pools that share the ledger's memories.</summary>
    /// <param name="ledger">Memories of all spans.</param>
    /// <param name="grant">Tells the owner of a request that it was served.</param>
    public void Join(PathLedger ledger, Action<PathRequest, long> grant)
    {
        _ledger = ledger;
        _grant = grant;
        int most = int.MaxValue;
        foreach (int span in Path.SpanIndices)
        {
            most = ledger.Capacity(span) < most ? ledger.Capacity(span) : most;
        }

        int wanted = _plan.Settings.PathMemories;
        _width = wanted == 0 || wanted > most ? most : wanted;
    }

    /// <summary>A request of this pool has its path from now on.</summary>
    public void Granted(PathRequest request, long now)
    {
        _now = now;
        _paths.Enqueue(request);
        SizePaths();
    }

    private void Signal()
    {
        _signals.Enqueue(_now + LightNanoseconds);
        _timers.Set(SignalTimer, _signals.Peek());
    }

    private void ReservePath()
    {
        _signals.Dequeue();
        _timers.Set(SignalTimer, _signals.Count == 0 ? TimerHeap.Never : _signals.Peek());
        if (_ledger is null || _width < 1)
        {
            _demand.EndWait();
            _tally.Lost++;
            return;
        }

        int weight = (int)(1000.0 * _plan.Settings.Weight);
        PathRequest request = new(Path.SpanIndices, _width, weight) { Owner = Index };
        if (_ledger.Submit(request) == PathState.Held)
        {
            Granted(request, _now);
        }
    }

    /// <summary>The first path has done its work.</summary>
    private void ReleasePath()
    {
        if (!IsOnDemand)
        {
            return;
        }

        _ledger!.Release(_paths.Dequeue(), _granted);
        SizePaths();
        foreach (PathRequest granted in _granted)
        {
            _grant!(granted, _now);
        }

        _granted.Clear();
    }

    private void SizePaths()
    {
        _log.Append(_now, MeshEventKind.PathReserved, (ulong)_width, (ulong)_paths.Count);
        foreach (Links.LinkShare share in ActiveChain!.Shares)
        {
            share.Resize(_now, _width * _paths.Count);
        }

        Refill();
    }
}
