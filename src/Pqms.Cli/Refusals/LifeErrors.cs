using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using static Pqms.Cli.Refusals.LedgerProblems;

namespace Pqms.Cli.Refusals;

/// <summary>Why an act on a reservation was refused.</summary>
internal static class LifeErrors
{
    public static IEnumerable<Func<byte[], Refusal?>> Lives() =>
    [
        On<Allocation.NotClientError>(Allocation.NotClientError.TryDecode, e => new Refusal(
            e.Client == Address.Zero
                ? $"{ReservationIds.ToText(e.Id)} is not on this ledger"
                : $"{e.Caller} is not the client of {ReservationIds.ToText(e.Id)}, nor a member that accepted a share",
            e.Client == Address.Zero ? "an id that was requested" : $"its client {e.Client}, and for takes its members",
            "'pqms reservations' lists them; sign with --keystore, PQMS_PRIVATE_KEY or --account")),
        On<Allocation.NotActiveError>(Allocation.NotActiveError.TryDecode, e => new Refusal(
            $"{ReservationIds.ToText(e.Id)} is not active: it is {Status(e.Status)}",
            "a reservation that is Granted, from its start to its end",
            $"pqms audit {ReservationIds.ToText(e.Id)}")),
        On<Allocation.TakeRateExceededError>(Allocation.TakeRateExceededError.TryDecode, e => new Refusal(
            $"{e.Wanted} takes are beyond the entitlement of {ReservationIds.ToText(e.Id)}",
            $"{e.Available} takes now",
            "take fewer, or wait: the entitlement refills at its takes per minute")),
        On<Allocation.TakeCountZeroError>(Allocation.TakeCountZeroError.TryDecode, _ => new Refusal(
            "0 takes are no take",
            "at least 1",
            "correct --count")),
        On<Allocation.WrongStatusError>(Allocation.WrongStatusError.TryDecode, e => new Refusal(
            $"{ReservationIds.ToText(e.Id)} is {Status(e.Status)}, which does not allow this",
            "release, extend: Granted; cancel: Requested, or Granted before its start; expire: Requested; "
                + "refund: Granted or Ended; share: Requested or Granted",
            $"pqms audit {ReservationIds.ToText(e.Id)}")),
        On<Allocation.PathFixedError>(Allocation.PathFixedError.TryDecode, e => new Refusal(
            $"{ReservationIds.ToText(e.Id)} has links booked with it, which cannot be made longer",
            "a reservation without --path",
            "reserve the further time anew")),
        On<Allocation.NotYetError>(Allocation.NotYetError.TryDecode, e => new Refusal(
            $"it is too early for {ReservationIds.ToText(e.Id)}",
            $"from {Time(e.Until)} on",
            "try again then")),
        On<Allocation.MissingRoleError>(Allocation.MissingRoleError.TryDecode, e => new Refusal(
            $"{e.Caller} lacks the role {Role(e.Needed)}",
            "an account with that role",
            "sign with its key, or ask the admin for 'pqms role set'")),
        On<Allocation.NotHubError>(Allocation.NotHubError.TryDecode, e => new Refusal(
            $"{e.Caller} is not the report hub",
            "the hub only",
            "hand reports in through the hub")),
    ];

    public static IEnumerable<Func<byte[], Refusal?>> Shares() =>
    [
        On<Allocation.BadMemberError>(Allocation.BadMemberError.TryDecode, e => new Refusal(
            $"{e.Member} cannot be a member of {ReservationIds.ToText(e.Id)}",
            "an account that is neither zero nor the client",
            "correct --member")),
        On<Allocation.ShareOutOfRangeError>(Allocation.ShareOutOfRangeError.TryDecode, e => new Refusal(
            $"a share of {Fraction(e.SharePpm)} of {ReservationIds.ToText(e.Id)} is out of range",
            $"up to {Fraction(e.Free)}, which others have not accepted; an accepted share stands",
            "offer less, or to somebody else")),
        On<Allocation.NoOfferError>(Allocation.NoOfferError.TryDecode, e => new Refusal(
            $"{e.Caller} has no open offer of {ReservationIds.ToText(e.Id)}",
            "a member whom the client offered a share",
            "ask the client for 'pqms share offer'")),
        On<Allocation.ShareExceededError>(Allocation.ShareExceededError.TryDecode, e => new Refusal(
            $"{e.Wanted} takes are beyond the share of {e.Taker} in {ReservationIds.ToText(e.Id)}",
            $"{e.Available} takes now",
            "take fewer, or wait: the share grows with the entitlement")),
    ];

    private static string Status(byte status) => ((ReservationStatus)status).ToString();
}
