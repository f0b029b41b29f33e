using System.Globalization;
using Pqms.Benchmarks.Cases;
using Pqms.Mesh;
using Pqms.Mesh.Scenarios;

namespace Pqms.Benchmarks.Comparison;

/// <summary>The same network and demand on the mesh: a pool for each request, ten takes a second from each.</summary>
/// <remarks>
/// Equal: nodes, links, requests, fewest links as routes, 0.05 s of light a link (10,000 km without loss), F = 0.99
/// for a link's pair, perfect gates and memories, 50 memories, 10 pairs a second for each request. Not equal: pairs
/// stand ready before they are asked for, so none is on its way when the clock stops; a link's success is drawn
/// (p = 1/2) instead of certain; all repeaters swap at once; 50 memories belong to each end of each link, not to each
/// node; every event goes into a digested log; and a link's true fidelity scatters about 0.99 by a fifth of the
/// infidelity. The requests name no rate of takes: the planner, always on the safe side, would not grant ten a second
/// over such distances, although the run serves them all.
/// </remarks>
internal sealed class MeshService
{
    public const int Seconds = 10;

    private const int TakesPerSecond = 10;
    private const int WarmUpSeconds = 60;
    private const int StartSeconds = 1000;
    private const int Slots = 16;

    private readonly MeshEmulator _mesh;

    public MeshService(RandomNetwork network, ulong seed)
    {
        Scenario scenario = Scenarios.Read(ScenarioText(network));
        _mesh = new MeshEmulator(scenario, seed, MeshTime.FromSeconds(StartSeconds));
        _mesh.AdvanceTo(MeshTime.FromSeconds(StartSeconds));
        for (int i = 0; i < RandomNetwork.RequestCount; i++)
        {
            _mesh.Apply(new RequestCommand(
                (UInt128)(i + 1), i, Slots, MeshTime.FromSeconds(StartSeconds),
                MeshTime.FromSeconds(StartSeconds + (2 * Seconds)), 0.8, 0.0, 0, 1));
        }

        foreach (MeshReportItem item in _mesh.DrainReportItems())
        {
            if (item is DecisionItem { Outcome: not GrantOutcome.Granted } refused)
            {
                throw new InvalidOperationException($"Request {refused.ReservationId} got {refused.Outcome}.");
            }
        }
    }

    public ulong Events => _mesh.Totals.Events;

    /// <summary>Runs ten seconds and returns every answered take.</summary>
    public List<TakeItem> Run()
    {
        List<TakeItem> takes = [];
        long step = MeshTime.NanosecondsPerSecond / TakesPerSecond;
        for (int tick = 0; tick < Seconds * TakesPerSecond; tick++)
        {
            _mesh.AdvanceTo(new MeshTime((StartSeconds * MeshTime.NanosecondsPerSecond) + (tick * step)));
            for (int i = 0; i < RandomNetwork.RequestCount; i++)
            {
                _mesh.Apply(new TakeCommand((UInt128)(i + 1), (ulong)(tick + 1), 1));
            }

            takes.AddRange(_mesh.DrainReportItems().OfType<TakeItem>());
        }

        _mesh.AdvanceTo(MeshTime.FromSeconds(StartSeconds + Seconds));
        return takes;
    }

    private static string ScenarioText(RandomNetwork network)
    {
        Scenarios.Hardware hardware = new(
            Memories: 50, Storage: 1024, Emit: 1, Overhead: 0, Link: 0.99, Gate: 1, Readout: 1, T2: 1e9,
            Attenuation: 0, StockFactor: 1.6);
        string sites = string.Join(',', Enumerable.Range(0, RandomNetwork.Nodes).Select(i =>
            Text($$"""{"name":"N{{i}}","latitude":{{(i * 0.5) - 40.0}},"longitude":{{i}}}""")));
        string links = string.Join(',', network.Links.Select(link =>
            Text($$"""{"a":"N{{link.A}}","b":"N{{link.B}}","lengthMeters":10000000}""")));
        string pools = string.Join(',', network.Paths.Select((path, i) => Text(
            $$"""
            {"name":"request-{{i}}","a":"N{{path[0]}}","b":"N{{path[^1]}}","class":"coordination",
             "slots":{{Slots}},"pricePerSlotSecondWei":1}
            """)));
        return Scenarios.Text(WarmUpSeconds, hardware, sites, links, pools);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
