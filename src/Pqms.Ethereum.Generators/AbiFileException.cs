namespace Pqms.Ethereum.Generators;

/// <summary>An ABI file cannot be used. Caught at the file's border and shown as PQMS001; never leaves the
/// generator.</summary>
internal sealed class AbiFileException : Exception
{
    public AbiFileException(int line, string reason)
        : base(reason) => Line = line;

    /// <summary>Zero-based line of the fault.</summary>
    public int Line { get; }
}
