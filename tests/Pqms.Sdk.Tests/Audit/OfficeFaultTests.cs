using Pqms.Ethereum;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class OfficeFaultTests
{
    private const byte Slots = 0;
    private const uint Delay = 100;

    private static readonly Address Admin = SyntheticLedger.Account(40);
    private static readonly Address Next = SyntheticLedger.Account(41);
    private static readonly Address Pauser = SyntheticLedger.Account(42);
    private static readonly Address Unpauser = SyntheticLedger.Account(43);
    private static readonly Address[] First = [SyntheticLedger.Account(30)];
    private static readonly Address[] Later = [SyntheticLedger.Account(30), SyntheticLedger.Account(31)];

    private readonly ToldUse _ledger = new();

    public OfficeFaultTests()
    {
        Tell(place => new AdminTransferred(place, new(default, Admin)));
        Tell(place => new ParameterSet(place, new(Slots, 10_000)));
        Tell(place => new ConfigSet(place, new(1, SyntheticLedger.Word(1), First, 1, 60)));
        Tell(place => new RolesSet(place, new(Pauser, (UInt256)1UL)));
        Tell(place => new RolesSet(place, new(Unpauser, (UInt256)2UL)));
        Tell(place => new AddressSet(place, new(SyntheticLedger.Word(1), Next, 1)));
        Tell(place => new AddressSet(place, new(SyntheticLedger.Word(1), Admin, 2)));
        Tell(place => new PausedSet(place, new((UInt256)3UL, Pauser)));
        Tell(place => new PausedSet(place, new((UInt256)2UL, Unpauser)));
        Tell(place => new ParameterScheduled(place, new(Slots, 500, _ledger.Time + Delay)));
        Tell(place => new ParameterSet(place, new(Slots, 500)), Delay);
        Tell(place => new ParameterScheduled(place, new(Slots, 700, _ledger.Time + Delay)));
        Tell(place => new ParameterScheduled(place, new(Slots, 500, 0)));
        Tell(place => new RotationScheduled(place, new(Later, 2, _ledger.Time + Delay)));
        Tell(place => new ConfigSet(place, new(2, SyntheticLedger.Word(2), Later, 2, 60)), Delay);
        Tell(place => new RotationScheduled(place, new(First, 1, _ledger.Time + Delay)));
        Tell(place => new RotationScheduled(place, new([], 0, 0)));
        Tell(place => new AdminTransferStarted(place, new(Admin, Next)));
        Tell(place => new AdminTransferred(place, new(Admin, Next)));
    }

    [Fact]
    public void Rebuild_GivenActsAsAnnounced_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_WhenAnotherValueIsApplied_namesBoth() => Planted.Named(
        _ledger.With<ParameterSet>(static e => e with { Data = e.Data with { Value = 501 } }, 1), null,
        "parameter 0 becomes 501 at");

    [Fact]
    public void Rebuild_WhenAParameterWasNotAnnounced_says() => Planted.Named(
        _ledger.Without<ParameterScheduled>(), null, "announced is nothing");

    [Fact]
    public void Rebuild_WhenAParameterIsAppliedTooEarly_saysWhen() => Planted.Named(
        Earlier<ParameterSet>(1), null, "announced is 500 from");

    [Fact]
    public void Rebuild_WhenADelayIsShorter_namesTheDueOne() => Planted.Named(
        _ledger.With<ParameterScheduled>(
            static e => e with { Data = e.Data with { ApplicableAt = e.Data.ApplicableAt - 1 } }, 1),
        null, "a delay of 100 s is due");

    [Fact]
    public void Rebuild_WhenAnAnnouncementLiesInThePast_says() => Planted.Named(
        _ledger.With<ParameterScheduled>(static e => e with { Data = e.Data with { ApplicableAt = 5 } }), null,
        "is announced at");

    [Fact]
    public void Rebuild_WhenNothingWasAnnouncedToWithdraw_says() => Planted.Named(
        _ledger.Without<ParameterScheduled>(1), null, "but no change was announced");

    [Fact]
    public void Rebuild_WhenAWithdrawalTellsAnotherValue_namesBoth() => Planted.Named(
        _ledger.With<ParameterScheduled>(static e => e with { Data = e.Data with { Value = 501 } }, 2), null,
        "parameter 0 stays 501, but is 500");

    [Fact]
    public void Rebuild_WhenOtherSignersCount_says() => Planted.Named(
        _ledger.With<ConfigSet>(static e => e with { Data = e.Data with { Signers = [Admin, Next] } }, 1), null,
        "2 of 2 signers count from");

    [Fact]
    public void Rebuild_WhenTheThresholdFalls_says() => Planted.Named(
        _ledger.With<ConfigSet>(static e => e with { Data = e.Data with { Threshold = 1 } }, 1), null,
        "1 of 2 signers count from");

    [Fact]
    public void Rebuild_WhenARotationWasNotAnnounced_says() => Planted.Named(
        _ledger.Without<RotationScheduled>(), null, "announced is nothing");

    [Fact]
    public void Rebuild_WhenARotationComesTooEarly_saysWhen() => Planted.Named(
        Earlier<ConfigSet>(1), null, "announced is 2 of 2 from");

    [Fact]
    public void Rebuild_WhenARotationsDelayIsShorter_namesTheDueOne() => Planted.Named(
        _ledger.With<RotationScheduled>(
            static e => e with { Data = e.Data with { ExecutableAt = e.Data.ExecutableAt - 1 } }, 1),
        null, "rotation is announced at");

    [Fact]
    public void Rebuild_WhenNoRotationWasAnnouncedToWithdraw_says() => Planted.Named(
        _ledger.Without<RotationScheduled>(1), null, "a rotation is withdrawn, but none was announced");

    [Fact]
    public void Rebuild_WhenTheChallengeWindowChanges_says() => Planted.Named(
        _ledger.With<ConfigSet>(static e => e with { Data = e.Data with { ChallengeSeconds = 0 } }, 1), null,
        "the challenge window becomes 0 s");

    [Fact]
    public void Rebuild_WhenAConfigurationIsLeftOut_namesTheNumbers() => Planted.Named(
        _ledger.With<ConfigSet>(static e => e with { Data = e.Data with { ConfigCount = 3 } }, 1), null,
        "configuration 3 follows 1");

    [Fact]
    public void Rebuild_WithoutTheFirstConfiguration_says() =>
        Planted.Named(_ledger.Without<ConfigSet>(), null, "the first configuration is 2");

    [Fact]
    public void Rebuild_WhenTheOfficeWasNotOffered_namesBoth() => Planted.Named(
        _ledger.Without<AdminTransferStarted>(), null, $"the office passes to {Next}");

    [Fact]
    public void Rebuild_WhenAStrangerOffersTheOffice_namesIt() => Planted.Named(
        _ledger.With<AdminTransferStarted>(static e => e with { Data = e.Data with { Admin = Pauser } }), null,
        $"{Pauser} offers the office of {Admin}");

    [Fact]
    public void Rebuild_WhenTheOfficePassesFromAStranger_namesBoth() => Planted.Named(
        _ledger.With<AdminTransferred>(static e => e with { Data = e.Data with { PreviousAdmin = Pauser } }, 1), null,
        $"the office passes from {Pauser}, it is held by {Admin}");

    [Fact]
    public void Rebuild_WhenAPauseIsByAStranger_namesIt() => Planted.Named(
        _ledger.With<PausedSet>(static e => e with { Data = e.Data with { By = Next } }), null,
        $"{Next} with roles 0 changes the pause bits from 0 to 3");

    [Fact]
    public void Rebuild_WhenAPauserUnpauses_namesIt() => Planted.Named(
        _ledger.With<PausedSet>(static e => e with { Data = e.Data with { By = Pauser } }, 1), null,
        $"{Pauser} with roles 1 changes the pause bits from 3 to 2");

    [Fact]
    public void Rebuild_WhenAVersionIsLeftOut_namesTheAddress() => Planted.Named(
        _ledger.Without<AddressSet>(), null, "has version 2, should be 1");

    private void Tell(Func<LogPlace, LedgerEvent> tell, ulong seconds = 1)
    {
        _ledger.Next(seconds);
        _ledger.Tell(tell);
    }

    // As if it, and all that followed, had come a second before its time.
    private LedgerHistory Earlier<T>(int which)
        where T : LedgerEvent
    {
        var at = _ledger.Events.Where(static timed => timed.Event is T).ElementAt(which).Event.Place;
        return ToldLedger.Rebuild(_ledger.Events.Select(timed => timed.Event.Place.CompareTo(at) < 0
            ? timed : timed with { TimeSeconds = timed.TimeSeconds - 1 }));
    }
}
