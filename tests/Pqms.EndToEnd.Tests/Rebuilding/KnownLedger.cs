using Pqms.Ethereum;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>What the driver knows of the ledger, from the receipts of its own transactions: only good to choose what
/// to do next. Nothing is checked against it.</summary>
internal sealed class KnownLedger
{
    private readonly Dictionary<UInt128, KnownBooking> _bookings = [];
    private readonly Dictionary<UInt128, KnownOrder> _orders = [];
    private readonly Dictionary<UInt128, KnownLot> _lots = [];

    /// <summary>In order of the requests.</summary>
    public List<KnownBooking> Bookings { get; } = [];

    public List<KnownOrder> Orders { get; } = [];

    public List<KnownLot> Lots { get; } = [];

    public List<PoolTerms> Pools { get; } = [];

    public List<LinkRegistered> Links { get; } = [];

    public List<Kind> Kinds { get; } = [];

    public List<KnownPath> Paths { get; } = [];

    public uint Sites { get; private set; }

    public Dictionary<uint, bool> Isolated { get; } = [];

    public Dictionary<uint, Quotas> Quotas { get; } = [];

    public Dictionary<Address, UInt128> Credits { get; } = [];

    public Dictionary<(Address Payer, Address Client), UInt128> Allowances { get; } = [];

    public Dictionary<Address, Bond> Bonds { get; } = [];

    public Dictionary<Address, bool> Providers { get; } = [];

    public Dictionary<Address, uint> Nonces { get; } = [];

    public Dictionary<Address, byte> Cohorts { get; } = [];

    public Dictionary<uint, (uint Threshold, uint Target)> Reservoirs { get; } = [];

    public Dictionary<byte, ulong> Scheduled { get; } = [];

    public ulong PauseBits { get; private set; }

    public Address Admin { get; private set; }

    public Address PendingAdmin { get; private set; }

    public IReadOnlyList<Address> Signers { get; private set; } = [];

    public int Threshold { get; private set; }

    public ulong RotationAt { get; private set; }

    public ulong Era { get; private set; }

    /// <summary>Whether only a new era can follow.</summary>
    public bool EraClosed { get; private set; }

    /// <summary>Reports that stand, by sequence.</summary>
    public List<KnownReport> Reports { get; } = [];

    /// <summary>Void reports that are not reopened, by sequence.</summary>
    public List<KnownReport> Void { get; } = [];

    public void Apply(LedgerEvent e, ulong time)
    {
        switch (e)
        {
            case ReservationRequested requested:
                var booking = new KnownBooking(requested) { RequestedAt = time };
                Bookings.Add(booking);
                _bookings[requested.Id] = booking;
                break;
            case ReservationEvent of: Apply(_bookings[of.Id], of); break;
            case OrderOpened opened:
                Orders.Add(_orders[opened.Id] = new KnownOrder(opened));
                break;
            case OrderEvent order: _orders[order.Id].Status = StatusOf(order); break;
            case LotRegistered lot: Lots.Add(_lots[lot.Data.Id] = new KnownLot(lot)); break;
            case LotMoved moved: _lots[moved.Data.Id].Status = moved.Data.Status; break;
            case PathChanged { Data: var data } when data.Lanes > 0
                && _bookings.TryGetValue(IdOf(data.Key), out var holder):
                holder.HasPath = true;
                break;
            default: ApplyToRealm(e); break;
        }
    }

