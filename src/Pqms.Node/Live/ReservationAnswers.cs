using Pqms.Sdk;
using Pqms.Sdk.Audit;

namespace Pqms.Node.Live;

/// <summary>A part of a list, newest first.</summary>
/// <param name="Total">How long the whole list is.</param>
/// <param name="Next">Ask with <c>before</c> of this for the next part; null at the end.</param>
/// <param name="Items">The part.</param>
public sealed record PageAnswer<T>(int Total, int? Next, IReadOnlyList<T> Items)
{
    internal static PageAnswer<T> Of<TSource>(
        IReadOnlyList<TSource> source, int? before, int limit, Func<TSource, T> make)
    {
        var end = Math.Clamp(before ?? source.Count, 0, source.Count);
        var start = Math.Max(0, end - limit);
        var items = new List<T>(end - start);
        for (var i = end - 1; i >= start; i--)
        {
            items.Add(make(source[i]));
        }

        return new PageAnswer<T>(source.Count, start > 0 ? start : null, items);
    }
}

/// <summary>A reservation in a list.</summary>
/// <param name="Id"><c>resource-id-</c> and its number.</param>
/// <param name="Status">Requested, Granted, Refused, Ended, Settled, Cancelled, Expired or Refunded.</param>
/// <param name="Client">Who asked.</param>
/// <param name="Pool">The pool's id.</param>
/// <param name="Slots">Standing places.</param>
/// <param name="StartSeconds">First second of the window, chain time.</param>
/// <param name="EndSeconds">First second after it.</param>
/// <param name="PriceWei">Wei locked for it, as text.</param>
/// <param name="Takes">Takes asked for.</param>
/// <param name="DeliveredShare">Share of the promised slot-seconds that was delivered; null before its
/// settlement.</param>
/// <param name="RequestedAtSeconds">Chain time of the request.</param>
public sealed record ReservationAnswer(
    string Id, string Status, string Client, uint Pool, uint Slots, ulong StartSeconds, ulong EndSeconds,
    string PriceWei, ulong Takes, double? DeliveredShare, ulong RequestedAtSeconds)
{
    internal static ReservationAnswer Of(ReservationLife life, ulong timeSeconds) => new(
        ReservationIds.ToText(life.Id), life.StatusAt(timeSeconds).ToString(), life.Client.ToString(),
        life.Terms.Pool, life.Terms.Slots, life.Start, life.End, life.Price.ToString(), life.Takes,
        life.Settlement is { } settled && life.Promised > 0
            ? (double)settled.Data.Delivered / (double)life.Promised
            : null,
        life.RequestedAt);
}

/// <summary>One reservation with its life.</summary>
/// <param name="Reservation">As in the list.</param>
/// <param name="FidelityMin">Least estimated fidelity asked for.</param>
/// <param name="TakesPerMinute">Entitlement.</param>
/// <param name="PaidWei">Wei that went to the provider for what it delivered, as text; so are the rest.</param>
/// <param name="FeesWei">Wei that went to the provider for a release or a cancellation.</param>
/// <param name="RefundWei">Wei that went back to the payer.</param>
/// <param name="PenaltyWei">Wei of the provider's bond that went to the payer.</param>
/// <param name="Steps">What happened, in chain order; the newest 200.</param>
public sealed record LifeAnswer(
    ReservationAnswer Reservation, double FidelityMin, uint TakesPerMinute, string PaidWei, string FeesWei,
    string RefundWei, string PenaltyWei, IReadOnlyList<StepAnswer> Steps)
{
    private const int MostSteps = 200;

    internal static LifeAnswer Of(ReservationLife life, ulong timeSeconds) => new(
        ReservationAnswer.Of(life, timeSeconds), life.Terms.FidelityMinPpm / (double)Ppm.One,
        life.Terms.TakesPerMinute, life.Paid.ToString(), life.Fees.ToString(), life.Refund.ToString(),
        life.Penalty.ToString(), [.. life.Steps.TakeLast(MostSteps).Select(StepAnswer.Of)]);
}

/// <summary>A step of a reservation's life.</summary>
/// <param name="TimeSeconds">Chain time.</param>
/// <param name="To">Status after it.</param>
/// <param name="Text">What happened, in words and figures.</param>
/// <param name="Block">Its block; null when time alone did it.</param>
/// <param name="Transaction">Its transaction's hash; null when time alone did it.</param>
public sealed record StepAnswer(ulong TimeSeconds, string To, string Text, ulong? Block, string? Transaction)
{
    internal static StepAnswer Of(LifeStep step) => new(
        step.TimeSeconds, step.To.ToString(), step.Text, step.Event?.Place.BlockNumber,
        step.Event?.Place.TransactionHash.ToString());
}
