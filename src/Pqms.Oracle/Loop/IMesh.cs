using Pqms.Mesh;

namespace Pqms.Oracle.Loop;

/// <summary>The mesh as the loop drives it; one writer, never called back.</summary>
internal interface IMesh
{
    /// <summary>Runs all events up to a moment.</summary>
    void AdvanceTo(MeshTime time);

    /// <summary>Applies one command at the present moment.</summary>
    void Apply(MeshCommand command);

    /// <summary>Hands over what waits for a report, in mesh event order.</summary>
    IReadOnlyList<MeshReportItem> DrainReportItems();

    /// <summary>Hands over the counters of pools that changed since the last call, by pool.</summary>
    IReadOnlyList<PoolCounters> DrainChangedPools();

    /// <summary>The running digest over all events, 32 bytes.</summary>
    byte[] StateHash();

    /// <summary>The mesh as it stands.</summary>
    MeshPicture Picture();

    /// <summary>The whole state between two blocks, once all report items are drained.</summary>
    byte[] Snapshot();

    /// <summary>Goes on from a state that a mesh of the same era gave.</summary>
    /// <exception cref="ArgumentException">The bytes are no state of this version, scenario and seed.</exception>
    void Restore(ReadOnlySpan<byte> snapshot);
}

/// <summary>Makes the mesh of an era, standing at the era's warm-up.</summary>
/// <exception cref="OracleException">The era needs another mesh version, a scenario that is not there, or a
/// snapshot.</exception>
internal delegate IMesh MeshFactory(EraStart era);
