using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;

namespace Pqms.Oracle.Loop;

/// <summary>One epoch's evidence, complete: what is signed, what is sent, and what is served by hash.</summary>
/// <param name="Report">The report.</param>
/// <param name="Hash">keccak256 of its ABI encoding: the next report's previous head.</param>
/// <param name="Decisions">Decisions it carries, at most 64.</param>
/// <param name="Lines">Settlement lines it carries, at most 200.</param>
/// <param name="Batch">The leaves as a file, whose keccak256 is the report's data hash.</param>
internal sealed record SealedReport(
    Report Report,
    Bytes32 Hash,
    Decision[] Decisions,
    Line[] Lines,
    Batch Batch);
