namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Credit, allowances and bonds.</summary>
internal sealed class MoneyOperations(LedgerUse use)
{
    public IEnumerable<Operation> All =>
    [
        Operation.Of("deposit", 3, Deposit),
        Operation.Of("withdraw", 2, () => Withdraw(isToAnother: false)),
        Operation.Of("withdraw to another", 1, () => Withdraw(isToAnother: true)),
        Operation.Of("sponsor", 3, Sponsor),
        Operation.Of("bond", 2, Bond),
        Operation.Of("begin to unbond", 2, Unbond) with { Follow = "Treasury_StillBonded" },
        Operation.Of("finish unbonding", 4, () => Unbonding(isOver: true)),
        Operation.Refused("Treasury_StillBonded", () => Unbonding(isOver: false)),
        Operation.Refused("Treasury_BondTooLow", () => new Sending(
            use.Seed.One(Cast.Providers), Treasury.StartUnbonding(RealmPreparation.Ether(10_000)))),
        Operation.Refused("Treasury_NothingToWithdraw", () => new Sending(Cast.Stranger, Treasury.Withdraw())),
    ];

    private Pqms.Sdk.Contracts.TreasuryContract Treasury => use.Contracts.Treasury;

    private Sending Deposit() =>
        new(use.Seed.One(Cast.Clients), Treasury.Deposit(use.AddressOf(use.Seed.One(Cast.Clients))))
        {
            Value = (UInt128)use.Seed.Next(1UL, 10_000_000_000),
        };

    private Sending? Withdraw(bool isToAnother)
    {
        int[] rich = [.. Cast.Clients.Concat(Cast.Providers)
            .Where(account => use.Known.Credits.GetValueOrDefault(use.AddressOf(account)) > 0)];
        return rich.Length == 0 ? null : new Sending(
            use.Seed.One(rich), isToAnother ? Treasury.WithdrawTo(use.AddressOf(Cast.Admin)) : Treasury.Withdraw());
    }

    // The small provider puts in no more than what it needs to register.
    private Sending Bond()
    {
        var small = use.Known.Bonds.GetValueOrDefault(use.AddressOf(Cast.SmallProvider));
        var isSmall = small.Free + small.Unbonding < RealmPreparation.Ether(1) && use.Seed.Chance(2);
        return new Sending(isSmall ? Cast.SmallProvider : Cast.Provider, Treasury.Bond())
        {
            Value = RealmPreparation.Ether((ulong)use.Seed.Next(2, 4)) / 2,
        };
    }

    private Sending Sponsor()
    {
        var client = use.Seed.One(Cast.Clients);
        var payer = use.Seed.One([.. Cast.Clients.Where(account => account != client)]);
        return new Sending(payer, Treasury.Sponsor(
            use.AddressOf(client), use.Seed.Chance(5) ? 0 : RealmPreparation.Ether((ulong)use.Seed.Next(1, 9))));
    }

    private Sending? Unbond()
    {
        var account = use.Seed.One(Cast.Providers);
        var free = use.Known.Bonds.GetValueOrDefault(use.AddressOf(account)).Free;
        return free < 2 ? null : new Sending(account, Treasury.StartUnbonding(use.Seed.Chance(2) ? free / 2 : free));
    }

    private Sending? Unbonding(bool isOver)
    {
        int[] fits = [.. Cast.Providers.Where(account =>
            use.Known.Bonds.GetValueOrDefault(use.AddressOf(account)).ReleasableAt is > 0 and var at
            && use.Now >= at == isOver)];
        return fits.Length == 0 ? null : new Sending(use.Seed.One(fits), Treasury.FinishUnbonding());
    }
}
