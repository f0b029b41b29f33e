namespace Pqms.Ethereum.Abi;

/// <summary>Bytes that are no ABI encoding of the type that was asked for.</summary>
/// <remarks>The message names what was read, where, what stood there and what is allowed.</remarks>
public sealed class AbiException : FormatException
{
    /// <summary>Says what was wrong.</summary>
    /// <param name="message">What was read, the offset, the value and the allowed range.</param>
    public AbiException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was wrong, and what noticed it.</summary>
    /// <param name="message">What was read, the offset, the value and the allowed range.</param>
    /// <param name="inner">What noticed it.</param>
    public AbiException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
