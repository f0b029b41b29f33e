using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Oracle.Peers;

namespace Pqms.Node.Api;

/// <summary>What the HTTP API may read of a running node. Implementations are safe across threads and never
/// wait.</summary>
public interface INodeView
{
    /// <summary>Whether every service runs.</summary>
    bool IsHealthy { get; }

    /// <summary>Whether it does its work now.</summary>
    Readiness Readiness { get; }

    /// <summary>The node's state.</summary>
    NodeStatus Status { get; }

    /// <summary>The pools' state; empty before the era began.</summary>
    IReadOnlyList<PoolStatus> Pools { get; }

    /// <summary>The metrics, in Prometheus' text format 0.0.4.</summary>
    string Metrics { get; }

    /// <summary>A scenario file's bytes.</summary>
    /// <param name="hash">Keccak-256 of the bytes.</param>
    /// <returns>Null when this node has no such scenario.</returns>
    ReadOnlyMemory<byte>? Scenario(Bytes32 hash);

    /// <summary>A report's batch file.</summary>
    /// <param name="dataHash">The hash that the report names.</param>
    /// <returns>Null when this node has no such batch.</returns>
    ReadOnlyMemory<byte>? Batch(Bytes32 dataHash);

    /// <summary>Answers another oracle that asks for signatures.</summary>
    /// <param name="question">The report, signed by the one who asks.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<PeerAnswer> AnswerAsync(SignatureQuestion question, CancellationToken cancel);

    /// <summary>The mesh after a block.</summary>
    /// <param name="block">The block's number.</param>
    /// <returns>Null when it is forgotten, or this oracle has no peers.</returns>
    BlockTrace? Trace(ulong block);

    /// <summary>The mesh events of a block.</summary>
    /// <param name="block">The block's number.</param>
    /// <returns>Null when they are forgotten, or this oracle has no peers.</returns>
    IReadOnlyList<MeshEvent>? Events(ulong block);
}
