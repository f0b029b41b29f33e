namespace Pqms.EndToEnd.Tests.Ring;

/// <summary>Takes a test's blocks back, so that the next test finds the chain as this one did.</summary>
internal sealed class Undo(RealmChain realm, string snapshot) : IAsyncDisposable
{
    public static async Task<Undo> AfterAsync(RealmChain realm) => new(realm, await realm.SnapshotAsync());

    public async ValueTask DisposeAsync()
    {
        await realm.SendAsync("evm_revert", snapshot);
        realm.RenewClients();
    }
}
