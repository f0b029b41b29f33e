using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;

namespace Pqms.Ethereum.Transactions;

/// <summary>A transaction of type 2 (EIP-1559), not signed yet. Its access list is empty.</summary>
/// <param name="ChainId">The chain on which it is valid.</param>
/// <param name="Nonce">The number of the sender's transactions before it.</param>
/// <param name="MaxPriorityFeePerGas">Wei per gas for the block's builder, at most.</param>
/// <param name="MaxFeePerGas">Wei per gas in all, at most.</param>
/// <param name="GasLimit">Gas that it may use.</param>
/// <param name="To">The contract or account; null for a deployment.</param>
/// <param name="Value">Wei that is sent along.</param>
/// <param name="Data">Selector and arguments, or creation code.</param>
public sealed partial record Eip1559Transaction(
    ulong ChainId,
    ulong Nonce,
    UInt256 MaxPriorityFeePerGas,
    UInt256 MaxFeePerGas,
    ulong GasLimit,
    Address? To,
    UInt256 Value,
    byte[] Data)
{
    private const byte Type = 2;

    /// <summary>Both fees.</summary>
    internal FeeOffer Fee => new(MaxPriorityFeePerGas, MaxFeePerGas);

    /// <summary>Signs the transaction.</summary>
    /// <param name="key">The sender's key.</param>
    /// <returns>The bytes to send, and their hash.</returns>
    public SignedTransaction Sign(EthereumKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var fields = Fields();
        var signature = key.Sign(Keccak256.Hash(fields.ToListArray(Type)));
        fields.WriteUInt(signature.V);
        fields.WriteUInt(ToNumber(signature.R));
        fields.WriteUInt(ToNumber(signature.S));
        var raw = fields.ToListArray(Type);
        return new SignedTransaction(raw, Keccak256.Hash(raw));
    }

    private static UInt256 ToNumber(Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        value.CopyTo(bytes);
        return UInt256.ReadBigEndian(bytes);
    }

    private RlpWriter Fields()
    {
        var writer = new RlpWriter();
        writer.WriteUInt(ChainId);
        writer.WriteUInt(Nonce);
        writer.WriteUInt(MaxPriorityFeePerGas);
        writer.WriteUInt(MaxFeePerGas);
        writer.WriteUInt(GasLimit);
        writer.WriteAddress(To);
        writer.WriteUInt(Value);
        writer.WriteBytes(Data);
        writer.WriteList(new RlpWriter());
        return writer;
    }
}

/// <summary>A signed transaction, ready to be sent.</summary>
/// <param name="Raw">The bytes that a node takes. Not to be changed.</param>
/// <param name="Hash">Their Keccak-256, which names the transaction.</param>
public sealed record SignedTransaction(byte[] Raw, Bytes32 Hash);
