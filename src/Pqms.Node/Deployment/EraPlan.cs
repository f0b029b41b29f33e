using Pqms.Ethereum;

namespace Pqms.Node.Deployment;

/// <summary>How an era starts.</summary>
/// <param name="MeshVersion">Version of the mesh that can replay it.</param>
/// <param name="ScenarioHash">Keccak-256 of the scenario file's bytes.</param>
/// <param name="Seed">Seed of the mesh's random numbers.</param>
public sealed record EraPlan(uint MeshVersion, Bytes32 ScenarioHash, ulong Seed);
