namespace Pqms.Mesh.Engine;

/// <summary>Bytes that are no state of a mesh; a restore turns it into a refusal and never lets it out.</summary>
internal sealed class StateFormatException(string message) : FormatException(message);
