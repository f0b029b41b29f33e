using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Peers;

/// <summary>The mesh's last events and its state after each of the last blocks: what two oracles compare when their
/// reports differ.</summary>
/// <remarks>Bounded: the oldest blocks are forgotten. The loop's thread writes, any thread reads.</remarks>
internal sealed class EventTrail : IMeshObserver
{
    /// <summary>Blocks remembered: an hour of a development chain.</summary>
    internal const int MaxBlocks = 3_600;

    /// <summary>Events remembered, about 20 MB; the reference scenario makes some hundred a second.</summary>
    internal const int MaxEvents = 262_144;

    private readonly Lock _gate = new();
    private readonly Queue<Entry> _blocks = new();
    private List<MeshEvent> _open = [];
    private int _events;

    /// <inheritdoc/>
    public void Observe(in MeshEvent meshEvent) => _open.Add(meshEvent);

    /// <summary>Forgets everything: the chain is followed from an era's start again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _open = [];
            _blocks.Clear();
            _events = 0;
        }
    }

    /// <summary>Closes a block.</summary>
    /// <param name="block">The block whose commands were applied.</param>
    /// <param name="stateHash">The mesh's digest after it.</param>
    public void EndBlock(LedgerBlock block, Bytes32 stateHash)
    {
        lock (_gate)
        {
            MeshEvent[] events = [.. _open];
            _open.Clear();
            _blocks.Enqueue(new Entry(new BlockTrace(block.Number, block.Hash, stateHash, events.Length), events));
            _events += events.Length;
            while (_blocks.Count > MaxBlocks || (_events > MaxEvents && _blocks.Count > 1))
            {
                _events -= _blocks.Dequeue().Events.Length;
            }
        }
    }

    /// <summary>The mesh after a block, or null.</summary>
    public BlockTrace? Trace(ulong block) => Find(block)?.Trace;

    /// <summary>The events of a block, or null.</summary>
    public IReadOnlyList<MeshEvent>? Events(ulong block) => Find(block)?.Events;

    /// <summary>The oldest block remembered; null if there is none.</summary>
    public ulong? First
    {
        get
        {
            lock (_gate)
            {
                return _blocks.TryPeek(out Entry? first) ? first.Trace.Block : null;
            }
        }
    }

    /// <summary>The newest block remembered; null if there is none.</summary>
    public ulong? Last
    {
        get
        {
            lock (_gate)
            {
                return _blocks.LastOrDefault()?.Trace.Block;
            }
        }
    }

    private Entry? Find(ulong block)
    {
        lock (_gate)
        {
            return _blocks.FirstOrDefault(entry => entry.Trace.Block == block);
        }
    }

    private sealed record Entry(BlockTrace Trace, MeshEvent[] Events);
}