    private static void Apply(KnownBooking booking, ReservationEvent e)
    {
        switch (e)
        {
            case ReservationDecided decided: booking.Status = (ReservationStatus)decided.Data.Status; break;
            case ReservationExtended extended: booking.End = extended.Data.End; break;
            case ReservationReleased released:
                (booking.Status, booking.End) = (ReservationStatus.Ended, released.Data.End);
                break;
            case ReservationCancelled: booking.Status = ReservationStatus.Cancelled; break;
            case ReservationExpired: booking.Status = ReservationStatus.Expired; break;
            case ReservationRefunded: booking.Status = ReservationStatus.Refunded; break;
            case ReservationSettled: booking.Status = ReservationStatus.Settled; break;
            case ReservationReopened reopened:
                (booking.Status, booking.RequestedAt) = (ReservationStatus.Requested, reopened.Data.RequestedAt);
                break;
            case TakeRequested take: booking.Takes += take.Data.Count; break;
            case ShareOffered { Data: var offer }: booking.Members[offer.Member] = (offer.SharePpm, false); break;
            case ShareAccepted { Data: var taken }:
                booking.Members[taken.Member] = (booking.Members[taken.Member].Ppm, true);
                break;
            case ShareLeft left: booking.Members.Remove(left.Data.Member); break;
            default: break;
        }
    }

    private static byte StatusOf(OrderEvent e) => e switch
    {
        OrderAccepted => KnownOrder.Accepted,
        OrderDelivered => 3,
        OrderFailed => 4,
        _ => 5,
    };

    private void ApplyToRealm(LedgerEvent e)
    {
        switch (e)
        {
            case SiteRegistered: Sites++; break;
            case LinkRegistered link: Links.Add(link); break;
            case PoolRegistered pool: Pools.Add(pool.Data.Terms); break;
            case KindRegistered kind: Kinds.Add(kind.Data.Kind); break;
            case PoolIsolationSet set: Isolated[set.Data.Id] = set.Data.Isolated; break;
            case QuotasSet set: Quotas[set.Data.Id] = set.Data.Quotas; break;
            case AccountChanged changed: Credits[changed.Data.Account] = changed.Data.Credit; break;
            case Withdrawn withdrawn: Credits[withdrawn.Data.Account] = 0; break;
            case AllowanceChanged { Data: var data }: Allowances[(data.Payer, data.Client)] = data.Allowance; break;
            case BondChanged bond: Bonds[bond.Data.Provider] = bond.Data.Bond; break;
            case ProviderSet set: Providers[set.Data.Provider] = set.Data.Active; break;
            case NonceUsed used: Nonces[used.Data.Client] = used.Data.Nonce; break;
            case CohortSet set: Cohorts[set.Data.Account] = set.Data.Cohort; break;
            case ReservoirSet set: Reservoirs[set.Data.Pool] = (set.Data.Threshold, set.Data.Target); break;
            default: ApplyToOffices(e); break;
        }
    }

    private void ApplyToOffices(LedgerEvent e)
    {
        switch (e)
        {
            case ParameterScheduled { Data: var data }: Scheduled[data.Parameter] = data.ApplicableAt; break;
            case ParameterSet set: Scheduled[set.Data.Parameter] = 0; break;
            case PausedSet set: PauseBits = (ulong)set.Data.Bits; break;
            case AdminTransferStarted started: PendingAdmin = started.Data.PendingAdmin; break;
            case AdminTransferred moved: (Admin, PendingAdmin) = (moved.Data.Admin, Address.Zero); break;
            case ConfigSet { Data: var data }:
                (Signers, Threshold, RotationAt) = (data.Signers, data.Threshold, 0);
                break;
            case RotationScheduled rotation: RotationAt = rotation.Data.ExecutableAt; break;
            case EraStarted era: (Era, EraClosed) = (era.Data.Era, false); break;
            case ReportSettled settled: Reports[(int)settled.Data.Sequence - 1].IsSettled = true; break;
            case ReportsDisabled disabled:
                var first = (int)disabled.Data.From - 1;
                Void.InsertRange(0, Reports[first..]);
                Reports.RemoveRange(first, Reports.Count - first);
                EraClosed = true;
                break;
            case ReportReopened: Void.RemoveAt(Void.Count - 1); break;
            default: break;
        }
    }

    // A reservation's path is kept under its id; an operator's key is a hash, whose upper half is never all zero.
    private static UInt128 IdOf(Bytes32 key)
    {
        var bytes = key.ToArray();
        return bytes.AsSpan(0, 16).ContainsAnyExcept((byte)0)
            ? 0 : System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes.AsSpan(16));
    }
}
