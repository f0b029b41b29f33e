using Pqms.Ethereum.Generators.Json;

namespace Pqms.Ethereum.Generators;

/// <summary>An ABI file cannot be used. Caught at the file's border and shown as ETHABI001; never leaves the
/// generator.</summary>
internal sealed class AbiFileException : Exception
{
    public AbiFileException(JsonPlace place, string reason)
        : base(reason + " (at " + place.Path + ")") => Place = place;

    /// <summary>Where the fault is.</summary>
    public JsonPlace Place { get; }
}
