using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>The packed words of a settlement: the client's, and two for each account.</summary>
public sealed class SettlementFaultTests
{
    private const ulong Id = 11;
    private const int Entry = 64;

    private readonly ToldUse _ledger = new();

    public SettlementFaultTests()
    {
        _ledger.StartEra(1);
        _ledger.Deposit(ToldLedger.Client, ToldUse.Price);
        _ledger.Single(Id);
        _ledger.Grant(1, Id);
        _ledger.Next(ToldUse.Duration);
        _ledger.Settle(Id, 99, 0);
    }

    [Fact]
    public void Rebuild_GivenASettlement_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_WithoutTheAccounts_namesThePayer() => Planted.Named(
        _ledger.Without<AccountsChanged>(), null, $"{ToldLedger.Client} has {ToldUse.Price} wei in escrow, open are 0");

    [Fact]
    public void Rebuild_WithTheAccountsTwice_namesTheReservation() =>
        Planted.Named(_ledger.Twice<AccountsChanged>(), Id, $"its settlement leaves {ToldLedger.Client}");

    // Credit, account, gap, cause, escrow: of the payer, then of the provider.
    [Theory]
    [InlineData(11, "its settlement leaves")]
    [InlineData(31, "its settlement leaves")]
    [InlineData(35, "128 bytes of accounts are no whole entries")]
    [InlineData(51, "is credited for an unknown reservation")]
    [InlineData(63, "its settlement leaves")]
    [InlineData(Entry + 11, "its settlement leaves")]
    [InlineData(Entry + 31, "its settlement leaves")]
    [InlineData(Entry + 32, "128 bytes of accounts are no whole entries")]
    [InlineData(Entry + 51, "is credited for an unknown reservation")]
    [InlineData(Entry + 52, "its settlement leaves")]
    public void Rebuild_WhenABitOfAnAccountDiffers_saysSo(int place, string text) => Planted.Named(
        With(changes => [.. changes.Select((value, i) => i == place ? (byte)(value ^ 1) : value)]), null, text);

    [Fact]
    public void Rebuild_WhenAnEntryIsCut_saysSo() =>
        Planted.Named(With(static changes => changes[..^1]), null, "127 bytes of accounts are no whole entries");

    [Fact]
    public void Rebuild_WhenTheAccountsAreEmpty_saysSo() =>
        Planted.Named(With(static _ => []), null, "0 bytes of accounts are no whole entries");

    [Fact]
    public void Rebuild_WhenTheProvidersEntryIsMissing_namesIt() =>
        Planted.Named(With(static changes => changes[..Entry]), null, $"{ToldLedger.Provider} holds 0 wei");

    [Fact]
    public void Rebuild_WhenAnotherAccountIsAdded_namesTheReservation() => Planted.Named(
        With(static changes => [.. changes, .. ToldLedger.Entry(ToldLedger.Other, 1, 0, Id)]), Id,
        $"its settlement leaves {ToldLedger.Other} 1 wei");

    // Open slots, open reservations, nonce, cohort, usage, its time, and the bits above.
    [Theory]
    [InlineData(0, "has 1 slots of 0 reservations open, should be 0 of 0")]
    [InlineData(32, "has 0 slots of 1 reservations open, should be 0 of 0")]
    [InlineData(64, "nonce and cohort are 1 and 0")]
    [InlineData(96, "nonce and cohort are 0 and 1")]
    [InlineData(104, "usage is 3565 slot-seconds")]
    [InlineData(168, "slot-seconds as of")]
    [InlineData(232, "bits above the client's are set")]
    [InlineData(255, "bits above the client's are set")]
    public void Rebuild_WhenABitOfTheClientDiffers_saysSo(int bit, string text) => Planted.Named(
        _ledger.With<ReservationSettled>(e => e with
        {
            Data = e.Data with { Client = (UInt256)((BigInteger)e.Data.Client ^ (BigInteger.One << bit)) },
        }),
        null, text);

    private Sdk.Audit.LedgerHistory With(Func<byte[], byte[]> alter) => _ledger.With<AccountsChanged>(
        e => e with { Data = e.Data with { Changes = alter([.. e.Data.Changes]) } });
}
