using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Client;

/// <summary>Lots, production orders and reservoirs.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Registers a lot of the sender, a provider.</summary>
    /// <param name="id">Drawn by <see cref="ReservationIds.New"/> and stored before.</param>
    /// <param name="terms">Kind, site, count and origin.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">The ledger refuses.</exception>
    public Task<LedgerReceipt> RegisterLotAsync(
        UInt128 id, LotTerms terms, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Inventory.RegisterLot(id, terms), 0, null, cancellationToken);

    /// <summary>Takes a lot of the sender to the next state of its life.</summary>
    /// <param name="id">The lot.</param>
    /// <param name="status">The state, by the ledger's number; not Retired.</param>
    /// <param name="evidence">Hash of what shows it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Not the sender's, or a step that is not allowed.</exception>
    public Task<LedgerReceipt> MoveLotAsync(
        UInt128 id, byte status, Bytes32 evidence, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Inventory.MoveLot(id, status, evidence), 0, null, cancellationToken);

    /// <summary>Disposes of a lot of the sender that was consumed or expired.</summary>
    /// <param name="id">The lot.</param>
    /// <param name="evidence">Hash of the record of its disposal; not zero.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Not the sender's, another state, or no evidence.</exception>
    public Task<LedgerReceipt> RetireLotAsync(
        UInt128 id, Bytes32 evidence, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Inventory.RetireLot(id, evidence), 0, null, cancellationToken);

    /// <summary>Opens a production order and locks its reward, which is sent along.</summary>
    /// <param name="id">Drawn by <see cref="ReservationIds.New"/> and stored before.</param>
    /// <param name="terms">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">The ledger refuses.</exception>
    public Task<LedgerReceipt> OrderAsync(
        UInt128 id, OrderTerms terms, CancellationToken cancellationToken = default)
    {
        var own = terms.Payer == default || terms.Payer == Sender().Address;
        var value = own ? terms.Reward : UInt128.Zero;
        return SendAsync(Contracts.Inventory.OrderProduction(id, terms), value, null, cancellationToken);
    }

    /// <summary>Accepts an order and stakes the sender's bond on it.</summary>
    /// <param name="id">An open order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">The ledger refuses.</exception>
    public Task<LedgerReceipt> AcceptOrderAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Inventory.AcceptOrder(id), 0, null, cancellationToken);

    /// <summary>Takes back an order of the sender that nobody accepted.</summary>
    /// <param name="id">An open order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">The ledger refuses.</exception>
    public Task<LedgerReceipt> WithdrawOrderAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Inventory.WithdrawOrder(id), 0, null, cancellationToken);

    /// <summary>Proves that the mesh delivered an accepted order; open to anyone.</summary>
    /// <param name="id">The order.</param>
    /// <param name="proof">Of its production leaf.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Not proven, not final yet, or not what was ordered.</exception>
    public Task<LedgerReceipt> DeliverOrderAsync(
        UInt128 id, InclusionProof proof, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var data = proof.Report.Data;
        var call = Contracts.Inventory.DeliverOrder(
            id, data.Report, data.AcceptedAt, proof.Index, proof.Payload, [.. proof.Siblings]);
        return SendAsync(call, 0, null, cancellationToken);
    }

    /// <summary>Ends an accepted order that was not delivered in time; open to anyone.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Not accepted, or too early.</exception>
    public Task<LedgerReceipt> FailOrderAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Inventory.FailOrder(id), 0, null, cancellationToken);

    /// <summary>Proves a pool's stock to its reservoir; open to anyone.</summary>
    /// <param name="poolId">The pool.</param>
    /// <param name="proof">Of its counter leaf.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Not proven, or not newer than what is stored.</exception>
    public Task<LedgerReceipt> ReportStockAsync(
        uint poolId, InclusionProof proof, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var data = proof.Report.Data;
        var call = Contracts.Inventory.ReportStock(
            poolId, data.Report, data.AcceptedAt, proof.Index, proof.Payload, [.. proof.Siblings]);
        return SendAsync(call, 0, null, cancellationToken);
    }
}
