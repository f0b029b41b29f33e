using Pqms.Ethereum;

namespace Pqms.Oracle.Loop;

/// <summary>What anchors an era on the chain.</summary>
/// <param name="Era">Its number, from 1.</param>
/// <param name="MeshVersion">The version of the mesh that its reports were computed with.</param>
/// <param name="ScenarioHash">keccak256 of the scenario's bytes.</param>
/// <param name="Seed">Seed of all randomness.</param>
/// <param name="SnapshotHash">Mesh state that it continues from; zero for none.</param>
/// <param name="Head">What the first report names as previous head.</param>
/// <param name="Block">Block that holds the log.</param>
/// <param name="BlockSeconds">That block's chain time: the anchor of mesh time.</param>
/// <param name="LastSequence">Sequence of the last report accepted before; 0 for none.</param>
internal sealed record EraStart(
    ulong Era,
    uint MeshVersion,
    Bytes32 ScenarioHash,
    ulong Seed,
    Bytes32 SnapshotHash,
    Bytes32 Head,
    ulong Block,
    ulong BlockSeconds,
    ulong LastSequence);
