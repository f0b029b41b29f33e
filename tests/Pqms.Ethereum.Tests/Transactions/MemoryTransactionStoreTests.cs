using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Transactions;

public sealed class MemoryTransactionStoreTests : TransactionStoreContract
{
    protected override ITransactionStore Store { get; } = new MemoryTransactionStore();

    protected override bool IsDurable => false;

    public override void Dispose()
    {
    }

    protected override void Reopen()
    {
    }
}
