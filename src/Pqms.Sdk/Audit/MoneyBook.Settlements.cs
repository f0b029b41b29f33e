using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Ledger;
using Money = Pqms.Sdk.Contracts.TreasuryContract;

namespace Pqms.Sdk.Audit;

/// <summary>The accounts of a settlement, entry by entry: each payer gets back what was not paid, the provider all that
/// was.</summary>
internal sealed partial class MoneyBook
{
    private void Settle(AccountsChanged e)
    {
        if (!e.IsWhole)
        {
            fault(AuditRule.Money, e, null, $"{e.Data.Changes.Length} bytes of accounts are no whole entries");
        }

        var (earned, last) = (BigInteger.Zero, (ReservationLife?)null);
        foreach (var entry in e.Entries)
        {
            if (!lives.TryGetValue(entry.CauseId, out var life) || !pools.TryGetValue(life.Terms.Pool, out var pool))
            {
                fault(AuditRule.Money, e, entry.CauseId, $"{entry.Account} is credited for an unknown reservation");
            }
            else if (life == last)
            {
                // A reservation is settled once: the second entry with its id is the provider's.
                Expect(e, entry, life.Id, pool.Data.Provider, earned, 0);
            }
            else
            {
                var (due, paid) = ((BigInteger)life.PriceDue, (BigInteger)life.Paid);
                Expect(e, entry, life.Id, life.Payer, due - paid, due);
                (earned, last) = (earned + paid, life);
            }

            Store(entry);
        }
    }

    private void Expect(
        AccountsChanged e, Money.AccountChangedEvent entry, UInt128 id, Address owner,
        BigInteger gain, BigInteger freed)
    {
        var held = _accounts.GetValueOrDefault(owner);
        var (credit, escrow) = ((held?.Credit ?? 0) + gain, (held?.Escrow ?? 0) - freed);
        if (entry.Account != owner || (BigInteger)entry.Credit != credit || (BigInteger)entry.Escrow != escrow)
        {
            fault(AuditRule.Money, e, id,
                $"its settlement leaves {entry.Account} {entry.Credit} wei of credit and {entry.Escrow} in escrow, "
                + $"should leave {owner} {credit} and {escrow}");
        }
    }
}
