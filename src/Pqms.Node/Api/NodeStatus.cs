using Pqms.Node.Hosting;
using Pqms.Node.Running;
using Pqms.Oracle;
using Pqms.Sdk;

namespace Pqms.Node.Api;

/// <summary>A node at one moment, as <c>/status</c> answers it; hashes and addresses as text.</summary>
/// <param name="Chain">The chain that it follows.</param>
/// <param name="Oracle">Its oracle.</param>
/// <param name="Scenario">The era's scenario.</param>
/// <param name="Addresses">Where the ledger is deployed.</param>
public sealed record NodeStatus(
    ChainStatus Chain, OracleState Oracle, ScenarioStatus Scenario, RunAddresses Addresses)
{
    /// <summary>The present state of a node.</summary>
    /// <param name="session">The chain.</param>
    /// <param name="addresses">The ledger.</param>
    /// <param name="scenario">The era's scenario.</param>
    /// <param name="oracle">The oracle.</param>
    public static NodeStatus Of(
        ChainSession session, LedgerAddresses addresses, ScenarioFile scenario, OracleStatus oracle) => new(
            new ChainStatus(
                session.Url.GetLeftPart(UriPartial.Authority), session.ChainId, session.Genesis.ToString(),
                oracle.LatestBlock, oracle.LatestTime),
            OracleState.Of(oracle),
            new ScenarioStatus(
                scenario.Scenario.Name, scenario.Hash.ToString(), scenario.Scenario.ProfileName,
                scenario.Scenario.Profile.Provenance),
            RunAddresses.Of(addresses));
}

/// <summary>The chain that a node follows.</summary>
/// <param name="Url">JSON-RPC address, without user and path: they may hold a secret.</param>
/// <param name="Id">The chain's id.</param>
/// <param name="Genesis">Hash of block 0.</param>
/// <param name="LatestBlock">Newest block when last asked.</param>
/// <param name="LatestTimeSeconds">Chain time of that block, seconds.</param>
public sealed record ChainStatus(
    string Url, ulong Id, string Genesis, ulong LatestBlock, ulong LatestTimeSeconds);

/// <summary>The scenario of the present era.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">Keccak-256 of its file; <c>/scenarios/{hash}</c> serves the file.</param>
/// <param name="Profile">The hardware profile.</param>
/// <param name="Provenance">Where the profile's figures come from, such as "hypothetical".</param>
public sealed record ScenarioStatus(string Name, string Hash, string Profile, string Provenance);

/// <summary>An oracle, as <c>/status</c> answers it. <see cref="OracleStatus"/> says what each field means.</summary>
/// <param name="Phase">Idle, Connecting, Rebuilding, Following, Stopped or Failed.</param>
/// <param name="Submitter">The account that pays for reports.</param>
/// <param name="Era">The present era; 0 before it is found.</param>
/// <param name="FollowedBlock">The last block applied.</param>
/// <param name="LagBlocks">Blocks that it is behind the newest one.</param>
/// <param name="LagSeconds">Chain seconds that it is behind.</param>
/// <param name="ComputedSequence">The last report computed.</param>
/// <param name="AcceptedSequence">The last report that the chain accepted.</param>
/// <param name="OwedReports">Reports computed and not accepted.</param>
/// <param name="OwedSettlements">Accepted reports whose lines are still to be executed.</param>
/// <param name="OwedProofs">Deliveries and stocks that the inventory waits for.</param>
/// <param name="OwedReopenings">Void reports whose grants are still to be taken back.</param>
/// <param name="Alarm">Why nothing is reported; empty when all is well.</param>
/// <param name="Rebuilds">Rebuilds since the start.</param>
/// <param name="Journal">Where the journal lives.</param>
/// <param name="Failure">Why it ended; empty while it runs.</param>
public sealed record OracleState(
    string Phase,
    string Submitter,
    ulong Era,
    ulong FollowedBlock,
    ulong LagBlocks,
    ulong LagSeconds,
    ulong ComputedSequence,
    ulong AcceptedSequence,
    int OwedReports,
    int OwedSettlements,
    int OwedProofs,
    int OwedReopenings,
    string Alarm,
    int Rebuilds,
    string Journal,
    string Failure)
{
    /// <summary>The wire form of an oracle's status.</summary>
    /// <param name="oracle">The status.</param>
    public static OracleState Of(OracleStatus oracle) => new(
        oracle.Phase.ToString(), oracle.Submitter.ToString(), oracle.Era, oracle.FollowedBlock, oracle.LagBlocks,
        oracle.LagSeconds, oracle.ComputedSequence, oracle.AcceptedSequence, oracle.OwedReports,
        oracle.OwedSettlements, oracle.OwedProofs, oracle.OwedReopenings, oracle.Alarm, oracle.Rebuilds,
        oracle.Journal, oracle.Failure);
}
