namespace Pqms.Mesh;

/// <summary>The version of the mesh's behaviour, anchored on chain with every era.</summary>
public static class MeshVersion
{
    /// <summary>
    /// Raised by every change that alters one byte of any event log; the golden hash in the tests holds it.
    /// </summary>
    public const uint Current = 3;
}
