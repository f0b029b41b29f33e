using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>What waits for a block of the <see cref="FakeNode"/>, by the rules that all nodes have.</summary>
internal sealed class FakePool
{
    private const string Send = "eth_sendRawTransaction";

    private readonly Dictionary<Bytes32, DecodedTransaction> _transactions = [];

    public bool Has(Bytes32 hash) => _transactions.ContainsKey(hash);

    public void Accept(DecodedTransaction transaction, ulong used, UInt256 leastFee)
    {
        if (_transactions.ContainsKey(transaction.Hash))
        {
            throw new RpcException(Send, -32000, "already known");
        }

        if (transaction.Nonce < used)
        {
            throw new RpcException(Send, -32000, "nonce too low");
        }

        if (transaction.MaxFee < leastFee)
        {
            throw new RpcException(Send, -32000, "max fee per gas less than block base fee");
        }

        if (Find(transaction.From, transaction.Nonce) is { } other)
        {
            if (transaction.MaxFee * 10 < other.MaxFee * 11 || transaction.MaxPriority * 10 < other.MaxPriority * 11)
            {
                throw new RpcException(Send, -32000, "replacement transaction underpriced");
            }

            _transactions.Remove(other.Hash);
        }

        _transactions[transaction.Hash] = transaction;
    }

    public void PutBack(IEnumerable<DecodedTransaction> transactions)
    {
        foreach (var transaction in transactions)
        {
            _transactions[transaction.Hash] = transaction;
        }
    }

    public void Lose(Func<DecodedTransaction, bool> which)
    {
        foreach (var transaction in _transactions.Values.Where(which).ToArray())
        {
            _transactions.Remove(transaction.Hash);
        }
    }

    public ulong NextAfter(Address account, ulong used)
    {
        while (Find(account, used) is not null)
        {
            used++;
        }

        return used;
    }

    /// <summary>Takes what the next block holds: by nonce, what offers enough, until the block is full.</summary>
    public List<DecodedTransaction> Take(Func<Address, ulong> used, UInt256 baseFee, int size)
    {
        var included = new List<DecodedTransaction>();
        foreach (var transaction in _transactions.Values.OrderBy(waiting => waiting.Nonce).ToArray())
        {
            var expected = used(transaction.From)
                + (ulong)included.Count(other => other.From == transaction.From);
            if (transaction.Nonce < expected)
            {
                _transactions.Remove(transaction.Hash);
            }
            else if (transaction.Nonce == expected && transaction.MaxFee >= baseFee && included.Count < size)
            {
                included.Add(transaction);
                _transactions.Remove(transaction.Hash);
            }
        }

        return included;
    }

    private DecodedTransaction? Find(Address account, ulong nonce) => _transactions.Values
        .FirstOrDefault(waiting => waiting.From == account && waiting.Nonce == nonce);
}
