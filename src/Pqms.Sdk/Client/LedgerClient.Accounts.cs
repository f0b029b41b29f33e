using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Client;

/// <summary>Credit, bonds, sponsors, and what the ledger remembers of a client.</summary>
public sealed partial class LedgerClient
{
    /// <summary>What the ledger remembers of a client: open slots, nonce, cohort, usage.</summary>
    /// <param name="client">The account.</param>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>All zero for an account that never asked for anything.</returns>
    public Task<Contracts.Client> GetClientAsync(
        Address client, BlockTag at = default, CancellationToken cancellationToken = default) =>
        Contracts.Allocation.ClientOf(client).CallAsync(_rpc, at, null, cancellationToken);

    /// <summary>A provider's collateral, wei.</summary>
    /// <param name="provider">The account.</param>
    /// <param name="at">The block; the latest unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>All zero for an account without bond.</returns>
    public Task<Bond> GetBondAsync(
        Address provider, BlockTag at = default, CancellationToken cancellationToken = default) =>
        Contracts.Treasury.BondOf(provider).CallAsync(_rpc, at, null, cancellationToken);

    /// <summary>Adds wei to an account's credit.</summary>
    /// <param name="account">Whose; null for the sender.</param>
    /// <param name="amountWei">Wei.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">The account is zero, or the credit would not fit 96 bits.</exception>
    public Task<LedgerReceipt> DepositAsync(
        Address? account, UInt128 amountWei, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Treasury.Deposit(account ?? Sender().Address), amountWei, null, cancellationToken);

    /// <summary>Allows a client to lock up to an amount of the sender's credit; refunds come back to the
    /// sender.</summary>
    /// <param name="client">The client.</param>
    /// <param name="allowanceWei">The whole new allowance; 0 ends it for requests to come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<LedgerReceipt> SponsorAsync(
        Address client, UInt128 allowanceWei, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Treasury.Sponsor(client, allowanceWei), 0, null, cancellationToken);

    /// <summary>Adds wei to the sender's free bond.</summary>
    /// <param name="amountWei">Wei.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<LedgerReceipt> BondAsync(UInt128 amountWei, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Treasury.Bond(), amountWei, null, cancellationToken);

    /// <summary>Begins to take back free bond, which stays liable for 40 days.</summary>
    /// <param name="amountWei">Wei, within the free bond.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Zero, or above the free bond.</exception>
    public Task<LedgerReceipt> StartUnbondingAsync(UInt128 amountWei, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Treasury.StartUnbonding(amountWei), 0, null, cancellationToken);

    /// <summary>Turns what was unbonding into credit.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Nothing is unbonding, or it is too early.</exception>
    public Task<LedgerReceipt> FinishUnbondingAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Treasury.FinishUnbonding(), 0, null, cancellationToken);

    /// <summary>Offers a member a share of the entitlement; 0 withdraws an offer that was not accepted.</summary>
    /// <param name="id">A reservation of the sender.</param>
    /// <param name="member">Whom.</param>
    /// <param name="share">Part of all takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">The ledger refuses.</exception>
    public Task<LedgerReceipt> ShareAsync(
        UInt128 id, Address member, Ppm share, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.Share(id, member, share.Parts), 0, null, cancellationToken);

    /// <summary>Consents to a share that was offered to the sender.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Nothing was offered, or it does not fit.</exception>
    public Task<LedgerReceipt> AcceptShareAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.AcceptShare(id), 0, null, cancellationToken);

    /// <summary>Gives the sender's share back.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">The sender has accepted no share.</exception>
    public Task<LedgerReceipt> LeaveShareAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.LeaveShare(id), 0, null, cancellationToken);
}
