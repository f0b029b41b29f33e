using System.Text.Json;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>What a node said about one nonce.</summary>
/// <param name="Slot">The nonce.</param>
/// <param name="TransactionCount">How many of the account's nonces are used.</param>
/// <param name="Head">The chain's height.</param>
/// <param name="Mined">Which bytes are in a block; null for none.</param>
/// <param name="Receipt">Their receipt.</param>
/// <param name="IsComplete">Whether the node answered for all of the nonce's bytes.</param>
internal readonly record struct SlotView(
    NonceSlot Slot, ulong TransactionCount, ulong Head, PendingTransaction? Mined, TransactionReceipt? Receipt,
    bool IsComplete);

/// <summary>Asks for an account's used nonces and the receipts of its open ones.</summary>
/// <remarks>
/// Each batch carries the count and the height itself: behind a load balancer one batch is answered by one node, so its
/// answers belong together. Receipts beyond the first batch are asked for only where the nonce is used.
/// </remarks>
internal sealed class AccountReader(IEthereumRpc rpc, Address account)
{
    // Receipts with their logs are a few KB each: a batch stays well below the body limits of nodes.
    private const int CallsPerBatch = 100;
    private const int HeaderCalls = 2;

    /// <summary>Looks once.</summary>
    /// <returns>The used nonces, and a view of each nonce that was asked for.</returns>
    public async Task<(ulong TransactionCount, List<SlotView> Views)> ReadAsync(NonceSlot[] slots)
    {
        var views = new List<SlotView>();
        var next = 0;
        ulong? first = null;
        do
        {
            var part = new List<(NonceSlot Slot, PendingTransaction[] Attempts)>();
            for (var room = CallsPerBatch - HeaderCalls; next < slots.Length; next++)
            {
                var attempts = slots[next].Attempts;
                if (attempts.Length > room && part.Count > 0)
                {
                    break;
                }

                room -= attempts.Length;
                part.Add((slots[next], attempts));
            }

            first ??= await ReadPartAsync(part, views);
            while (next < slots.Length && slots[next].Nonce >= first)
            {
                next++;
            }
        }
        while (next < slots.Length);
        return (first.Value, views);
    }

    private async Task<ulong> ReadPartAsync(
        List<(NonceSlot Slot, PendingTransaction[] Attempts)> part, List<SlotView> views)
    {
        var calls = new List<RpcCall>
        {
            new("eth_getTransactionCount", account, BlockTag.Latest),
            new("eth_blockNumber"),
        };
        calls.AddRange(part.SelectMany(item => item.Attempts)
            .Select(attempt => new RpcCall("eth_getTransactionReceipt", attempt.Hash)));
        var results = await rpc.SendBatchAsync(calls, CancellationToken.None);
        var count = Number(calls[0].Method, results[0]);
        var head = Number(calls[1].Method, results[1]);
        var at = HeaderCalls;
        foreach (var (slot, attempts) in part)
        {
            var view = new SlotView(slot, count, head, null, null, IsComplete: true);
            foreach (var attempt in attempts)
            {
                view = Read(view, attempt, results[at++]);
            }

            views.Add(view);
        }

        return views.Count == 0 || views.Exists(view => view.IsComplete || view.Receipt is not null)
            ? count
            : throw new RpcFormatException(
                "eth_getTransactionReceipt", new FormatException($"none of {views.Count} nonces' receipts"));
    }

    private static ulong Number(string method, RpcResult result)
    {
        try
        {
            return RpcJsonReader.Quantity(result.Value);
        }
        catch (FormatException exception)
        {
            throw new RpcFormatException(method, exception);
        }
    }

    // An error, as of a node that still indexes, or garbage tells nothing; the others' receipts count all the same.
    private static SlotView Read(SlotView view, PendingTransaction attempt, RpcResult result)
    {
        if (result.Error is not null)
        {
            return view with { IsComplete = false };
        }

        if (result.Value.ValueKind == JsonValueKind.Null)
        {
            return view;
        }

        try
        {
            var receipt = RpcJsonReader.Receipt(result.Value);
            return receipt.TransactionHash == attempt.Hash
                ? view with { Mined = attempt, Receipt = receipt }
                : view with { IsComplete = false };
        }
        catch (FormatException)
        {
            return view with { IsComplete = false };
        }
    }
}
