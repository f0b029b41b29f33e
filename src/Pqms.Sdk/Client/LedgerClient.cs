using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;

namespace Pqms.Sdk.Client;

/// <summary>Reserve, use and settle on one ledger; the same door for users and oracles.</summary>
/// <remarks>
/// Safe across threads. Reads need no sender. Sending throws <see cref="RevertException"/> with the ledger's own error
/// before a nonce is spent whenever the refusal can be foreseen, and with the receipt when a mined transaction
/// reverted.
/// </remarks>
public sealed partial class LedgerClient
{
    private readonly IEthereumRpc _rpc;
    private readonly LedgerAddresses _addresses;
    private readonly TransactionSender? _sender;
    private readonly LogReader _logs;

    /// <summary>A client of one ledger.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="addresses">The ledger.</param>
    /// <param name="sender">Who signs and pays; null for a client that only reads.</param>
    public LedgerClient(IEthereumRpc rpc, LedgerAddresses addresses, TransactionSender? sender = null)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        ArgumentNullException.ThrowIfNull(addresses);
        _rpc = rpc;
        _addresses = addresses;
        _sender = sender;
        _logs = new LogReader(rpc);
        Contracts = new LedgerContracts(addresses);
    }

    /// <summary>Where the ledger stands.</summary>
    public LedgerAddresses Addresses => _addresses;

    /// <summary>The node.</summary>
    public IEthereumRpc Rpc => _rpc;

    /// <summary>Typed calls, for what this client does not wrap.</summary>
    public LedgerContracts Contracts { get; }
}
