using Pqms.Cli.Runs;
using Pqms.Node.Settings;

namespace Pqms.Cli.Tests.Support;

/// <summary>Scenarios of the repository, and small ones made of them.</summary>
internal static class Scenarios
{
    public static string PathOf(string name) => Path.Combine(ProjectFolders.Base, "scenarios", name + ".json");

    /// <summary>One good and two bad memories in slots of 1 s: arXiv:2502.20240 at its own parameters.</summary>
    public static ScenarioSource Buffer() => new(PathOf("three-repeaters"),
    [
        new("$.warmUpSeconds", "100"),
        new("$.links[0]", """
            {"a":"Leipzig","b":"Nürnberg","kind":"slotted","slotSeconds":1,"probability":0.5,"fidelity":0.9,
             "memories":2}
            """),
        new("$.pools[0]", """
            {"name":"buffer","a":"Leipzig","b":"Nürnberg","class":"coordination","slots":1,
             "pricePerSlotSecondWei":1,"places":1,"takeSeconds":1e-6,"cutOff":{"kind":"hard","seconds":1e6},
             "purify":{"protocol":"bbpssw","arrivalProbability":1},
             "demand":{"kind":"slotted","slotSeconds":1,"probability":0.3}}
            """),
        new("$.profiles[0].gateFidelity.value", "1"),
        new("$.profiles[0].readoutFidelity.value", "1"),
        new("$.profiles[0].t2Seconds.value", "1e9"),
        new("$.profiles[0].linkCutOffSeconds.value", "1e-10"),
        new("$.profiles[0].depolarisingSeconds", "{\"value\":100,\"source\":\"arXiv:2502.20240: Gamma = 1/50\"}"),
    ]);
}
