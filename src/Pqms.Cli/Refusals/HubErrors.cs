using Pqms.Node;
using Hub = Pqms.Sdk.Contracts.ReportHubContract;
using static Pqms.Cli.Refusals.LedgerProblems;

namespace Pqms.Cli.Refusals;

/// <summary>Why the report hub refused.</summary>
internal static class HubErrors
{
    public static IEnumerable<Func<byte[], Refusal?>> Reports() =>
    [
        On<Hub.WrongSequenceError>(Hub.WrongSequenceError.TryDecode, e => new Refusal(
            $"report {e.Sequence} is not the next one",
            $"sequence {e.Expected}",
            "another oracle was faster, or it was sent before")),
        On<Hub.WrongHeadError>(Hub.WrongHeadError.TryDecode, e => new Refusal(
            $"the report follows {e.PreviousHead}",
            $"the head {e.Expected}",
            "the oracle must rebuild from the chain")),
        On<Hub.WrongEraError>(Hub.WrongEraError.TryDecode, e => new Refusal(
            $"the report is of era {e.Era}",
            $"era {e.Expected}",
            "the oracle must rebuild from the chain")),
        On<Hub.NoEraError>(Hub.NoEraError.TryDecode, _ => new Refusal(
            "no era has been started",
            "a ledger with an era",
            "'pqms deploy' starts it")),
        On<Hub.EraClosedError>(Hub.EraClosedError.TryDecode, e => new Refusal(
            $"era {e.Era} was closed when its reports were disabled",
            "reports of a new era",
            "'pqms era start' begins one, once the void reports are reopened ('pqms report reopen')")),
        On<Hub.AlreadySettledError>(Hub.AlreadySettledError.TryDecode, e => new Refusal(
            $"the lines of report {e.Sequence} have been executed",
            "each report once",
            "nothing to do")),
        On<Hub.ChallengeOpenError>(Hub.ChallengeOpenError.TryDecode, e => new Refusal(
            $"the challenge window of report {e.Sequence} is open",
            $"from {Time(e.Until)} on",
            "try again then")),
        On<Hub.ChallengeOverError>(Hub.ChallengeOverError.TryDecode, e => new Refusal(
            $"the challenge window of report {e.Sequence} was over at {Time(e.Until)}",
            "reports whose window is open",
            "nothing to do: it stands")),
        On<Hub.UnknownReportError>(Hub.UnknownReportError.TryDecode, e => new Refusal(
            $"the hub does not hold report {e.Sequence} as given",
            "an accepted report of the last 65,536, with its time of acceptance",
            "'pqms status' shows the last report")),
        On<Hub.BlockOutOfReachError>(Hub.BlockOutOfReachError.TryDecode, e => new Refusal(
            $"block {e.BlockNumber} cannot be checked any more",
            $"blocks {e.Earliest} to {e.Latest}",
            "name a recent anchor block")),
        On<Hub.WrongBlockHashError>(Hub.WrongBlockHashError.TryDecode, e => new Refusal(
            $"block {e.BlockNumber} has another hash than {e.Given}",
            $"{e.Expected}",
            "the chain was reorganised: the oracle must rebuild")),
        On<Hub.AnchorNotAboveError>(Hub.AnchorNotAboveError.TryDecode, e => new Refusal(
            $"the anchor {e.AnchorBlock} is not above block {e.ToBlock}",
            "a later block",
            "name a recent anchor block")),
        On<Hub.WrongDecisionsError>(Hub.WrongDecisionsError.TryDecode, e => new Refusal(
            $"the decisions hash to {e.Given}",
            $"{e.Expected}, as the report says",
            "hand in the report's own decisions")),
        On<Hub.WrongLinesError>(Hub.WrongLinesError.TryDecode, e => new Refusal(
            $"the lines hash to {e.Given}",
            $"{e.Expected}, as the report says",
            "hand in the report's own lines")),
        On<Hub.TooManyDecisionsError>(Hub.TooManyDecisionsError.TryDecode, e => new Refusal(
            $"{e.Count} decisions are too many",
            $"up to {e.Max}",
            "split the report")),
        On<Hub.TooManyLinesError>(Hub.TooManyLinesError.TryDecode, e => new Refusal(
            $"{e.Count} lines are too many",
            $"up to {e.Max}",
            "split the report")),
        On<Hub.SignatureCountError>(Hub.SignatureCountError.TryDecode, e => new Refusal(
            $"{e.Count} signatures",
            $"{e.Threshold} to {e.Signers}",
            "ask more oracles to sign")),
        On<Hub.BadSignatureError>(Hub.BadSignatureError.TryDecode, e => new Refusal(
            $"signature {e.Index} is malformed",
            "65 bytes r, s, v with a low s",
            "sign anew")),
        On<Hub.UnknownSignerError>(Hub.UnknownSignerError.TryDecode, e => new Refusal(
            $"signature {e.Index} is by {e.Recovered}, who is no signer",
            "the hub's signers",
            "sign with a signer's key")),
        On<Hub.SignersNotAscendingError>(Hub.SignersNotAscendingError.TryDecode, e => new Refusal(
            $"signature {e.Index} by {e.Recovered} follows {e.Previous}",
            "ascending addresses, none twice",
            "sort the signatures")),
        On<Hub.PausedError>(Hub.PausedError.TryDecode, _ => new Refusal(
            "reports are paused",
            "",
            "wait until an unpauser clears the bit; settlements go on")),
    ];

    public static IEnumerable<Func<byte[], Refusal?>> Office() =>
    [
        On<Hub.NotAdminError>(Hub.NotAdminError.TryDecode, e => new Refusal(
            $"{e.Caller} is not the registry's admin",
            "the admin only",
            "sign with the admin's key")),
        On<Hub.MissingRoleError>(Hub.MissingRoleError.TryDecode, e => new Refusal(
            $"{e.Caller} lacks the role {Role(e.Needed)}",
            "an account with that role",
            "sign with its key, or ask the admin for 'pqms role set'")),
        On<Hub.BadConfigError>(Hub.BadConfigError.TryDecode, e => new Refusal(
            $"{e.Signers} signers with threshold {e.Threshold}",
            "1 to 32 signers, ascending, and a threshold up to their number",
            "correct the signers")),
        On<Hub.NoRotationError>(Hub.NoRotationError.TryDecode, _ => new Refusal(
            "no rotation of the signers is announced",
            "an announced rotation",
            "'pqms oracle schedule' announces one")),
        On<Hub.RotationNotYetError>(Hub.RotationNotYetError.TryDecode, e => new Refusal(
            "the rotation cannot be executed yet",
            $"from {Time(e.ExecutableAt)} on",
            "try again then")),
        On<Hub.NotNextToReopenError>(Hub.NotNextToReopenError.TryDecode, e => new Refusal(
            $"report {e.Sequence} is not the next to reopen",
            e.Expected == 0 ? "none is left" : $"report {e.Expected}",
            "'pqms report reopen' does them in order")),
        On<Hub.NotReopenedError>(Hub.NotReopenedError.TryDecode, e => new Refusal(
            $"void reports up to {e.Last} are not reopened",
            "all void reports reopened",
            "a running oracle does it; else 'pqms report reopen'")),
    ];
}
