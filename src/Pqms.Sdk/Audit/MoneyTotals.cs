using System.Numerics;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Audit;

/// <summary>Sums of all money that the logs tell of, in wei.</summary>
/// <param name="Deposited">Came in, by deposits, bonds and with requests.</param>
/// <param name="Credits">Credit that is not withdrawn.</param>
/// <param name="Escrows">Locked, as the treasury says.</param>
/// <param name="Bonds">Collateral: free, staked and unbonding.</param>
/// <param name="Withdrawn">Left the ledger.</param>
/// <param name="OpenPrices">Prices of open reservations and rewards of open orders, as the other contracts say.</param>
public sealed record MoneyTotals(
    BigInteger Deposited,
    BigInteger Credits,
    BigInteger Escrows,
    BigInteger Bonds,
    BigInteger Withdrawn,
    BigInteger OpenPrices)
{
    /// <summary>In = credits + escrows + bonds + withdrawn, and escrows = what is open: to the wei.</summary>
    public bool Balanced => Deposited == Credits + Escrows + Bonds + Withdrawn && Escrows == OpenPrices;
}

/// <summary>What the treasury holds of one account, wei.</summary>
public sealed class AccountState
{
    /// <summary>Can be withdrawn.</summary>
    public BigInteger Credit { get; internal set; }

    /// <summary>Locked for reservations and orders.</summary>
    public BigInteger Escrow { get; internal set; }

    /// <summary>Collateral of a provider.</summary>
    public Bond Bond { get; internal set; }

    /// <summary>Collateral, whatever its state.</summary>
    public BigInteger BondTotal => (BigInteger)Bond.Free + (BigInteger)Bond.Locked + (BigInteger)Bond.Unbonding;

    internal BigInteger Total => Credit + Escrow + BondTotal;
}
