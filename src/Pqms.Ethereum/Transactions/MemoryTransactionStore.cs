namespace Pqms.Ethereum.Transactions;

/// <summary>A store that forgets everything when the process ends: for tests, and for accounts with nothing to
/// lose.</summary>
public sealed class MemoryTransactionStore : ITransactionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Bytes32, StoredTransaction> _open = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredTransaction>> LoadOpenAsync(AccountScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        lock (_lock)
        {
            IReadOnlyList<StoredTransaction> open =
                [.. _open.Values.Where(kept => kept.Scope == scope).OrderBy(kept => kept.Nonce)];
            return Task.FromResult(open);
        }
    }

    /// <inheritdoc/>
    public Task SaveAsync(StoredTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        lock (_lock)
        {
            _open[transaction.Hash] = transaction;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CloseAsync(AccountScope scope, Bytes32 hash, TransactionFate fate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        lock (_lock)
        {
            if (_open.TryGetValue(hash, out var kept) && kept.Scope == scope)
            {
                _open.Remove(hash);
            }
        }

        return Task.CompletedTask;
    }
}
