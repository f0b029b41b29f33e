using System.Numerics;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>How a life ends early or is settled: fees, what was paid, penalties.</summary>
internal sealed partial class LifeBook
{
    // The ledger's constants: a tenth of the next 900 s for a release, 1 % at a lead of 28 days for a cancellation,
    // penalties below 99 % delivered and up to 20 % of the price.
    private const ulong FeeSeconds = 900;
    private const uint FeeDivisor = 10;
    private const uint CancelDivisor = 100 * 28 * 86_400;
    private const uint TargetPercent = 99;
    private const uint PenaltyPercent = 20;

    private void Release(ReservationLife life, ReservationReleased e, ulong time)
    {
        var end = Math.Max(time, life.Start);
        Expect(AuditRule.Transition, e, "released end", e.Data.End, end);
        var (booked, left) = (life.BookedEnd - life.Start, life.BookedEnd - Math.Min(end, life.BookedEnd));
        var due = booked == 0 ? 0 : (BigInteger)life.Price * (end - life.Start) / booked;
        Expect(AuditRule.Money, e, "price due", e.Data.PriceDue, due);
        var fee = booked == 0 ? 0 : (BigInteger)life.Price * Math.Min(left, FeeSeconds) / (booked * FeeDivisor);
        Expect(AuditRule.Money, e, "fee", e.Data.Fee, fee);
        Move(life, ReservationStatus.Ended, time, e, $"released at {e.Data.End}, price due {e.Data.PriceDue} wei");
        life.WasReleased = true;
        life.End = e.Data.End;
        life.PriceDue = e.Data.PriceDue;
        life.Fees += e.Data.Fee;
        life.Refund += life.Held - UInt128.Min(life.Held, e.Data.PriceDue + e.Data.Fee);
        life.Held = e.Data.PriceDue;
    }

    private void Cancel(ReservationLife life, ReservationCancelled e, ulong time)
    {
        if (life.Status == ReservationStatus.Granted && time >= life.Start)
        {
            fault(AuditRule.Transition, e, e.Id, $"cancelled at {time}, begun at {life.Start}");
        }

        var granted = life.Status == ReservationStatus.Granted;
        var lead = granted && life.Start > life.RequestedAt ? life.Start - life.RequestedAt : 0;
        Expect(AuditRule.Money, e, "fee", e.Data.Fee, (BigInteger)life.Price * lead / CancelDivisor);
        life.Fees += e.Data.Fee;
        life.Held -= UInt128.Min(life.Held, e.Data.Fee);
        GiveBack(life, ReservationStatus.Cancelled, time, e, $"given up by the client, fee {e.Data.Fee} wei");
    }

    private void Settle(ReservationLife life, ReservationSettled e, ulong time)
    {
        Move(
            life,
            ReservationStatus.Settled,
            time,
            e,
            $"delivered {e.Data.Delivered} of {e.Data.Promised} ppm slot-seconds, paid {e.Data.Paid} wei");
        life.Settlement = e;
        var promised = new BigInteger(life.Terms.Slots) * (life.End - life.Start) * Ppm.One;
        Expect(AuditRule.Money, e, "promised", e.Data.Promised, promised);
        if (e.Data.Delivered > e.Data.Promised)
        {
            fault(AuditRule.Money, e, e.Id, $"delivered {e.Data.Delivered} of {e.Data.Promised} promised");
            return;
        }

        var price = (BigInteger)life.PriceDue;
        var delivered = (BigInteger)e.Data.Delivered;
        var paid = promised.IsZero ? 0 : price * delivered / promised;
        Expect(AuditRule.Money, e, "paid", e.Data.Paid, paid);
        Expect(AuditRule.Money, e, "refund", e.Data.Refund, price - paid);
        var missed = delivered * 100 < promised * TargetPercent;
        life.PenaltyDue = missed
            ? BigInteger.Min(price * (promised - delivered) / promised, price * PenaltyPercent / 100) : 0;
        (life.Paid, life.Penalty, life.Held) = (e.Data.Paid, e.Data.Penalty, 0);
        life.Refund += e.Data.Refund;
    }
}
