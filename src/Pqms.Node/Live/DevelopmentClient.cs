using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Transactions;
using Pqms.Node.Keys;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Live;

/// <summary>The development chain's client, for one transaction: its nonce is asked for anew, since other programs use
/// the same account.</summary>
internal sealed class DevelopmentClient : IDisposable
{
    private readonly EthereumKey _key = KeyRing.Development(DevelopmentAccount.Client);

    public DevelopmentClient(LiveDesk desk)
    {
        var sender = new TransactionSender(desk.Session.Rpc, _key, desk.Session.ChainId, new MemoryTransactionStore())
        {
            Errors = LedgerErrors.Decode,
        };
        Ledger = new LedgerClient(desk.Session.Rpc, desk.Addresses, sender);
    }

    /// <summary>Writes as that client.</summary>
    public LedgerClient Ledger { get; }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
