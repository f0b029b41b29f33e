using System.Buffers.Binary;
using Pqms.Ethereum.Abi;

namespace Pqms.Ethereum.Contracts;

/// <summary>An error that a contract gave as its reason to revert.</summary>
/// <param name="Name">The error's name, for example "Auction_NotOpen".</param>
/// <param name="Text">Name and values, for example "Auction_NotOpen(id: 5, status: 2)".</param>
public sealed record ContractError(string Name, string Text)
{
    private const uint ErrorSelector = 0x08c379a0;
    private const uint PanicSelector = 0x4e487b71;

    /// <summary>Reads revert data with the contract's own decoder first, then as Error(string) or
    /// Panic(uint256).</summary>
    /// <param name="revertData">What the node gave.</param>
    /// <param name="contractErrors">The contract's decoder, or null.</param>
    /// <returns>The error, or null when nobody knows it.</returns>
    public static ContractError? Decode(ReadOnlySpan<byte> revertData, ErrorDecoder? contractErrors = null)
    {
        if (revertData.Length < 4)
        {
            return null;
        }

        try
        {
            return contractErrors?.Invoke(revertData) ?? DecodeBuiltIn(revertData);
        }
        catch (AbiException)
        {
            // Any contract may revert with any bytes: data that only resembles an error is an unknown error.
            return null;
        }
    }

    private static ContractError? DecodeBuiltIn(ReadOnlySpan<byte> revertData)
    {
        var decoder = new AbiDecoder(revertData[4..]);
        switch (BinaryPrimitives.ReadUInt32BigEndian(revertData))
        {
            case ErrorSelector:
                return new ContractError("Error", $"Error(\"{decoder.ReadString()}\")");
            case PanicSelector:
                var code = decoder.ReadUInt256();
                return new ContractError("Panic", $"Panic({code.ToHexQuantity()}: {PanicReason(code)})");
            default:
                return null;
        }
    }

    // Solidity documentation, "Panic via assert and Error via require".
    private static string PanicReason(UInt256 code) => code > byte.MaxValue ? "unknown code" : (ulong)code switch
    {
        0x00 => "generic",
        0x01 => "assertion failed",
        0x11 => "arithmetic overflow",
        0x12 => "division by zero",
        0x21 => "value is no member of the enum",
        0x22 => "storage byte array wrongly encoded",
        0x31 => "pop of an empty array",
        0x32 => "index out of bounds",
        0x41 => "too much memory allocated",
        0x51 => "call of an unset function",
        _ => "unknown code",
    };
}

/// <summary>Names the errors of one contract or of several.</summary>
/// <param name="revertData">Selector and encoded values.</param>
/// <returns>The error, or null when it is none of these contracts'.</returns>
public delegate ContractError? ErrorDecoder(ReadOnlySpan<byte> revertData);
