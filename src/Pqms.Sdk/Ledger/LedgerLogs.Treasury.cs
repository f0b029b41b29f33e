using Money = Pqms.Sdk.Contracts.TreasuryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>The table's part of Treasury.</summary>
public static partial class LedgerLogs
{
    private static Kind[] TreasuryTable() =>
    [
        Row<Received, Money.ReceivedEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.ReceivedEvent.Topic0,
            Money.ReceivedEvent.TryDecode, static (at, e) => new Received(at, e)),
        Row<AccountChanged, Money.AccountChangedEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.AccountChangedEvent.Topic0,
            Money.AccountChangedEvent.TryDecode, static (at, e) => new AccountChanged(at, e)),
        Row<AccountsChanged, Money.AccountsChangedEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.AccountsChangedEvent.Topic0,
            Money.AccountsChangedEvent.TryDecode, static (at, e) => new AccountsChanged(at, e)),
        Row<Withdrawn, Money.WithdrawnEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.WithdrawnEvent.Topic0,
            Money.WithdrawnEvent.TryDecode, static (at, e) => new Withdrawn(at, e)),
        Row<AllowanceChanged, Money.AllowanceChangedEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.AllowanceChangedEvent.Topic0,
            Money.AllowanceChangedEvent.TryDecode, static (at, e) => new AllowanceChanged(at, e)),
        Row<BondChanged, Money.BondChangedEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.BondChangedEvent.Topic0,
            Money.BondChangedEvent.TryDecode, static (at, e) => new BondChanged(at, e)),
    ];
}
