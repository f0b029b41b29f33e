using Pqms.Mesh;

namespace Pqms.Oracle.Loop;

/// <summary>Reservations and orders that are still open on the ledger, from its logs alone: what a new era's mesh must
/// hear of first.</summary>
/// <remarks>
/// A new era begins with an empty mesh. Reservations that wait for an answer are requested from it anew. Granted ones
/// are requested too, so that they are served and settled: the ledger skips the second decision, and what was delivered
/// before the new era counts as nothing, which the payer gets back. Not carried over, and refunded after the grace:
/// reservations that were released or over before the new era without a settlement line in a report that stands, and
/// granted ones that the new mesh refuses. Orders that were accepted and not delivered are produced anew.
/// </remarks>
internal sealed class LedgerRoster
{
    private readonly Dictionary<UInt128, OpenReservation> _reservations = [];
    private readonly Dictionary<UInt128, OpenOrder> _orders = [];
    private ulong _next;

    /// <summary>Notes a command, whether or not a mesh runs that hears it.</summary>
    public void Note(MeshCommand command)
    {
        switch (command)
        {
            case RequestCommand request:
                Add(request, request.ReservationId);
                break;
            case RequestGroupCommand group:
                foreach (RequestCommand request in group.Requests)
                {
                    Add(request, group.Requests[0].ReservationId);
                }

                break;
            case ExtendCommand extend when _reservations.TryGetValue(extend.ReservationId, out OpenReservation? open):
                _reservations[extend.ReservationId] = open with { Request = open.Request with { End = extend.End } };
                break;
            case ReleaseCommand or WithdrawCommand:
                _reservations.Remove(command.ReservationId);
                break;
            default:
                break;
        }
    }

    /// <summary>Notes a fact of the ledger.</summary>
    /// <returns>The command that follows from it; null when the mesh need not hear of it.</returns>
    public MeshCommand? Note(LedgerEntry fact)
    {
        switch (fact)
        {
            case DecidedEntry { Granted: false } refused:
                _reservations.Remove(refused.Id);
                break;
            case DecidedEntry decided:
                SetGranted(decided.Id, granted: true);
                break;
            case ReopenedEntry reopened:
                SetGranted(reopened.Id, granted: false);
                break;
            case ReservationSettledEntry settled:
                _reservations.Remove(settled.Id);
                break;
            case OrderOpenedEntry opened:
                _orders[opened.Id] = new OpenOrder(_next++, opened, Accepted: false);
                break;
            case OrderAcceptedEntry accepted when _orders.TryGetValue(accepted.Id, out OpenOrder? order):
                _orders[accepted.Id] = order with { Accepted = true };
                return Produce(order.Opened);
            case OrderClosedEntry closed:
                _orders.Remove(closed.Id);
                return closed.Failed ? new CancelProductionCommand(closed.Id) : null;
            default:
                break;
        }

        return null;
    }

    /// <summary>What a mesh that begins now must hear: the granted ones first, then by age; groups as groups.</summary>
    /// <param name="now">Chain time of the block that starts the era; windows over by then are left out.</param>
    public IReadOnlyList<MeshCommand> Carried(MeshTime now)
    {
        OpenReservation[] open =
        [
            .. _reservations.Values.Where(one => one.Request.End > now)
                .OrderByDescending(one => one.Granted).ThenBy(one => one.Order),
        ];
        var commands = new List<MeshCommand>();
        foreach (IGrouping<UInt128, OpenReservation> members in open.GroupBy(one => one.Group))
        {
            RequestCommand[] requests = [.. members.Select(one => one.Request)];

            // A group is granted whole or not at all; one that was taken apart since is no group any more.
            bool whole = requests.Length > 1 && members.All(one => !one.Granted);
            commands.AddRange(whole ? [new RequestGroupCommand(requests)] : requests);
        }

        commands.AddRange(
            _orders.Values.Where(order => order.Accepted).OrderBy(order => order.Order)
                .Select(order => Produce(order.Opened)));
        return commands;
    }

    /// <summary>Writes the roster.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_next);
        // By age, so that equal rosters give equal bytes, whatever left them in between.
        writer.WriteAll([.. _reservations.Values.OrderBy(open => open.Order)], open =>
        {
            writer.Write(open.Order);
            writer.Write(open.Request);
            writer.Write(open.Group);
            writer.Write(open.Granted);
        });
        writer.WriteAll([.. _orders.Values.OrderBy(order => order.Order)], order =>
        {
            writer.Write(order.Order);
            writer.Write(order.Opened.Id);
            writer.Write(order.Opened.Pool);
            writer.Write(order.Opened.Count);
            writer.Write(order.Accepted);
        });
    }

    /// <summary>Reads what <see cref="Write"/> wrote, into an empty roster.</summary>
    public void Read(BinaryReader reader)
    {
        _next = reader.ReadUInt64();
        foreach (OpenReservation open in reader.ReadAll(() => new OpenReservation(
            reader.ReadUInt64(), reader.ReadRequest(), reader.ReadUInt128(), reader.ReadBoolean())))
        {
            _reservations.Add(open.Request.ReservationId, open);
        }

        foreach (OpenOrder order in reader.ReadAll(() => new OpenOrder(
            reader.ReadUInt64(),
            new OrderOpenedEntry(reader.ReadUInt128(), reader.ReadUInt32(), reader.ReadUInt32()),
            reader.ReadBoolean())))
        {
            _orders.Add(order.Opened.Id, order);
        }
    }

    private static ProduceCommand Produce(OrderOpenedEntry order) => new(
        order.Id,
        Translation.PoolIndexFromId(order.Pool),
        (int)Math.Min(order.Count, int.MaxValue));

    private void Add(RequestCommand request, UInt128 group) =>
        _reservations[request.ReservationId] = new OpenReservation(_next++, request, group, Granted: false);

    private void SetGranted(UInt128 id, bool granted)
    {
        if (_reservations.TryGetValue(id, out OpenReservation? open))
        {
            _reservations[id] = open with { Granted = granted };
        }
    }

    private sealed record OpenReservation(ulong Order, RequestCommand Request, UInt128 Group, bool Granted);

    private sealed record OpenOrder(ulong Order, OrderOpenedEntry Opened, bool Accepted);
}
