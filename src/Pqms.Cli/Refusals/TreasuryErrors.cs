using Pqms.Ethereum;
using Pqms.Node;
using Treasury = Pqms.Sdk.Contracts.TreasuryContract;
using static Pqms.Cli.Refusals.LedgerProblems;

namespace Pqms.Cli.Refusals;

/// <summary>Why the treasury refused.</summary>
internal static class TreasuryErrors
{
    public static IEnumerable<Func<byte[], Refusal?>> All() =>
    [
        On<Treasury.NothingToWithdrawError>(Treasury.NothingToWithdrawError.TryDecode, e => new Refusal(
            $"{e.Account} has no credit, or the amount is zero",
            "an account with credit ('pqms status') and an amount above 0",
            "nothing to do")),
        On<Treasury.CreditTooLowError>(Treasury.CreditTooLowError.TryDecode, e => new Refusal(
            $"{e.Payer} has {Ether.Format(e.Credit)} of credit, what was sent included",
            $"at least {Ether.Format(e.Wanted)}",
            "send more with --escrow, or 'pqms deposit' first")),
        On<Treasury.AllowanceTooLowError>(Treasury.AllowanceTooLowError.TryDecode, e => new Refusal(
            $"{e.Payer} allows {e.Client} only {Ether.Format(e.Allowance)}",
            $"an allowance of at least {Ether.Format(e.Wanted)}",
            "the payer raises it with 'pqms sponsor'")),
        On<Treasury.AmountTooLargeError>(Treasury.AmountTooLargeError.TryDecode, e => new Refusal(
            $"{e.Amount} wei are too much",
            $"up to {e.Max} wei",
            "send less")),
        On<Treasury.BondTooLowError>(Treasury.BondTooLowError.TryDecode, e => new Refusal(
            $"{e.Provider} has a free bond of {Ether.Format(e.Free)}",
            $"at least {Ether.Format(e.Wanted)}",
            "'pqms bond add' raises it")),
        On<Treasury.StillBondedError>(Treasury.StillBondedError.TryDecode, e => new Refusal(
            $"the bond of {e.Provider} is not released",
            e.Until.IsZero ? "a bond that was unbonded" : $"from {Time(e.Until)} on",
            "'pqms bond show' shows it; 'pqms bond start' begins")),
        On<Treasury.TransferFailedError>(Treasury.TransferFailedError.TryDecode, e => new Refusal(
            $"{e.To} did not accept {Ether.Format(e.Amount)}",
            "a receiver that accepts money",
            "name another one with --to")),
        On<Treasury.ZeroAddressError>(Treasury.ZeroAddressError.TryDecode, _ => new Refusal(
            "the zero address is no account",
            "an account",
            "correct the address")),
        On<Treasury.NotLedgerError>(Treasury.NotLedgerError.TryDecode, e => new Refusal(
            $"{e.Caller} is none of the ledger's contracts",
            "allocation and inventory only",
            "use 'pqms reserve' or 'pqms order'")),
        On<Treasury.EscrowTooLowError>(Treasury.EscrowTooLowError.TryDecode, e => new Refusal(
            $"{e.Payer} has {e.Escrow} wei in escrow and {e.Wanted} were released",
            "what is locked",
            "this is a bug of the ledger: please report it")),
        On<Treasury.AboveEscrowError>(Treasury.AboveEscrowError.TryDecode, e => new Refusal(
            $"{e.Paid} wei were paid for {e.CauseId} out of {e.Escrow}",
            "what is locked",
            "this is a bug of the ledger: please report it")),
    ];
}
