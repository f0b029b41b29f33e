using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>A production order rebuilt from logs.</summary>
/// <param name="Terms">As sent.</param>
/// <param name="Buyer">Who opened it.</param>
/// <param name="Payer">Whose credit pays.</param>
public sealed record OrderState(OrderTerms Terms, Address Buyer, Address Payer)
{
    /// <summary>Where it stands, by the ledger's number: 1 Open, 2 Accepted, 3 Delivered, 4 Failed, 5
    /// Withdrawn.</summary>
    public byte Status { get; internal set; } = InventoryBook.OrderOpen;

    /// <summary>Who accepted it; zero before.</summary>
    public Address Provider { get; internal set; }

    /// <summary>Chain time of the acceptance; 0 before.</summary>
    public ulong AcceptedAt { get; internal set; }

    internal UInt128 OpenReward =>
        Status is InventoryBook.OrderOpen or InventoryBook.Accepted ? Terms.Reward : UInt128.Zero;
}

/// <summary>A lot rebuilt from logs.</summary>
/// <param name="Terms">As registered.</param>
/// <param name="Provider">Whose it is.</param>
/// <param name="Order">The order that it fulfilled; 0 when none.</param>
public sealed record LotState(LotTerms Terms, Address Provider, UInt128 Order)
{
    /// <summary>Where it stands, by the ledger's number: 1 Produced … 7 Retired.</summary>
    public byte Status { get; internal set; } = 1;

    /// <summary>Of the last step.</summary>
    public Bytes32 Evidence { get; internal set; }
}

/// <summary>Follows kinds, providers, lots, orders and reservoirs; no step outside the ledger's tables.</summary>
internal sealed partial class InventoryBook(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    internal const byte OrderOpen = 1;
    internal const byte Accepted = 2;
    private const byte Delivered = 3;
    private const byte Failed = 4;
    private const byte TakenBack = 5;
    private const byte Retired = 7;
    private const ulong HourSeconds = 3_600;

    // Produced 1, Available 2, Reserved 3, Active 4, Consumed 5, Expired 6, Retired 7.
    private static readonly HashSet<(byte From, byte To)> LotSteps =
        [(1, 2), (1, 6), (2, 3), (2, 6), (3, 4), (3, 2), (4, 5), (4, 6), (5, 7), (6, 7)];

    private readonly SortedDictionary<UInt128, OrderState> _orders = [];
    private readonly SortedDictionary<UInt128, LotState> _lots = [];
    private readonly SortedDictionary<uint, Kind> _kinds = [];
    private readonly SortedDictionary<Address, (string Name, bool Active)> _providers = [];
    private readonly SortedDictionary<uint, Reservoir> _reservoirs = [];
    private readonly SortedDictionary<(uint Kind, ulong Hour), ulong> _hours = [];

    public IReadOnlyDictionary<UInt128, OrderState> Orders => _orders;

    public IReadOnlyDictionary<UInt128, LotState> Lots => _lots;

    public IReadOnlyDictionary<uint, Kind> Kinds => _kinds;

    public IReadOnlyDictionary<Address, (string Name, bool Active)> Providers => _providers;

    public IReadOnlyDictionary<uint, Reservoir> Reservoirs => _reservoirs;

    public IReadOnlyDictionary<(uint Kind, ulong Hour), ulong> Hours => _hours;

    public void Add(LedgerEvent e, ulong time)
    {
        _transaction.Add(e);
        switch (e)
        {
            case KindRegistered kind: _kinds[kind.Data.Id] = kind.Data.Kind; break;
            case ProviderSet set: _providers[set.Data.Provider] = (set.Data.Name, set.Data.Active); break;
            case LotRegistered lot:
                CheckLot(lot, time);
                Unless(_lots.TryAdd(lot.Data.Id, new LotState(lot.Data.Terms, lot.Data.Provider, lot.Data.Order)), e,
                    lot.Data.Id, "the lot is registered twice");
                break;
            case LotMoved moved: Move(moved); break;
            case ReservoirSet set:
                _reservoirs[set.Data.Pool] = Of(set.Data.Pool) with
                {
                    Threshold = set.Data.Threshold,
                    Target = set.Data.Target,
                };
                break;
            case StockReported reported: Report(reported); break;
            case ReplenishmentNeeded or ReservoirReplenished: Cross(e); break;
            case OrderEvent order: Apply(order, time); break;
            default: break;
        }
    }

    private void Move(LotMoved e)
    {
        if (!_lots.TryGetValue(e.Data.Id, out var lot) || !LotSteps.Contains((lot.Status, e.Data.Status)))
        {
            fault(AuditRule.Transition, e, e.Data.Id, $"a lot may not become {e.Data.Status} after {lot?.Status ?? 0}");
            return;
        }

        Unless(e.Data.Status != Retired || e.Data.Evidence != Bytes32.Zero, e, e.Data.Id,
            "the lot is retired without evidence");
        (lot.Status, lot.Evidence) = (e.Data.Status, e.Data.Evidence);
    }

    private void Apply(OrderEvent e, ulong time)
    {
        if (e is OrderOpened opened)
        {
            CheckOpening(opened, time);
            var state = new OrderState(opened.Data.Terms, opened.Data.Buyer, opened.Data.Payer);
            Unless(_orders.TryAdd(e.Id, state), e, e.Id, "the order is opened twice");
            return;
        }

        var (from, to) = e switch
        {
            OrderAccepted => (OrderOpen, Accepted),
            OrderDelivered => (Accepted, Delivered),
            OrderFailed => (Accepted, Failed),
            _ => (OrderOpen, TakenBack),
        };
        if (!_orders.TryGetValue(e.Id, out var order) || order.Status != from)
        {
            fault(AuditRule.Transition, e, e.Id, $"an order may not become {to} after {order?.Status ?? 0}");
            return;
        }

        order.Status = to;
        CheckStep(e, order, time);
        if (e is OrderAccepted accepted)
        {
            (order.Provider, order.AcceptedAt) = (accepted.Data.Provider, accepted.Data.AcceptedAt);
            _hours[(order.Terms.Kind, accepted.Data.AcceptedAt / HourSeconds)] = accepted.Data.HourCount;
        }
    }

    private void Unless(bool kept, LedgerEvent e, UInt128? id, string text)
    {
        if (!kept)
        {
            fault(AuditRule.Transition, e, id, text);
        }
    }
}
