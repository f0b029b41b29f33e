using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>Requests: own, signed and relayed, made longer.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Requests slots and locks the price. Safe to repeat with the same id and terms.</summary>
    /// <param name="id">Drawn by <see cref="ReservationIds.New"/> and stored by the caller before this call.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="valueWei">Wei to send; what the price leaves of it stays the payer's credit. Null sends what the
    /// payer's credit lacks of <see cref="ReservationTerms.MaxCostWei"/> or, when that is less, of the quote and a
    /// tenth.</param>
    /// <param name="cancellationToken">Ends the wait; a transaction already sent may still be mined.</param>
    /// <returns>The booking; without receipt when the id had been booked before with these terms.</returns>
    /// <exception cref="ReservationConflictException">The id was used with other terms or by another
    /// client.</exception>
    /// <exception cref="RevertException">The ledger refuses; its error names the value and what is allowed.</exception>
    public Task<RequestResult> RequestAsync(
        UInt128 id, ReservationTerms terms, UInt128? valueWei = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var call = Contracts.Allocation.Request(id, terms.ToTerms());
        return BookAsync(id, terms, [], Sender().Address, call, valueWei, cancellationToken);
    }

    /// <summary>Hands in a request that another client signed; the sender pays the gas.</summary>
    /// <param name="id">The signed id.</param>
    /// <param name="terms">The signed terms; with <see cref="ReservationTerms.Payer"/> the sender, it pays too.</param>
    /// <param name="client">Who signed.</param>
    /// <param name="nonce">The client's next nonce, as signed.</param>
    /// <param name="signature">65 bytes r, s, v over <see cref="RequestDigestAsync"/>, or what the client's contract
    /// takes (EIP-1271).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>As for <see cref="RequestAsync"/>.</returns>
    /// <exception cref="RevertException">The ledger refuses.</exception>
    public Task<RequestResult> RelayAsync(
        UInt128 id,
        ReservationTerms terms,
        Address client,
        uint nonce,
        byte[] signature,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(signature);
        var call = Contracts.Allocation.RequestSigned(id, terms.ToTerms(), client, nonce, signature);
        var value = terms.Payer == Sender().Address ? (UInt128?)null : 0;
        return BookAsync(id, terms, [], client, call, value, cancellationToken);
    }

    /// <summary>What a client signs for <see cref="RelayAsync"/>, as the ledger computes it.</summary>
    /// <param name="id">The id.</param>
    /// <param name="terms">The terms, with a deadline.</param>
    /// <param name="client">Who will sign.</param>
    /// <param name="nonce">The client's next nonce, from <see cref="GetClientAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The EIP-712 digest.</returns>
    public Task<Bytes32> RequestDigestAsync(
        UInt128 id, ReservationTerms terms, Address client, uint nonce, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Contracts.Allocation.RequestDigest(id, terms.ToTerms(), client, nonce)
            .CallAsync(_rpc, null, null, cancellationToken);
    }

    /// <summary>Makes a granted window longer, at the price of now.</summary>
    /// <param name="id">A reservation of the sender, granted and not over.</param>
    /// <param name="extraSeconds">At least 1; the whole window stays within four hours.</param>
    /// <param name="maxCostWei">Most that the extension may cost; sent along, the rest stays credit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; its <see cref="ReservationExtended"/> holds end and price.</returns>
    /// <exception cref="RevertException">The ledger refuses.</exception>
    public Task<LedgerReceipt> ExtendAsync(
        UInt128 id, ulong extraSeconds, UInt128 maxCostWei, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.Extend(id, extraSeconds, maxCostWei), maxCostWei, null, cancellationToken);

    /// <summary>The log that booked a reservation.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The log, or null when the id was never used.</returns>
    public async Task<ReservationRequested?> FindRequestAsync(UInt128 id, CancellationToken cancellationToken = default)
    {
        var now = await MomentAsync(BlockTag.Latest, cancellationToken);
        var logs = await _logs.ReadAsync(
            _addresses.DeployedAtBlock,
            now.Block,
            [_addresses.ParticleAllocation],
            [[ParticleAllocationContract.ReservationRequestedEvent.Topic0], [Topics.Of(id)]],
            cancellationToken);
        return logs.Count == 0 ? null : (ReservationRequested)LedgerLogs.Decode(logs[0], _addresses)!;
    }

    private async Task<RequestResult> BookAsync(
        UInt128 id,
        ReservationTerms terms,
        IReadOnlyList<uint> links,
        Address client,
        ContractCall call,
        UInt128? valueWei,
        CancellationToken cancellation)
    {
        if (await FindSameAloneAsync(id, terms, links, client, cancellation) is { } before)
        {
            return new RequestResult(before, null);
        }

        try
        {
            var value = valueWei ?? await LackingAsync(terms, client, cancellation);
            var receipt = await SendAsync(call, value, null, cancellation);
            return new RequestResult(receipt.Events.OfType<ReservationRequested>().First(e => e.Id == id), receipt);
        }
        catch (RevertException refused) when (refused.Decoded?.Name == "ParticleAllocation_IdUsed")
        {
            // An earlier transaction of ours may have been mined between the look and the send.
            return await FindSameAloneAsync(id, terms, links, client, cancellation) is { } same
                ? new RequestResult(same, null)
                : throw new InvalidOperationException($"{ReservationIds.ToText(id)} is used, but has no log.", refused);
        }
    }

    private async Task<ReservationRequested?> FindSameRequestAsync(
        UInt128 id,
        ReservationTerms terms,
        IReadOnlyList<uint> links,
        Address client,
        CancellationToken cancellation)
    {
        var status = await Contracts.Allocation.StatusOf(id).CallAsync(_rpc, null, null, cancellation);
        if (status == (byte)ReservationStatus.None || await FindRequestAsync(id, cancellation) is not { } before)
        {
            return null;
        }

        var stored = ReservationTerms.Hash(before.Data.Terms);
        var given = terms.Hash();
        if (stored != given || before.Data.Client != client)
        {
            throw new ReservationConflictException(id, stored, given, before.Data.Client, client);
        }

        var booked = await LinksBookedAsync(before, cancellation);
        return booked.SequenceEqual(links)
            ? before
            : throw new ReservationConflictException(
                id, stored, $"links {Names(booked)} were booked with it, {Names(links)} are asked for now");
    }

    private async Task<UInt128> LackingAsync(
        ReservationTerms terms, Address client, CancellationToken cancellation)
    {
        var payer = terms.Payer == default ? client : terms.Payer;
        if (payer != Sender().Address)
        {
            return 0;
        }

        var wanted = await WithMarginAsync(terms, client, cancellation);
        var credit = await Contracts.Treasury.CreditOf(payer).CallAsync(_rpc, null, null, cancellation);
        return credit >= (UInt256)wanted ? 0 : wanted - (UInt128)credit;
    }

    // A price that follows demand may have risen by the block that includes the request; a fixed one has not.
    private async Task<UInt128> WithMarginAsync(ReservationTerms terms, Address client, CancellationToken cancellation)
    {
        const uint marginDivisor = 10;
        var pool = await Contracts.Network.Pool(terms.PoolId).CallAsync(_rpc, null, null, cancellation);
        var quote = (UInt128)await PriceAsync(terms, client, null, cancellation);
        var margin = pool.Terms.Price.Scale == 0 ? 0 : quote / marginDivisor;
        return UInt128.Max(quote, UInt128.Min(quote + margin, terms.MaxCostWei));
    }
}
