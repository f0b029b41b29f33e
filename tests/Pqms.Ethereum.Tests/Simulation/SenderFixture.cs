using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>A node in memory, an account and its store; time jumps to whatever is waited for.</summary>
public abstract class SenderFixture : IDisposable
{
    protected static readonly Address Contract = Address.Parse("0x00000000000000000000000000000000000000aa");

    private protected EthereumKey Key { get; } = EthereumKey.FromMnemonic(Mnemonic.Development, 0);

    private protected FakeNode Node { get; } = new();

    private protected MemoryTransactionStore Store { get; } = new();

    public void Dispose()
    {
        Key.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static ContractCall Call(byte argument) => new(Contract, [1, 2, 3, 4, argument], "test(uint8)");

    private protected TransactionSender Sender(SenderOptions? options = null) =>
        new(Node, Key, FakeNode.ChainId, Store, options, new ManualTime { JumpToTimers = true });

    private protected TransactionSender MortalSender(SenderOptions options, Life life) => new(
        new MortalRpc(Node, life), Key, FakeNode.ChainId, new MortalStore(Store, life), options,
        new ManualTime { JumpToTimers = true });

    private protected Task<IReadOnlyList<StoredTransaction>> OpenAsync() =>
        Store.LoadOpenAsync(new AccountScope(FakeNode.ChainId, Node.Chain[0].Hash, Key.Address),
            CancellationToken.None);
}
