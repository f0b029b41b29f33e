using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Links;

/// <summary>Which segments a repeater may join: any, or only the two halves that a balanced tree gives it.</summary>
internal sealed class SwapTree
{
    private const int Any = -1;

    private readonly int[] _from;
    private readonly int[] _to;

    private SwapTree(int spans)
    {
        _from = new int[spans + 1];
        _to = new int[spans + 1];
        Array.Fill(_from, Any);
        Array.Fill(_to, Any);
    }

    public static SwapTree Of(SwapOrder order, int spans)
    {
        SwapTree tree = new(spans);
        if (order == SwapOrder.Nested)
        {
            tree.Split(0, spans);
        }

        return tree;
    }

    /// <summary>Whether a segment from a node on the left may be joined here.</summary>
    public bool AllowsLeft(int node, int from) => _from[node] == Any || _from[node] == from;

    /// <summary>Whether a segment to a node on the right may be joined here.</summary>
    public bool AllowsRight(int node, int to) => _to[node] == Any || _to[node] == to;

    private void Split(int from, int to)
    {
        if (to - from > 1)
        {
            int middle = from + ((to - from) / 2);
            _from[middle] = from;
            _to[middle] = to;
            Split(from, middle);
            Split(middle, to);
        }
    }
}
