using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;

namespace Pqms.Oracle.Intake;

/// <summary>Turns every way in which a node fails to answer into one exception that the service retries.</summary>
internal static class ChainCalls
{
    /// <summary>Runs a call.</summary>
    /// <exception cref="ChainUnreachableException">The node did not answer, or not with sense.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            throw new ChainUnreachableException(failure.Message, failure);
        }
    }

    /// <summary>True for failures that connecting anew may cure: also a node that serves another chain than
    /// before.</summary>
    public static bool IsUnreachable(Exception failure) =>
        failure is RpcUnreachableException or RpcFormatException or FollowerException or ChainMismatchException;
}
