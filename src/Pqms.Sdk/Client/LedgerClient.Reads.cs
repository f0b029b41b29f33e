using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>Reads: each answer belongs to one block, which it names.</summary>
public sealed partial class LedgerClient
{
    /// <summary>A block's height and time; the client's only clock.</summary>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The moment.</returns>
    /// <exception cref="InvalidOperationException">The node has no such block.</exception>
    public async Task<ChainMoment> MomentAsync(BlockTag at = default, CancellationToken cancellationToken = default)
    {
        var header = await _rpc.GetBlockAsync(at, cancellationToken)
            ?? throw new InvalidOperationException($"The node has no block {at}.");
        return new ChainMoment(header.Number, header.Timestamp);
    }

    /// <summary>What a request would cost, and every reason the ledger would refuse it for now.</summary>
    /// <param name="terms">The terms; a start of 0 is quoted as the next second.</param>
    /// <param name="client">Whose cohort counts; null for the sender, or nobody's when this client only reads.</param>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The quote; nothing is held by it.</returns>
    public async Task<Quote> QuoteAsync(
        ReservationTerms terms,
        Address? client = null,
        BlockTag at = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var now = await MomentAsync(at, cancellationToken);
        var problems = new List<string>(terms.Check());
        var start = terms.StartSeconds == 0 ? now.TimeSeconds + 1 : terms.StartSeconds;
        var end = checked(start + terms.DurationSeconds);
        var count = await Contracts.Network.PoolCount().CallAsync(_rpc, now.Block, null, cancellationToken);
        if (terms.PoolId == 0 || terms.PoolId > count)
        {
            problems.Add($"pool {terms.PoolId} is unknown: 1..{count}");
            return new Quote(now, null, start, end, 0, 0, problems);
        }

        var pool = await ReadPoolAsync(terms.PoolId, now, cancellationToken);
        QuoteChecks.Pool(problems, terms, pool, now, start);
        if (terms.DurationSeconds is 0 or > ReservationTerms.MaxDurationSeconds
            || terms.Slots is 0 or > ReservationTerms.MaxSlots)
        {
            return new Quote(now, pool, start, end, 0, 0, problems);
        }

        var free = await Contracts.Network.FreeSlots(terms.PoolId, start, end)
            .CallAsync(_rpc, now.Block, null, cancellationToken);
        var price = UInt128.Zero;
        string? reason = null;
        try
        {
            var asked = client ?? _sender?.Address ?? default;
            price = (UInt128)await PriceAsync(terms, asked, now.Block, cancellationToken);
        }
        catch (RevertException refused) when (refused.Decoded is { } error)
        {
            reason = error.Text;
        }

        QuoteChecks.Money(problems, terms, price, free);
        if (problems.Count == 0 && reason is not null)
        {
            problems.Add($"the ledger refuses: {reason}");
        }

        return new Quote(now, pool, start, end, price, free, problems);
    }

    /// <summary>One reservation.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reservation, or null when the id was never used.</returns>
    public async Task<ReservationInfo?> GetReservationAsync(
        UInt128 id, BlockTag at = default, CancellationToken cancellationToken = default)
    {
        var now = await MomentAsync(at, cancellationToken);
        var stored = Contracts.Allocation.Reservation(id).CallAsync(_rpc, now.Block, null, cancellationToken);
        var status = Contracts.Allocation.StatusOf(id).CallAsync(_rpc, now.Block, null, cancellationToken);
        await Task.WhenAll(stored, status);
        if (await status == (byte)ReservationStatus.None)
        {
            return null;
        }

        var takes = await Contracts.Allocation.TakeTokens(id, (await stored).Client)
            .CallAsync(_rpc, now.Block, null, cancellationToken);
        return new ReservationInfo(id, now, (ReservationStatus)await status, await stored, takes);
    }

    /// <summary>All reservations, by the order of their requests.</summary>
    /// <param name="client">Only this client's; null for everybody's.</param>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Each as of the same block.</returns>
    public async Task<IReadOnlyList<ReservationInfo>> ReservationsAsync(
        Address? client = null, BlockTag at = default, CancellationToken cancellationToken = default)
    {
        var now = await MomentAsync(at, cancellationToken);
        var topics = new List<Bytes32[]> { new[] { ParticleAllocationContract.ReservationRequestedEvent.Topic0 } };
        if (client is { } wanted)
        {
            topics.Add([]);
            topics.Add([Topics.Of(wanted)]);
        }

        var events = await _logs.ReadAsync(
            _addresses.DeployedAtBlock, now.Block, [_addresses.ParticleAllocation], topics, cancellationToken);
        var found = new List<ReservationInfo>(events.Count);
        foreach (var log in events)
        {
            var requested = (ReservationRequested)LedgerLogs.Decode(log, _addresses)!;
            found.Add((await GetReservationAsync(requested.Id, now.Block, cancellationToken))!);
        }

        return found;
    }

