namespace Pqms.Ethereum.Contracts;

/// <summary>A call of a contract's function as a value: nothing happens until it is sent, simulated or read.</summary>
/// <param name="to">The contract.</param>
/// <param name="data">Selector and encoded arguments.</param>
/// <param name="signature">The function's signature, for messages: "transfer(address,uint256)".</param>
public class ContractCall(Address to, byte[] data, string signature)
{
    /// <summary>The contract.</summary>
    public Address To { get; } = to;

    /// <summary>Selector and encoded arguments. Not to be changed.</summary>
    public byte[] Data { get; } = data ?? throw new ArgumentNullException(nameof(data));

    /// <summary>The function's signature, for messages.</summary>
    public string Signature { get; } = signature ?? throw new ArgumentNullException(nameof(signature));

    /// <summary>Names the contract's errors in a <see cref="Rpc.RevertException"/>.</summary>
    /// <value>The default is null: only Error(string) and Panic(uint256) are named.</value>
    public ErrorDecoder? Errors { get; init; }

    /// <summary>Signature and contract.</summary>
    /// <returns>For example "transfer(address,uint256) at 0x5FbD…".</returns>
    public override string ToString() => $"{Signature} at {To}";
}

/// <summary>A call whose answer is decoded.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="to">The contract.</param>
/// <param name="data">Selector and encoded arguments.</param>
/// <param name="signature">The function's signature, for messages.</param>
/// <param name="decode">Reads the answer's bytes; throws <see cref="Abi.AbiException"/> when they are no such
/// answer.</param>
public sealed class ContractCall<T>(Address to, byte[] data, string signature, Func<byte[], T> decode)
    : ContractCall(to, data, signature)
{
    /// <summary>Reads the answer's bytes.</summary>
    public Func<byte[], T> Decode { get; } = decode ?? throw new ArgumentNullException(nameof(decode));
}

/// <summary>A contract's creation as a value.</summary>
/// <param name="initCode">Creation bytecode followed by the encoded constructor arguments.</param>
/// <param name="contractName">The contract's name, for messages.</param>
public sealed class ContractDeployment(byte[] initCode, string contractName)
{
    /// <summary>Creation bytecode followed by the encoded constructor arguments. Not to be changed.</summary>
    public byte[] InitCode { get; } = initCode ?? throw new ArgumentNullException(nameof(initCode));

    /// <summary>The contract's name, for messages.</summary>
    public string ContractName { get; } = contractName ?? throw new ArgumentNullException(nameof(contractName));

    /// <summary>Names the errors of the constructor in a <see cref="Rpc.RevertException"/>.</summary>
    /// <value>The default is null: only Error(string) and Panic(uint256) are named.</value>
    public ErrorDecoder? Errors { get; init; }
}
