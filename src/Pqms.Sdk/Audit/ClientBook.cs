using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>What the ledger remembers of a client, rebuilt from logs.</summary>
public sealed class ClientState
{
    private const ulong HalfLifeSeconds = 7 * 86_400;

    /// <summary>Slots of Requested and Granted reservations.</summary>
    public uint OpenSlots { get; internal set; }

    /// <summary>Their number.</summary>
    public uint OpenReservations { get; internal set; }

    /// <summary>What the next signed request must name.</summary>
    public uint Nonce { get; internal set; }

    /// <summary>The cohort, by the ledger's number.</summary>
    public byte Cohort { get; internal set; }

    /// <summary>Slot-seconds delivered, decayed to <see cref="UsageAt"/>.</summary>
    public ulong Usage { get; internal set; }

    /// <summary>Chain time of <see cref="Usage"/>.</summary>
    public ulong UsageAt { get; internal set; }

    /// <summary>Usage decayed to a time: halved every 7 days, rounded down.</summary>
    /// <param name="timeSeconds">Chain time, not before <see cref="UsageAt"/>.</param>
    /// <returns>Slot-seconds.</returns>
    public ulong UsageNow(ulong timeSeconds) => Usage == 0 || timeSeconds <= UsageAt ? Usage
        : (ulong)(Usage * FixedExp.Exp2Neg((timeSeconds - UsageAt) * FixedExp.Wad / HalfLifeSeconds) / FixedExp.Wad);

    /// <summary>Fair-share factor 2^(-usage / share), parts per million, rounded down.</summary>
    /// <param name="timeSeconds">Chain time.</param>
    /// <param name="shareSlotSeconds">Use in a half-life that gives a factor of one half; not 0.</param>
    /// <returns>1,000,000 for a client that used nothing.</returns>
    public uint FairShare(ulong timeSeconds, ulong shareSlotSeconds) =>
        (uint)(FixedExp.Exp2Neg(UsageNow(timeSeconds) * FixedExp.Wad / shareSlotSeconds) * Ppm.One / FixedExp.Wad);

    internal long SlotsDue { get; set; }

    internal long ReservationsDue { get; set; }
}

/// <summary>Follows clients: open slots must be the sum over their open reservations.</summary>
internal sealed class ClientBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives, Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly SortedDictionary<Address, ClientState> _clients = [];
    private readonly HashSet<Address> _touched = [];
    private LedgerEvent? _last;

    public IReadOnlyDictionary<Address, ClientState> Clients => _clients;

    /// <summary>Closes the transaction before, when this log belongs to another.</summary>
    public void Close(LedgerEvent next)
    {
        if (_last is not null && _last.Place.TransactionHash != next.Place.TransactionHash)
        {
            Finish();
        }
    }

    /// <summary>Closes the transaction: what was logged must be the sum over the open reservations.</summary>
    public void Finish()
    {
        foreach (var address in _touched.Order())
        {
            Compare(_last!, address, _clients[address]);
        }

        _touched.Clear();
    }

    /// <summary>Takes a log whose reservation the life book knows already.</summary>
    public void Add(LedgerEvent e, ulong time)
    {
        _last = e;
        switch (e)
        {
            case NonceUsed used: Use(used); break;
            case CohortSet set: Of(set.Data.Account).Cohort = set.Data.Cohort; break;
            case ReservationRequested requested: Open(requested); break;
            case OpenSlotsChanged { Data: var data }:
                Store(e, data.Client, data.OpenSlots, data.OpenReservations);
                break;
            case ReservationReleased or ReservationCancelled or ReservationExpired or ReservationRefunded
                or ReservationDecided { Data.Status: (byte)ReservationStatus.Refused }:
                Close((ReservationEvent)e);
                break;
            case ReservationSettled settled when lives.TryGetValue(settled.Id, out var life):
                Settle(settled, life, time);
                break;
            default: break;
        }
    }

    private void Use(NonceUsed e)
    {
        var client = Of(e.Data.Client);
        if (e.Data.Nonce != client.Nonce + 1)
        {
            fault(AuditRule.Transition, e, null,
                $"nonce of {e.Data.Client} is {e.Data.Nonce}, should be {client.Nonce + 1}");
        }

        client.Nonce = e.Data.Nonce;
    }

    private void Open(ReservationRequested e)
    {
        var client = Of(e.Data.Client);
        client.SlotsDue += e.Data.Terms.Slots;
        client.ReservationsDue++;
        Store(e, e.Data.Client, e.Data.OpenSlots, e.Data.OpenReservations);
        if (e.Data.Cohort != client.Cohort)
        {
            fault(AuditRule.Transition, e, e.Id, $"cohort is {e.Data.Cohort}, the client's is {client.Cohort}");
        }
    }

    // A release has given the slots back already.
    private void Close(ReservationEvent e)
    {
        if (lives.TryGetValue(e.Id, out var life) && (e is ReservationReleased || !life.WasReleased))
        {
            var client = Of(life.Client);
            client.SlotsDue -= life.Terms.Slots;
            client.ReservationsDue--;
        }
    }

    private void Settle(ReservationSettled e, ReservationLife life, ulong time)
    {
        var client = Of(life.Client);
        if (!life.WasReleased)
        {
            client.SlotsDue -= life.Terms.Slots;
            client.ReservationsDue--;
        }

        var usage = client.UsageNow(time) + (ulong)(e.Data.Delivered / Ppm.One);
        if (e.Data.Usage != usage)
        {
            fault(AuditRule.Transition, e, e.Id, $"usage is {e.Data.Usage} slot-seconds, should be {usage}");
        }

        (client.Usage, client.UsageAt) = (e.Data.Usage, time);
        Store(e, life.Client, e.Data.OpenSlots, e.Data.OpenReservations);
    }

    private void Store(LedgerEvent e, Address address, uint slots, uint reservations)
    {
        var client = Of(address);
        (client.OpenSlots, client.OpenReservations) = (slots, reservations);
        Compare(e, address, client);
    }

    private void Compare(LedgerEvent e, Address address, ClientState client)
    {
        if (client.OpenSlots != client.SlotsDue || client.OpenReservations != client.ReservationsDue)
        {
            fault(AuditRule.Transition, e, (e as ReservationEvent)?.Id,
                $"{address} has {client.OpenSlots} slots of {client.OpenReservations} reservations open, "
                + $"should be {client.SlotsDue} of {client.ReservationsDue}");
        }
    }

    private ClientState Of(Address address)
    {
        if (!_clients.TryGetValue(address, out var client))
        {
            client = new ClientState();
            _clients.Add(address, client);
        }

        _touched.Add(address);
        return client;
    }
}
