using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Loop;

/// <summary>The hashes that the hub computes from a report and its lists: keccak256 over Solidity's abi.encode.</summary>
internal static class ReportDigests
{
    /// <summary>The report's ABI encoding: twelve words.</summary>
    public static byte[] Encode(Report report)
    {
        var encoder = new AbiEncoder();
        report.Encode(encoder);
        return encoder.ToArray();
    }

    /// <summary>The report's hash, which is the head after its acceptance.</summary>
    public static Bytes32 Hash(Report report) => Keccak256.Hash(Encode(report));

    /// <summary>The hash that binds the decisions.</summary>
    public static Bytes32 HashDecisions(IReadOnlyList<Decision> decisions)
    {
        var encoder = new AbiEncoder();
        encoder.WriteArray(decisions, elementIsDynamic: false, static (e, decision) => decision.Encode(e));
        return Keccak256.Hash(encoder.ToArray());
    }

    /// <summary>The hash that binds the settlement lines.</summary>
    public static Bytes32 HashLines(IReadOnlyList<Line> lines)
    {
        var encoder = new AbiEncoder();
        encoder.WriteArray(lines, elementIsDynamic: false, static (e, line) => line.Encode(e));
        return Keccak256.Hash(encoder.ToArray());
    }
}
