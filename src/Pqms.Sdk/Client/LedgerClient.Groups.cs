using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>Requests that book more than one thing: several at once, or links along a path.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Requests slots, and as many lanes on every link of a path between the pool's ends. Safe to repeat with
    /// the same id, terms and links.</summary>
    /// <param name="id">As for <see cref="RequestAsync"/>.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="links">1 to 12 links, in order from one end to the other.</param>
    /// <param name="valueWei">As for <see cref="RequestAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>As for <see cref="RequestAsync"/>.</returns>
    /// <exception cref="ReservationConflictException">The id was used with other terms or links, or by another
    /// client.</exception>
    /// <exception cref="RevertException">The ledger refuses.</exception>
    public Task<RequestResult> RequestPathAsync(
        UInt128 id,
        ReservationTerms terms,
        IReadOnlyList<uint> links,
        UInt128? valueWei = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(links);
        var call = Contracts.Allocation.RequestPath(id, terms.ToTerms(), [.. links]);
        return BookAsync(id, terms, links, Sender().Address, call, valueWei, cancellationToken);
    }

    /// <summary>Makes 2 to 8 requests in one transaction, all or nothing; the mesh grants all or none. Safe to repeat
    /// with the same ids and terms in the same order.</summary>
    /// <param name="requests">Ids, drawn and stored as for <see cref="RequestAsync"/>, and terms with equal start,
    /// duration and payer.</param>
    /// <param name="valueWei">Wei to send. Null sends the quotes and, where the price follows demand, a tenth on
    /// top.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The bookings; without receipt when the same group had been booked before.</returns>
    /// <exception cref="ReservationConflictException">An id was used with other terms, by another client, or otherwise
    /// than in this group.</exception>
    /// <exception cref="RevertException">The ledger refuses one of them, so all.</exception>
    public async Task<GroupResult> RequestGroupAsync(
        IReadOnlyList<(UInt128 Id, ReservationTerms Terms)> requests,
        UInt128? valueWei = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (await FindSameGroupAsync(requests, cancellationToken) is { } before)
        {
            return new GroupResult(before, null);
        }

        var call = Contracts.Allocation.RequestGroup(
            [.. requests.Select(static r => r.Id)], [.. requests.Select(static r => r.Terms.ToTerms())]);
        try
        {
            var value = valueWei ?? await WithMarginAsync(requests, cancellationToken);
            var receipt = await SendAsync(call, value, null, cancellationToken);
            return new GroupResult([.. receipt.Events.OfType<ReservationRequested>()], receipt);
        }
        catch (RevertException refused) when (refused.Decoded?.Name == "ParticleAllocation_IdUsed")
        {
            // An earlier transaction of ours may have been mined between the look and the send.
            return await FindSameGroupAsync(requests, cancellationToken) is { } same
                ? new GroupResult(same, null)
                : throw new InvalidOperationException("An id of the group is used, but has no log.", refused);
        }
    }

    private async Task<UInt128> WithMarginAsync(
        IReadOnlyList<(UInt128 Id, ReservationTerms Terms)> requests, CancellationToken cancellation)
    {
        var value = UInt128.Zero;
        foreach (var (_, terms) in requests)
        {
            value += await WithMarginAsync(terms, Sender().Address, cancellation);
        }

        return value;
    }

    private async Task<IReadOnlyList<ReservationRequested>?> FindSameGroupAsync(
        IReadOnlyList<(UInt128 Id, ReservationTerms Terms)> requests, CancellationToken cancellation)
    {
        var found = new List<ReservationRequested>(requests.Count);
        foreach (var (id, terms) in requests)
        {
            if (await FindSameRequestAsync(id, terms, [], Sender().Address, cancellation) is { } before)
            {
                found.Add(before);
            }
        }

        if (found.Count == 0)
        {
            return null;
        }

        var group = await GroupBookedAsync(found[0], cancellation);
        return group.SequenceEqual(requests.Select(static request => request.Id))
            ? found
            : throw new ReservationConflictException(
                found[0].Id,
                ReservationTerms.Hash(found[0].Data.Terms),
                $"it was booked {(group.Count == 0 ? "alone" : $"with {Names(group)}")}, not with "
                + Names(requests.Select(static request => request.Id)));
    }

    private async Task<ReservationRequested?> FindSameAloneAsync(
        UInt128 id,
        ReservationTerms terms,
        IReadOnlyList<uint> links,
        Address client,
        CancellationToken cancellation)
    {
        if (await FindSameRequestAsync(id, terms, links, client, cancellation) is not { } before)
        {
            return null;
        }

        var group = await GroupBookedAsync(before, cancellation);
        return group.Count == 0
            ? before
            : throw new ReservationConflictException(
                id, ReservationTerms.Hash(before.Data.Terms), $"it was booked with {Names(group)}, not alone");
    }

    // The ids that were booked with this one, itself included; empty when it was booked alone.
    private async Task<IReadOnlyList<UInt128>> GroupBookedAsync(
        ReservationRequested booked, CancellationToken cancellation)
    {
        var logs = await _logs.ReadAsync(
            booked.Place.BlockNumber,
            booked.Place.BlockNumber,
            [_addresses.ParticleAllocation],
            [[ParticleAllocationContract.GroupRequestedEvent.Topic0]],
            cancellation);
        return logs.Select(log => ((GroupRequested)LedgerLogs.Decode(log, _addresses)!).Data.Ids)
            .FirstOrDefault(ids => ids.Contains(booked.Id)) ?? [];
    }

    private async Task<IReadOnlyList<uint>> LinksBookedAsync(
        ReservationRequested booked, CancellationToken cancellation)
    {
        var logs = await _logs.ReadAsync(
            booked.Place.BlockNumber,
            booked.Place.BlockNumber,
            [_addresses.EntanglementNetwork],
            [[EntanglementNetworkContract.PathChangedEvent.Topic0], [PathKeys.Of(booked.Id)]],
            cancellation);
        return logs.Count == 0 ? [] : ((PathChanged)LedgerLogs.Decode(logs[0], _addresses)!).Links;
    }

    private static string Names<T>(IEnumerable<T> things) =>
        things.Any() ? string.Join(", ", things) : "none";
}
