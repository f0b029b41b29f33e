using Pqms.Mesh;

namespace Pqms.Oracle.Peers;

/// <summary>Finds the first mesh event in which two oracles differ: the block by bisecting their states, the event by
/// comparing that block's.</summary>
/// <remarks>The state is a running digest, so once it differs it differs ever after: log2(3,600) = 12 questions find
/// the
/// block.</remarks>
internal sealed class DivergenceFinder(EventTrail own)
{
    private const string FirstEvent = "First event that differs";

    /// <summary>One sentence about the first difference from any of several oracles, up to the newest block.</summary>
    /// <param name="peers">The oracles to compare with, in turn until one differs.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<string> DescribeAsync(IReadOnlyList<IPeer> peers, CancellationToken cancellation)
    {
        string text = "No peer is there to compare with.";
        foreach (IPeer peer in peers)
        {
            text = await DescribeAsync(peer, own.Last ?? 0, cancellation);
            if (text.StartsWith(FirstEvent, StringComparison.Ordinal))
            {
                break;
            }
        }

        return text;
    }

    /// <summary>One sentence about the first difference up to a block.</summary>
    /// <param name="peer">The oracle to compare with.</param>
    /// <param name="throughBlock">The last block that may differ.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What differs, or why that cannot be said.</returns>
    public async Task<string> DescribeAsync(IPeer peer, ulong throughBlock, CancellationToken cancellation)
    {
        try
        {
            return await FindBlockAsync(peer, throughBlock, cancellation) is { } block
                ? await DescribeBlockAsync(peer, block, cancellation)
                : $"Up to block {throughBlock} the mesh of {peer.Name} is the same, as far as both remember: the "
                    + "reports differ in what was read from the chain, not in what the mesh did.";
        }
        catch (PeerUnreachableException failure)
        {
            return $"The first event that differs is not named: {failure.Message}";
        }
    }

    private async Task<ulong?> FindBlockAsync(IPeer peer, ulong throughBlock, CancellationToken cancellation)
    {
        if (own.First is not { } low || low > throughBlock || await AgreesAsync(peer, throughBlock, cancellation))
        {
            return null;
        }

        ulong high = throughBlock;
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            if (await AgreesAsync(peer, middle, cancellation))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // A block that one of the two does not remember tells nothing: the search goes on above it.
    private async Task<bool> AgreesAsync(IPeer peer, ulong block, CancellationToken cancellation) =>
        own.Trace(block) is not { } mine || await peer.TraceAsync(block, cancellation) is not { } theirs
        || mine == theirs;

    private async Task<string> DescribeBlockAsync(IPeer peer, ulong block, CancellationToken cancellation)
    {
        BlockTrace? theirs = await peer.TraceAsync(block, cancellation);
        if (theirs?.Hash != own.Trace(block)?.Hash)
        {
            return $"Block {block} is another one for {peer.Name}: {theirs?.Hash} there, "
                + $"{own.Trace(block)?.Hash} here.";
        }

        IReadOnlyList<MeshEvent>? there = await peer.EventsAsync(block, cancellation);
        if (there is null || own.Events(block) is not { } here)
        {
            return $"The first difference from {peer.Name} is in block {block}; its events are forgotten.";
        }

        int first = 0;
        while (first < here.Count && first < there.Count && here[first] == there[first])
        {
            first++;
        }

        return first == here.Count && first == there.Count
            ? $"The state differs from that of {peer.Name} since block {block} or before, whose {here.Count} events "
                + "are equal: the difference is older than both remember."
            : $"{FirstEvent} from {peer.Name}: number {first} of block {block}, "
                + $"here {Text(here, first)}, there {Text(there, first)}.";
    }

    private static string Text(IReadOnlyList<MeshEvent> events, int index) =>
        index < events.Count ? events[index].ToString() : "none";
}
