using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Contracts;

/// <summary>Runs calls on a node without mining them.</summary>
public static class ContractCallExtensions
{
    /// <summary>Reads from a contract.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="rpc">The node.</param>
    /// <param name="at">The block after which it runs; the latest unless given.</param>
    /// <param name="from">The account that is played; the zero address unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The decoded answer.</returns>
    /// <exception cref="RevertException">The contract refused the call.</exception>
    /// <exception cref="Abi.AbiException">The answer is no such value; there may be no contract at the
    /// address.</exception>
    public static async Task<T> CallAsync<T>(
        this ContractCall<T> call,
        IEthereumRpc rpc,
        BlockTag? at = null,
        Address? from = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var answer = await RunAsync(call, rpc, from, UInt256.Zero, at ?? BlockTag.Latest, cancellationToken);
        return DecodeAnswer(call, answer);
    }

    /// <summary>Reads from a contract without decoding.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rpc">The node.</param>
    /// <param name="at">The block after which it runs; the latest unless given.</param>
    /// <param name="from">The account that is played; the zero address unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer's bytes.</returns>
    /// <exception cref="RevertException">The contract refused the call.</exception>
    public static Task<byte[]> CallAsync(
        this ContractCall call,
        IEthereumRpc rpc,
        BlockTag? at = null,
        Address? from = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(call, rpc, from, UInt256.Zero, at ?? BlockTag.Latest, cancellationToken);

    /// <summary>Tries what a transaction would do, without sending it, and decodes what it would return.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="rpc">The node.</param>
    /// <param name="from">The account that would send it.</param>
    /// <param name="value">Wei that would be sent along.</param>
    /// <param name="at">The block after which it runs; Pending where the outcome depends on the next block.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The decoded answer.</returns>
    /// <exception cref="RevertException">The contract would refuse it.</exception>
    /// <exception cref="Abi.AbiException">The answer is no such value; there may be no contract at the
    /// address.</exception>
    public static async Task<T> SimulateAsync<T>(
        this ContractCall<T> call,
        IEthereumRpc rpc,
        Address from,
        UInt256 value,
        BlockTag at,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return DecodeAnswer(call, await RunAsync(call, rpc, from, value, at, cancellationToken));
    }

    /// <summary>Tries what a transaction would do, without sending it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rpc">The node.</param>
    /// <param name="from">The account that would send it.</param>
    /// <param name="value">Wei that would be sent along.</param>
    /// <param name="at">The block after which it runs; Pending where the outcome depends on the next block.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer's bytes.</returns>
    /// <exception cref="RevertException">The contract would refuse it.</exception>
    public static Task<byte[]> SimulateAsync(
        this ContractCall call,
        IEthereumRpc rpc,
        Address from,
        UInt256 value,
        BlockTag at,
        CancellationToken cancellationToken = default) => RunAsync(call, rpc, from, value, at, cancellationToken);

    /// <summary>The gas that a transaction would need.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rpc">The node.</param>
    /// <param name="from">The account that would send it.</param>
    /// <param name="value">Wei that would be sent along.</param>
    /// <param name="at">The block after which it runs; Pending unless given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Gas, without any headroom.</returns>
    /// <exception cref="RevertException">The contract would refuse it.</exception>
    public static async Task<ulong> EstimateAsync(
        this ContractCall call,
        IEthereumRpc rpc,
        Address from,
        UInt256 value,
        BlockTag? at = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            var request = new CallRequest(call.To, call.Data, from, value);
            return await rpc.EstimateGasAsync(request, at ?? BlockTag.Pending, cancellationToken);
        }
        catch (RpcException exception) when (exception.RevertData is not null)
        {
            throw Reverted(call, exception.RevertData);
        }
    }

    /// <summary>The exception for a call's revert data, with the call's own errors named.</summary>
    internal static RevertException Reverted(ContractCall call, byte[] data, ErrorDecoder? moreErrors = null) =>
        new(data, ContractError.Decode(data, call.Errors) ?? ContractError.Decode(data, moreErrors), call.ToString());

    internal static T DecodeAnswer<T>(ContractCall<T> call, byte[] answer) => answer.Length > 0
        ? call.Decode(answer)
        : throw new Abi.AbiException($"{call}: the answer is empty; is there a contract at this address?");

    private static async Task<byte[]> RunAsync(
        ContractCall call, IEthereumRpc rpc, Address? from, UInt256 value, BlockTag at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return await rpc.CallAsync(new CallRequest(call.To, call.Data, from, value), at, cancellation);
        }
        catch (RpcException exception) when (exception.RevertData is not null)
        {
            throw Reverted(call, exception.RevertData);
        }
    }
}
