using Pqms.Sdk.Client;

namespace Pqms.Node.Live;

/// <summary>What a request would cost, as <c>/price</c> answers it.</summary>
/// <param name="PriceWei">Wei that the ledger would lock, as text.</param>
/// <param name="FreeSlots">Slots free in the whole window.</param>
/// <param name="Block">The block that it holds for.</param>
/// <param name="Problems">Why the ledger would refuse; empty when it would accept. The mesh answers later.</param>
public sealed record QuoteAnswer(string PriceWei, uint FreeSlots, ulong Block, IReadOnlyList<string> Problems)
{
    internal static QuoteAnswer Of(Quote quote) =>
        new(quote.PriceWei.ToString(), quote.FreeSlots, quote.AsOf.Block, quote.Problems);
}
