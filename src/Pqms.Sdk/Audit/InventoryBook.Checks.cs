using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>What must hold when a lot is registered or an order takes a step.</summary>
internal sealed partial class InventoryBook
{
    private const ulong HorizonSeconds = 28 * 86_400;

    private readonly HashSet<Bytes32> _origins = [];
    private readonly List<LedgerEvent> _transaction = [];

    /// <summary>Closes the transaction before, when this log belongs to another.</summary>
    public void Close(LedgerEvent next)
    {
        if (_transaction.Count > 0 && _transaction[^1].Place.TransactionHash != next.Place.TransactionHash)
        {
            Finish();
        }
    }

    /// <summary>Closes the transaction: a delivery gives a lot.</summary>
    public void Finish()
    {
        foreach (var delivered in _transaction.OfType<OrderDelivered>())
        {
            var hasLot = _transaction.Exists(e => e is LotRegistered lot && lot.Data.Order == delivered.Id);
            Unless(hasLot, delivered, delivered.Id, "the order was delivered without a lot");
        }

        CloseCrossing();
        _transaction.Clear();
    }

    private void CheckLot(LotRegistered e, ulong time)
    {
        var (data, terms) = (e.Data, e.Data.Terms);
        Unless(_kinds.ContainsKey(terms.Kind), e, data.Id, $"the lot is of kind {terms.Kind}, which is unknown");
        Unless(terms.ProducedAt <= time, e, data.Id, $"the lot was produced at {terms.ProducedAt}, after {time}");
        if (data.Order != 0)
        {
            CheckDelivery(e);
            _origins.Add(terms.Provenance);
            return;
        }

        Unless(IsProvider(data.Provider), e, data.Id, $"{data.Provider} is no active provider");
        Unless(!_orders.ContainsKey(data.Id), e, data.Id, "the lot has the id of an order");
        Unless(terms.Provenance != Bytes32.Zero && _origins.Add(terms.Provenance), e, data.Id,
            $"its origin {terms.Provenance} is named by another lot, or by none");
    }

    // The lot of a delivery has its order's id, owner and contents.
    private void CheckDelivery(LotRegistered e)
    {
        var (data, terms) = (e.Data, e.Data.Terms);
        var delivery = _transaction.OfType<OrderDelivered>().FirstOrDefault(one => one.Id == data.Order);
        if (delivery is null || !_orders.TryGetValue(data.Order, out var order))
        {
            Unless(false, e, data.Id,
                $"the lot is of order {ReservationIds.ToText(data.Order)}, which was not delivered with it");
            return;
        }

        Unless(data.Id == delivery.Data.Lot && data.Id == data.Order, e, data.Id, "the lot has not its order's id");
        Unless(data.Provider == order.Provider, e, data.Id,
            $"the lot is of {data.Provider}, the order was accepted by {order.Provider}");
        var told = delivery.Data;
        Unless((terms.Count, terms.FidelityPpm) == (told.Count, told.FidelityPpm), e, data.Id,
            $"the lot holds {terms.Count} at {terms.FidelityPpm} ppm, delivered are {told.Count} at "
            + $"{told.FidelityPpm}");
        Unless(terms.Kind == order.Terms.Kind, e, data.Id,
            $"the lot is of kind {terms.Kind}, ordered was {order.Terms.Kind}");
    }

    private void CheckOpening(OrderOpened e, ulong time)
    {
        var (data, terms) = (e.Data, e.Data.Terms);
        var payer = terms.Payer == default ? data.Buyer : terms.Payer;
        Unless(data.Payer == payer, e, e.Id, $"paid by {data.Payer}, the terms name {payer}");
        Unless(terms.DeliverBy > time && terms.DeliverBy <= time + HorizonSeconds, e, e.Id,
            $"to be delivered by {terms.DeliverBy}, allowed {time + 1}..{time + HorizonSeconds}");
        Unless(!_lots.ContainsKey(e.Id), e, e.Id, "the order has the id of a lot");
    }

    // Takes a step before the order learns who accepted it.
    private void CheckStep(OrderEvent e, OrderState order, ulong time)
    {
        var terms = order.Terms;
        switch (e)
        {
            case OrderAccepted { Data: var data }:
                Unless(IsProvider(data.Provider), e, e.Id, $"{data.Provider} is no active provider");
                Unless(data.AcceptedAt == time, e, e.Id, $"accepted at {data.AcceptedAt}, should be {time}");
                Unless(time <= terms.DeliverBy, e, e.Id, $"accepted at {time}, at the latest {terms.DeliverBy}");
                CheckHour(e, data.HourCount, terms.Kind, terms.Count, time);
                break;
            case OrderDelivered { Data: var data }:
                Unless(data.Count >= terms.Count && data.FidelityPpm >= terms.FidelityMinPpm, e, e.Id,
                    $"delivered are {data.Count} at {data.FidelityPpm} ppm, ordered {terms.Count} at "
                    + $"{terms.FidelityMinPpm}");
                break;
            case OrderFailed:
                Unless(time > terms.DeliverBy, e, e.Id,
                    $"failed at {time}, it could be delivered by {terms.DeliverBy}");
                break;
            default:
                break;
        }
    }

    private void CheckHour(OrderEvent e, ulong told, uint kind, uint count, ulong time)
    {
        var due = _hours.GetValueOrDefault((kind, time / HourSeconds)) + count;
        var most = _kinds.TryGetValue(kind, out var known) ? known.MaxPerHour : 0;
        Unless(told == due, e, e.Id, $"asked for in this hour is {told}, should be {due}");
        Unless(most == 0 || due <= most, e, e.Id, $"{due} of kind {kind} in an hour, at most {most}");
    }

    private bool IsProvider(Address account) => _providers.TryGetValue(account, out var known) && known.Active;
}
