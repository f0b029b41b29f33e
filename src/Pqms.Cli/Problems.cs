using Pqms.Cli.Refusals;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Node;
using Pqms.Oracle;
using Pqms.Sdk.Client;

namespace Pqms.Cli;

/// <summary>Turns the exceptions that stand for refusals into what a person is told.</summary>
internal static class Problems
{
    /// <summary>What to say about <paramref name="error"/>; null when it is a bug.</summary>
    public static Refusal? Explain(Exception error) => error switch
    {
        RefusedException refused => refused.Refusal,
        RevertException reverted => LedgerProblems.Explain(reverted),
        ReservationConflictException conflict => new Refusal(
            conflict.Message, "an id that nobody used, or the same terms again", "leave out --id to draw a fresh one"),
        RpcUnreachableException unreachable => new Refusal(
            unreachable.Message, "the JSON-RPC address of a running Ethereum node",
            "start one with 'pqms up', or name another with --chain-url", ExitCode.ChainUnreachable),
        RpcException refused => new Refusal(
            refused.Message, "", "the node refused: check the account's balance and the chain with 'pqms status'"),
        ChainMismatchException or TransactionSupersededException or FeeLimitException =>
            new Refusal(error.Message, "", ""),
        OracleException failed => new Refusal(failed.Message, "", "", ExitCode.Refused),
        UnauthorizedAccessException or IOException => new Refusal(
            error.Message, "", "check the path and who may read and write it", ExitCode.Prerequisite),
        OperationCanceledException => new Refusal("stopped", "", ""),
        _ => null,
    };
}
