namespace Pqms.EndToEnd.Tests.Ring;

/// <summary>One <see cref="RealmChain"/> for the tests of a class; not started where no chain can run.</summary>
public abstract class RealmFixture(RealmSetup setup) : IAsyncLifetime
{
    private RealmChain? _realm;

    public RealmChain Realm => _realm ?? throw new InvalidOperationException("The chain was not started.");

    public async Task InitializeAsync()
    {
        if (HardhatFactAttribute.SkipReason is null)
        {
            _realm = await RealmChain.StartAsync(setup);
        }
    }

    public async Task DisposeAsync()
    {
        if (_realm is not null)
        {
            await _realm.DisposeAsync();
        }
    }
}

/// <summary>The smallest realm, without an oracle.</summary>
public sealed class SmallRealm() : RealmFixture(new RealmSetup());

/// <summary>The reference scenario with its nine pools, without an oracle.</summary>
public sealed class BackboneRealm() : RealmFixture(new RealmSetup { Scenario = "german-backbone.json" });

/// <summary>The reference scenario, whose reports can be disabled for two minutes.</summary>
public sealed class ChallengedRealm() : RealmFixture(
    new RealmSetup { Scenario = "german-backbone.json", ChallengeSeconds = 120 });
