using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Ledger;

/// <summary>The digests that ReportHub computes, computed again: keccak-256 over Solidity's abi.encode.</summary>
public static class ReportHashes
{
    /// <summary>The report's hash, which is the head after its acceptance.</summary>
    /// <param name="report">The report.</param>
    /// <returns>keccak256(abi.encode(report)).</returns>
    public static Bytes32 OfReport(Report report) => Keccak256.Hash(Encode(report));

    /// <summary>A report as the hub hashes it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>abi.encode(report): 32 bytes for each field, in their order.</returns>
    public static byte[] Encode(Report report)
    {
        var encoder = new AbiEncoder();
        report.Encode(encoder);
        return encoder.ToArray();
    }

    /// <summary>What the hub's ring keeps of an accepted report.</summary>
    /// <param name="reportHash">The report's hash.</param>
    /// <param name="acceptedAt">Chain time of acceptance, seconds.</param>
    /// <returns>keccak256(abi.encode(reportHash, acceptedAt)).</returns>
    public static Bytes32 OfRingSlot(Bytes32 reportHash, ulong acceptedAt)
    {
        var encoder = new AbiEncoder();
        encoder.WriteBytes32(reportHash);
        encoder.WriteUInt(acceptedAt);
        return Keccak256.Hash(encoder.ToArray());
    }

    /// <summary>The head that an era's first report must name.</summary>
    /// <param name="previousHead">The head before; zero before the first era.</param>
    /// <param name="era">The era's number.</param>
    /// <param name="meshVersion">Version of the mesh that replays it.</param>
    /// <param name="scenarioHash">keccak256 of the scenario file.</param>
    /// <param name="seed">Seed of the mesh.</param>
    /// <param name="snapshotHash">Snapshot to begin from; zero for an empty mesh.</param>
    /// <returns>keccak256(abi.encode(…)) of the six.</returns>
    public static Bytes32 OfEra(
        Bytes32 previousHead, ulong era, uint meshVersion, Bytes32 scenarioHash, ulong seed, Bytes32 snapshotHash)
    {
        var encoder = new AbiEncoder();
        encoder.WriteBytes32(previousHead);
        encoder.WriteUInt(era);
        encoder.WriteUInt((ulong)meshVersion);
        encoder.WriteBytes32(scenarioHash);
        encoder.WriteUInt(seed);
        encoder.WriteBytes32(snapshotHash);
        return Keccak256.Hash(encoder.ToArray());
    }

    /// <summary>The hash that binds a report's decisions.</summary>
    /// <param name="decisions">In the report's order.</param>
    /// <returns>keccak256(abi.encode(decisions)).</returns>
    public static Bytes32 OfDecisions(IReadOnlyList<Decision> decisions)
    {
        var encoder = new AbiEncoder();
        encoder.WriteArray(decisions, elementIsDynamic: false, static (e, decision) => decision.Encode(e));
        return Keccak256.Hash(encoder.ToArray());
    }

    /// <summary>The hash that binds a report's settlement lines.</summary>
    /// <param name="lines">In the report's order.</param>
    /// <returns>keccak256(abi.encode(lines)).</returns>
    public static Bytes32 OfLines(IReadOnlyList<Line> lines)
    {
        var encoder = new AbiEncoder();
        encoder.WriteArray(lines, elementIsDynamic: false, static (e, line) => line.Encode(e));
        return Keccak256.Hash(encoder.ToArray());
    }
}
