using Microsoft.AspNetCore.Http;
using Pqms.Sdk;

namespace Pqms.Node.Live;

/// <summary>What is to be requested, taken or released.</summary>
/// <param name="Id">The reservation; a request may leave it out and is given a drawn one.</param>
/// <param name="Pool">A request's pool, from 1.</param>
/// <param name="Slots">A request's slots.</param>
/// <param name="Seconds">A request's window from now on, 1 to 14,400.</param>
/// <param name="Fidelity">A request's least fidelity, above 0.5, at most 1.</param>
/// <param name="TakesPerMinute">A request's entitlement; 0 refills nothing after the first burst.</param>
/// <param name="MaxCostWei">A request's price limit, as text; without it what it costs.</param>
/// <param name="Count">Pairs of a take.</param>
internal sealed record OrderMessage(
    string? Id = null, uint Pool = 0, uint Slots = 0, ulong Seconds = 0, double Fidelity = 0, uint TakesPerMinute = 0,
    string? MaxCostWei = null, uint Count = 1)
{
    /// <summary>What an order is, in words.</summary>
    public const string Allowed = "JSON with pool, slots, seconds, fidelity, or with id (and count for a take)";

    private readonly UInt128 _drawn = ReservationIds.New();

    /// <summary>A request's terms; null when they cannot be understood.</summary>
    public ReservationTerms? Terms =>
        (MaxCostWei is null || UInt128.TryParse(MaxCostWei, out _))
        && LiveRoutes.TermsOf(Pool, Slots, Seconds, Fidelity) is { } terms
            ? terms with
            {
                TakesPerMinute = TakesPerMinute,
                MaxCostWei = MaxCostWei is null ? UInt128.MaxValue : UInt128.Parse(MaxCostWei, null),
            }
            : null;

    /// <summary>The reservation's id: given, or drawn once.</summary>
    /// <param name="kind">request, take or release.</param>
    public UInt128 IdFor(string kind) => Id is null && kind == "request" ? _drawn
        : ReservationIds.TryParse(Id ?? "", out var id) ? id
        : throw new InvalidOperationException("The order was not checked.");

    /// <summary>What is wrong; null when nothing is.</summary>
    /// <param name="kind">request, take or release.</param>
    public IResult? Check(string kind)
    {
        if ((Id is not null || kind != "request") && !ReservationIds.TryParse(Id ?? "", out _))
        {
            return LiveRoutes.Wrong($"'{Id}' is no reservation id", "resource-id-<number> or the number");
        }

        if (kind != "request")
        {
            return Count == 0 ? LiveRoutes.Wrong("count 0", "1 or more") : null;
        }

        return Terms is not { } terms
            ? LiveRoutes.Wrong($"fidelity {Fidelity}, maxCostWei {MaxCostWei}", "above 0.5, at most 1; wei below 2^128")
            : terms.Check() is { Count: > 0 } problems ? LiveRoutes.Wrong(string.Join("; ", problems), Allowed) : null;
    }
}

/// <summary>A transaction that is neither signed nor sent.</summary>
/// <param name="Id">The reservation.</param>
/// <param name="To">The contract.</param>
/// <param name="Data">Call data.</param>
/// <param name="ValueWei">Wei to send along, as text; what the price leaves stays the payer's credit.</param>
/// <param name="ChainId">The chain on which it is valid.</param>
public sealed record TransactionAnswer(string Id, string To, string Data, string ValueWei, ulong ChainId);

/// <summary>A transaction that was sent and mined.</summary>
/// <param name="Id">The reservation.</param>
/// <param name="Transaction">Its hash; null when the very same request was booked before.</param>
/// <param name="Block">Its block.</param>
public sealed record SentAnswer(string Id, string? Transaction, ulong? Block);