    /// <summary>All pools, by id.</summary>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The pools with what is free in the block's bucket.</returns>
    public async Task<IReadOnlyList<PoolInfo>> ListPoolsAsync(
        BlockTag at = default, CancellationToken cancellationToken = default)
    {
        var now = await MomentAsync(at, cancellationToken);
        var count = await Contracts.Network.PoolCount().CallAsync(_rpc, now.Block, null, cancellationToken);
        var pools = new PoolInfo[count];
        for (uint id = 1; id <= count; id++)
        {
            pools[id - 1] = await ReadPoolAsync(id, now, cancellationToken);
        }

        return pools;
    }

    /// <summary>Credit that an account can withdraw.</summary>
    /// <param name="account">The account.</param>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Wei.</returns>
    public Task<UInt128> CreditAsync(
        Address account, BlockTag at = default, CancellationToken cancellationToken = default) =>
        Contracts.Treasury.CreditOf(account).CallAsync(_rpc, at, null, cancellationToken);

    /// <summary>The ledger's events of a range of blocks, in chain order.</summary>
    /// <param name="fromBlock">First block; earlier than the deployment is read as the deployment.</param>
    /// <param name="to">Last block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Every event, none left out.</returns>
    /// <exception cref="FormatException">A contract of the ledger emitted what this version does not know.</exception>
    public async Task<IReadOnlyList<LedgerEvent>> EventsAsync(
        ulong fromBlock = 0, BlockTag to = default, CancellationToken cancellationToken = default)
    {
        var now = await MomentAsync(to, cancellationToken);
        var from = Math.Max(fromBlock, _addresses.DeployedAtBlock);
        var logs = await _logs.ReadAsync(from, now.Block, _addresses.ToArray(), null, cancellationToken);
        return logs.Select(log => LedgerLogs.Decode(log, _addresses)!).ToArray();
    }

    /// <summary>Accepted reports, in order of their sequence.</summary>
    /// <param name="fromBlock">First block to search.</param>
    /// <param name="to">Last block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Each with the whole report and the time of its acceptance.</returns>
    public async Task<IReadOnlyList<ReportAccepted>> ReportsAsync(
        ulong fromBlock = 0, BlockTag to = default, CancellationToken cancellationToken = default)
    {
        var now = await MomentAsync(to, cancellationToken);
        var logs = await _logs.ReadAsync(
            Math.Max(fromBlock, _addresses.DeployedAtBlock),
            now.Block,
            [_addresses.ReportHub],
            [[ReportHubContract.ReportAcceptedEvent.Topic0]],
            cancellationToken);
        return logs.Select(log => (ReportAccepted)LedgerLogs.Decode(log, _addresses)!).ToArray();
    }

    /// <summary>Asks the hub whether a leaf is in a report that its ring still holds.</summary>
    /// <param name="proof">The proof; check it locally too, the hub forgets after 65,536 reports.</param>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hub's answer.</returns>
    public Task<bool> VerifyEventAsync(
        InclusionProof proof, BlockTag at = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var data = proof.Report.Data;
        return Contracts.Hub
            .VerifyEvent(data.Report, data.AcceptedAt, proof.Index, proof.Payload, [.. proof.Siblings])
            .CallAsync(_rpc, at, null, cancellationToken);
    }

    // The allocation passes on what the network refuses: only the table of all contracts can name it.
    private Task<UInt256> PriceAsync(
        ReservationTerms terms, Address client, BlockTag? at, CancellationToken cancellation)
    {
        var call = Contracts.Allocation.Quote(terms.ToTerms(), client);
        var naming = new ContractCall<UInt256>(call.To, call.Data, call.Signature, call.Decode)
        {
            Errors = LedgerErrors.Decode,
        };
        return naming.CallAsync(_rpc, at, null, cancellation);
    }

    private async Task<PoolInfo> ReadPoolAsync(uint id, ChainMoment now, CancellationToken cancellation)
    {
        var pool = await Contracts.Network.Pool(id).CallAsync(_rpc, now.Block, null, cancellation);
        var a = Contracts.Network.Site(pool.Terms.A).CallAsync(_rpc, now.Block, null, cancellation);
        var hasB = pool.Terms.B != 0;
        var b = hasB ? Contracts.Network.Site(pool.Terms.B).CallAsync(_rpc, now.Block, null, cancellation) : a;
        var free = Contracts.Network.FreeSlots(id, now.TimeSeconds, now.TimeSeconds + 1)
            .CallAsync(_rpc, now.Block, null, cancellation);
        await Task.WhenAll(a, b, free);
        return new PoolInfo(
            id,
            pool.Terms.Name,
            pool.Terms.Kind,
            (await a).Name,
            hasB ? (await b).Name : string.Empty,
            Ppm.FromParts(pool.Terms.FidelityFloorPpm),
            pool.Terms.Capacity,
            await free,
            pool.Terms.Price.Floor,
            pool.Terms.Price,
            pool.Terms.Provider,
            pool.Isolated);
    }
}
