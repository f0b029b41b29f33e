using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>Gets what stays away into a block: sends the same bytes again, replaces them by dearer ones, fills gaps in
/// the nonces.</summary>
internal sealed class TransactionRepair(
    ChainGuard chain, AccountBook book, AttemptWriter writer, FeeOracle fees, SemaphoreSlim gate, SenderOptions options,
    TimeProvider clock)
{
    // A node that refuses the same bytes three times, a resend interval apart, won't take them the fourth time.
    private const int MaxRejections = 3;

    private ulong? _gap;
    private long _gapSince;

    /// <summary>Does once what is due.</summary>
    /// <param name="open">The nonces that are in no block, ascending.</param>
    /// <param name="count">How many of the account's nonces are used.</param>
    /// <param name="refused">Told when a node refuses the same bytes again and again.</param>
    public async Task RunAsync(NonceSlot[] open, ulong count, Action<NonceSlot, Exception> refused)
    {
        if (!await ResendAsync(open, refused))
        {
            return;
        }

        try
        {
            foreach (var slot in open)
            {
                if (clock.GetElapsedTime(slot.PricedAt) >= options.ReplaceAfter)
                {
                    await ReplaceAsync(slot, isNext: slot.Nonce == count);
                }
            }

            await FillGapAsync(open, count);
        }
        catch (FeeLimitException)
        {
            // The network is dearer than allowed: what waits goes on waiting.
        }
    }

    /// <summary>Sends the same call, or an empty transfer, with fees that make nodes drop the earlier bytes.</summary>
    /// <returns>What became of it and why; null when the fees would rise above the limit. Accepted when there is
    /// nothing to
    /// replace any more.</returns>
    public async Task<(SendOutcome? Outcome, Exception? Reason)> ReplaceAsync(
        NonceSlot slot, TransactionContent content)
    {
        await slot.Gate.WaitAsync();
        try
        {
            return slot.IsClosed ? (SendOutcome.Accepted, null) : await ReplaceOpenAsync(slot, content);
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    private async Task<(SendOutcome? Outcome, Exception? Reason)> ReplaceOpenAsync(
        NonceSlot slot, TransactionContent content)
    {
        await chain.EnsureAsync();
        var market = await fees.MarketAsync(CancellationToken.None);
        slot.PricedAt = clock.GetTimestamp();
        if (fees.Raise(slot.LastOffer, market) is not { } offer)
        {
            return (null, null);
        }

        // Looked for from now on: it may be in a block before the node's answer is here.
        var before = slot.LastOffer;
        var attempt = await writer.KeepAsync(content, slot.Nonce, offer, CancellationToken.None);
        slot.Add(attempt, clock.GetTimestamp());
        var (outcome, reason) = await writer.DeliverAsync(attempt.Stored);
        if (outcome is SendOutcome.Rejected or SendOutcome.FeeTooLow)
        {
            // What a node calls too low the next offer starts from; any other refusal isn't about the offer.
            slot.AddEarlier(attempt);
            slot.LastOffer = outcome == SendOutcome.FeeTooLow ? offer : before;
        }

        return (outcome, reason);
    }

    // False when the node is out of reach: there is no use in going on.
    private async Task<bool> ResendAsync(NonceSlot[] open, Action<NonceSlot, Exception> refused)
    {
        foreach (var slot in open)
        {
            if (!slot.MustSend && clock.GetElapsedTime(slot.SentAt) < options.ResendInterval)
            {
                continue;
            }

            await chain.EnsureAsync();
            slot.SentAt = clock.GetTimestamp();
            slot.MustSend = false;
            var (outcome, reason) = await RawSender.SendAsync(chain, slot.Newest.Stored, CancellationToken.None);
            if (reason is RpcUnreachableException)
            {
                slot.MustSend = true;
                return false;
            }

            if (outcome == SendOutcome.FeeTooLow)
            {
                fees.Forget();
                await ReplaceAsync(slot, isNext: true);
            }

            slot.Rejections = outcome == SendOutcome.Rejected && reason is RpcException ? slot.Rejections + 1 : 0;
            if (slot.Rejections >= MaxRejections)
            {
                slot.Rejections = 0;
                refused(slot, reason!);
            }
        }

        return true;
    }

    private async Task ReplaceAsync(NonceSlot slot, bool isNext)
    {
        try
        {
            var market = await fees.MarketAsync(CancellationToken.None);
            if (isNext || slot.Newest.Transaction.MaxFeePerGas < market.Needed)
            {
                await ReplaceAsync(slot, TransactionContent.Of(slot.Newest));
            }
        }
        catch (FeeLimitException)
        {
            slot.PricedAt = clock.GetTimestamp();
        }
    }

    // The next nonce to be mined has no bytes, and later ones have: they would wait for ever. It happens when a node
    // refused a transaction after a later one was sent, or a reorganisation took back what another run had sent.
    private async Task FillGapAsync(NonceSlot[] open, ulong count)
    {
        if (open.Length == 0 || open[0].Nonce <= count || book.Has(count))
        {
            _gap = null;
            return;
        }

        if (_gap != count)
        {
            _gap = count;
            _gapSince = clock.GetTimestamp();
        }
        else if (clock.GetElapsedTime(_gapSince) >= options.ResendInterval)
        {
            _gap = null;
            await FillAsync(count);
        }
    }

    private async Task FillAsync(ulong nonce)
    {
        await chain.EnsureAsync();
        var market = await fees.MarketAsync(CancellationToken.None);
        await gate.WaitAsync();
        try
        {
            // Time has passed: the nonce may be used now. And another program's transaction in the pool is no gap.
            var used = await chain.GetTransactionCountAsync(writer.Address, BlockTag.Latest);
            var inPool = await chain.GetTransactionCountAsync(writer.Address, BlockTag.Pending);
            if (used == nonce && inPool <= nonce && book.TryReserve(nonce))
            {
                await FillReservedAsync(nonce, market.Offer);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task FillReservedAsync(ulong nonce, FeeOffer offer)
    {
        try
        {
            var content = TransactionContent.Empty(writer.Address, $"filling of the gap at nonce {nonce}");
            var filling = await writer.KeepAsync(content, nonce, offer, CancellationToken.None);
            var (outcome, _) = await writer.DeliverAsync(filling.Stored);
            if (outcome is SendOutcome.Accepted or SendOutcome.Unknown)
            {
                book.Add(filling, clock.GetTimestamp());
            }
            else if (outcome == SendOutcome.NonceTaken)
            {
                await writer.RejectAsync(filling.Stored);
            }
        }
        finally
        {
            book.Release(nonce);
        }
    }
}
