using Pqms.Mesh.Control;
using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Engine;

/// <summary>Pools that share memories and advance together: a standby pool, or a network's on-demand pools.</summary>
internal sealed class PoolGroup
{
    private readonly PoolEngine[] _members;
    private readonly Dictionary<int, PoolEngine> _byIndex = [];

    private PathLedger? _ledger;

    private PoolGroup(PoolEngine[] members) => _members = members;

    /// <summary>Groups the pools of a plan: standby pools in their order, then on-demand pools by network.</summary>
    public static PoolGroup[] Of(PoolEngine[] pools, MeshPlan plan)
    {
        List<PoolGroup> groups = [];
        var together = new SortedDictionary<string, List<PoolEngine>>(StringComparer.Ordinal);
        for (int i = 0; i < pools.Length; i++)
        {
            PoolSettings settings = plan.Pools[i].Settings;
            if (settings.Mode == PoolMode.OnDemand && plan.Pools[i].Reachable)
            {
                together.TryAdd(settings.Vqn, []);
                together[settings.Vqn].Add(pools[i]);
            }
            else
            {
                groups.Add(new PoolGroup([pools[i]]));
            }
        }

        foreach ((string vqn, List<PoolEngine> members) in together)
        {
            PoolGroup group = new([.. members]) { _ledger = new PathLedger(plan.CommonMemories[vqn]) };
            foreach (PoolEngine member in members)
            {
                group._byIndex.Add(member.Index, member);
                member.Join(group._ledger, group.Grant);
            }

            groups.Add(group);
        }

        return [.. groups];
    }

    /// <summary>Carries out all events of the members up to and including a moment.</summary>
    public void AdvanceTo(long time)
    {
        while (_members.Length > 1 && Next() is { } next && next.NextTime <= time)
        {
            next.Step();
        }

        foreach (PoolEngine member in _members)
        {
            member.AdvanceTo(time);
        }
    }

    /// <summary>Writes or reads what the members share; they themselves are exchanged on their own.</summary>
    public void Exchange(StateExchange state) => _ledger?.Exchange(state, SpansOf);

    private int[] SpansOf(int owner) => _byIndex.TryGetValue(owner, out PoolEngine? member)
        ? member.Plan.Routes[0].SpanIndices
        : throw new StateFormatException($"No on-demand pool has the index {owner}.");

    private void Grant(PathRequest request, long now) => _byIndex[request.Owner].Granted(request, now);

    // Members are few, and most of their time goes into the events themselves.
    private PoolEngine? Next()
    {
        PoolEngine? next = null;
        foreach (PoolEngine member in _members)
        {
            next = next is null || member.NextTime < next.NextTime ? member : next;
        }

        return next;
    }
}
