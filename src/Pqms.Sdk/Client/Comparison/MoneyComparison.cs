using Pqms.Sdk.Audit;

namespace Pqms.Sdk.Client;

/// <summary>Getters of Treasury.</summary>
internal sealed class MoneyComparison(Getters getters, LedgerHistory history)
{
    public async Task CompareAsync()
    {
        var treasury = getters.Contracts.Treasury;
        foreach (var (address, account) in history.Accounts)
        {
            await getters.ExpectAsync(
                AuditRule.Money, null, $"credit of {address}", treasury.CreditOf(address), (UInt128)account.Credit);
            await getters.ExpectAsync(
                AuditRule.Money, null, $"escrow of {address}", treasury.EscrowOf(address), (UInt128)account.Escrow);
            await getters.ExpectAsync(
                AuditRule.Money, null, $"bond of {address}", treasury.BondOf(address), account.Bond);
        }

        foreach (var ((payer, client), allowance) in history.Parts.Money.Allowances)
        {
            await getters.ExpectAsync(
                AuditRule.Money, null, $"allowance of {payer} for {client}", treasury.AllowanceOf(payer, client),
                (UInt128)allowance);
        }
    }
}
