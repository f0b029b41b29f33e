using Pqms.Mesh;
using Pqms.Oracle;
using Pqms.Sdk;

namespace Pqms.Node.Hosting;

/// <summary>The shapes that the HTTP API serves; hashes and addresses as text, times in the unit of their
/// name.</summary>
internal static class NodeViews
{
    public static object Status(
        ChainSession session, LedgerAddresses addresses, ScenarioFile scenario, OracleStatus oracle) => new
        {
            chain = new
            {
                url = session.Url.ToString(),
                id = session.ChainId,
                genesis = session.Genesis.ToString(),
                latestBlock = oracle.LatestBlock,
                latestTimeSeconds = oracle.LatestTime,
            },
            oracle = new
            {
                phase = oracle.Phase.ToString(),
                submitter = oracle.Submitter.ToString(),
                era = oracle.Era,
                followedBlock = oracle.FollowedBlock,
                lagBlocks = oracle.LagBlocks,
                lagSeconds = oracle.LagSeconds,
                computedSequence = oracle.ComputedSequence,
                acceptedSequence = oracle.AcceptedSequence,
                owedReports = oracle.OwedReports,
                owedSettlements = oracle.OwedSettlements,
                owedProofs = oracle.OwedProofs,
                owedReopenings = oracle.OwedReopenings,
                alarm = oracle.Alarm,
                rebuilds = oracle.Rebuilds,
                journal = oracle.Journal,
                failure = oracle.Failure,
            },
            scenario = new
            {
                name = scenario.Scenario.Name,
                hash = scenario.Hash.ToString(),
                profile = scenario.Scenario.ProfileName,
                provenance = scenario.Scenario.Profile.Provenance,
            },
            addresses = Running.RunAddresses.Of(addresses),
        };

    public static object Pools(IReadOnlyList<PoolView> pools) => pools.Select(pool => new
    {
        id = pool.Counters.PoolIndex + 1,
        name = pool.Name,
        fidelityFloor = pool.FidelityFloor,
        stock = pool.Counters.Stock,
        stockTarget = pool.StockTarget,
        grantedSlots = pool.GrantedSlots,
        isolated = pool.Isolated,
        links = pool.Links,
        lengthMeters = pool.LengthMeters,
        freshFidelity = pool.FreshFidelity,
        lifetimeSeconds = pool.LifetimeSeconds,
        pairsPerSecond = pool.PairRate,
        generated = pool.Counters.Generated,
        delivered = pool.Counters.Delivered,
        discarded = pool.Counters.Discarded,
        fidelityEstimateMean = pool.Counters.FidelityEstimateMean,
        fidelityTrueMean = pool.Counters.FidelityTrueMean,
    });
}
