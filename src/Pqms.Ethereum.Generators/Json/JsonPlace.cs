using Microsoft.CodeAnalysis.Text;

namespace Pqms.Ethereum.Generators.Json;

/// <summary>Where a value stands: zero-based line and column, and its path, for example
/// $.abi[3].inputs[0].type.</summary>
internal readonly record struct JsonPlace(LinePosition Position, string Path);
