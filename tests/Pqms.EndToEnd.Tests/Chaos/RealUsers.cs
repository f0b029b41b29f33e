using Pqms.EndToEnd.Tests.Ring;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Chaos;

/// <summary>Clients of a real chain who request, take and release, one transaction at a time, by a seed.</summary>
internal sealed class RealUsers(RealmChain realm, Random random)
{
    private const int MostOpen = 12;
    private readonly List<UInt128> _open = [];

    /// <summary>Every reservation ever requested.</summary>
    public List<UInt128> Requested { get; } = [];

    public int Takes { get; private set; }

    /// <summary>Acts that the ledger refused, such as a take before the grant.</summary>
    public int Refused { get; private set; }

    public async Task ActAsync()
    {
        try
        {
            await (random.Next(10) switch
            {
                < 4 when _open.Count < MostOpen => RequestAsync(),
                < 8 when _open.Count > 0 => TakeAsync(_open[random.Next(_open.Count)]),
                _ when _open.Count > 0 => ReleaseAsync(random.Next(_open.Count)),
                _ => RequestAsync(),
            });
        }
        catch (RevertException)
        {
            Refused++;
        }
    }

    /// <summary>Ends all that is open.</summary>
    public async Task LeaveAsync()
    {
        foreach (var id in _open.ToArray())
        {
            await realm.UntilStatusAsync(id, ReservationStatus.Granted);
            await realm.Client().ReleaseAsync(id);
        }

        _open.Clear();
    }

    private async Task RequestAsync()
    {
        var id = ReservationIds.New();
        await realm.Client().RequestAsync(id, TestTerms.Good with { DurationSeconds = 14_400, TakesPerMinute = 60 });
        Requested.Add(id);
        _open.Add(id);
    }

    private async Task TakeAsync(UInt128 id)
    {
        await realm.Client().TakeAsync(id);
        Takes++;
    }

    private async Task ReleaseAsync(int which)
    {
        var id = _open[which];
        await realm.Client().ReleaseAsync(id);
        _open.RemoveAt(which);
    }
}
