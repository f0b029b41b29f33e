using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Computes every provider's bond again, part by part, and with it every penalty to the wei.</summary>
/// <remarks>Takes a log after the lives and the inventory.</remarks>
internal sealed class BondBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives,
    IReadOnlyDictionary<uint, PoolRegistered> pools,
    InventoryBook inventory,
    Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    // The treasury's constant: longer than any reservation can last.
    private const ulong UnbondingSeconds = 40 * 86_400;

    private readonly SortedDictionary<Address, Bond> _due = [];
    private readonly Dictionary<Address, Bond> _told = [];
    private readonly Dictionary<Address, UInt256> _received = [];
    private readonly HashSet<Address> _touched = [];
    private LedgerEvent? _last;

    /// <summary>Closes the transaction before, when this log belongs to another.</summary>
    public void Close(LedgerEvent next)
    {
        if (_last is not null && _last.Place.TransactionHash != next.Place.TransactionHash)
        {
            Finish();
        }
    }

    public void Add(LedgerEvent e, ulong time)
    {
        _last = e;
        switch (e)
        {
            case Received { Data: var data }:
                _received[data.Account] = data.Amount;
                break;
            case BondChanged { Data: var data } bond:
                if (data.CauseId == 0)
                {
                    Act(bond, time);
                }

                _told[data.Provider] = data.Bond;
                _touched.Add(data.Provider);
                break;
            case OrderAccepted or OrderDelivered or OrderFailed
                when inventory.Orders.TryGetValue(((OrderEvent)e).Id, out var order):
                Stake(e, order);
                break;
            case ReservationSettled settled when lives.TryGetValue(settled.Id, out var life)
                && pools.TryGetValue(life.Terms.Pool, out var pool):
                Slash(settled, life, pool.Data.Provider);
                break;
            default:
                break;
        }
    }

    /// <summary>Closes the transaction: what the treasury tells of a bond must be what became of it.</summary>
    public void Finish()
    {
        foreach (var provider in _touched.Order())
        {
            var (told, due) = (_told.GetValueOrDefault(provider), _due.GetValueOrDefault(provider));
            if (told != due)
            {
                fault(AuditRule.Money, _last!, null, $"bond of {provider} is {Text(told)}, should be {Text(due)}");
            }

            _due[provider] = told;
        }

        _touched.Clear();
        _received.Clear();
    }

    // The provider's own act: it adds to the bond, begins to take some back, or takes back what waited long enough.
    private void Act(BondChanged e, ulong time)
    {
        var (provider, told) = (e.Data.Provider, e.Data.Bond);
        var before = _due.GetValueOrDefault(provider);
        var added = before with { Free = before.Free + (UInt128)_received.GetValueOrDefault(provider) };
        var moved = before.Free - UInt128.Min(before.Free, told.Free);
        var unbonding = before with
        {
            Free = before.Free - moved,
            Unbonding = before.Unbonding + moved,
            ReleasableAt = time + UnbondingSeconds,
        };
        var taken = before with { Unbonding = 0, ReleasableAt = 0 };
        if (told == taken && told != added && time < before.ReleasableAt)
        {
            fault(AuditRule.Money, e, null,
                $"bond of {provider} was taken back at {time}, possible from {before.ReleasableAt}");
        }
        else if (told != added && told != unbonding && told != taken)
        {
            fault(AuditRule.Money, e, null, $"bond of {provider} is {Text(told)}, it was {Text(before)}");
        }

        _due[provider] = told;
    }

    private void Stake(LedgerEvent e, OrderState order)
    {
        var (bond, stake) = (_due.GetValueOrDefault(order.Provider), order.Terms.Bond);
        var locked = bond.Locked - UInt128.Min(bond.Locked, stake);
        Set(order.Provider, e switch
        {
            OrderAccepted => bond with
            {
                Free = bond.Free - UInt128.Min(bond.Free, stake),
                Locked = bond.Locked + stake,
            },
            OrderDelivered => bond with { Free = bond.Free + stake, Locked = locked },
            _ => bond with { Locked = locked },
        });
    }

    // From what is free, then from what is on its way out; never more than both.
    private void Slash(ReservationSettled e, ReservationLife life, Address provider)
    {
        var (bond, penalty) = (_due.GetValueOrDefault(provider), e.Data.Penalty);
        var due = BigInteger.Min(life.PenaltyDue, (BigInteger)bond.Free + (BigInteger)bond.Unbonding);
        if (penalty != due)
        {
            fault(AuditRule.Money, e, e.Id, $"penalty is {penalty}, should be {due}");
        }

        if (penalty > 0)
        {
            var fromFree = UInt128.Min(penalty, bond.Free);
            var rest = bond.Unbonding - UInt128.Min(bond.Unbonding, penalty - fromFree);
            Set(provider, bond with
            {
                Free = bond.Free - fromFree,
                Unbonding = rest,
                ReleasableAt = rest == 0 ? 0 : bond.ReleasableAt,
            });
        }
    }

    private void Set(Address provider, Bond bond)
    {
        _due[provider] = bond;
        _touched.Add(provider);
    }

    private static string Text(Bond bond) =>
        $"{bond.Free} free, {bond.Locked} locked, {bond.Unbonding} unbonding until {bond.ReleasableAt}";
}
