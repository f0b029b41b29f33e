using Pqms.Mesh;
using Pqms.Oracle.Loop;
using Pqms.Sdk;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle.Intake;

/// <summary>Makes one command of a group's announcement and the requests that follow it in the same block.</summary>
internal sealed class GroupCollector
{
    private readonly HashSet<UInt128> _missing = [];
    private readonly List<RequestCommand> _requests = [];

    /// <summary>Takes the next event of the block.</summary>
    /// <param name="ledgerEvent">Any event, in log order.</param>
    /// <returns>Whether it belongs to a group, and the command once the group is whole.</returns>
    /// <exception cref="FormatException">A group begins inside another one.</exception>
    public (bool Known, LedgerEntry? Entry) Take(LedgerEvent ledgerEvent)
    {
        switch (ledgerEvent)
        {
            case GroupRequested group:
                ExpectNone();
                _missing.UnionWith(group.Data.Ids);
                return (true, null);
            case ReservationRequested requested when _missing.Remove(requested.Id):
                _requests.Add(Translation.ToRequest(requested));
                if (_missing.Count > 0)
                {
                    return (true, null);
                }

                RequestCommand[] whole = [.. _requests];
                _requests.Clear();
                return (true, new CommandEntry(new RequestGroupCommand(whole)));
            default:
                return (false, null);
        }
    }

    /// <summary>Refuses a group that is not whole.</summary>
    /// <exception cref="FormatException">Requests that were announced did not follow.</exception>
    public void ExpectNone()
    {
        if (_missing.Count > 0)
        {
            throw new FormatException(
                $"A group announced {ReservationIds.ToText(_missing.First())}, and no such request followed in its "
                + "block.");
        }
    }
}
