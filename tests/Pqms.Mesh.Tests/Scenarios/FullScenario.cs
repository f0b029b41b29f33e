using System.Text.Json.Nodes;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>A scenario with every section and every field of the format, for tests that walk through them.</summary>
internal static class FullScenario
{
    private const string Figures = """
        {
          "platform": "trapped ions",
          "t1Seconds": { "value": 2000, "source": "hypothetical" },
          "depolarisingSeconds": { "value": 5000, "source": "hypothetical" },
          "swapSuccess": { "value": 0.9, "source": "hypothetical" },
          "infidelitySpread": { "value": 0.1, "source": "hypothetical" },
          "joulesPerAttempt": { "value": 1e-6, "source": "hypothetical" },
          "wattsPerStoredPair": { "value": 0.5, "source": "hypothetical" },
          "siteWatts": { "value": 300, "source": "hypothetical" },
          "temperatureKelvin": { "value": 4, "source": "hypothetical" },
          "isolationGrade": { "value": 2, "source": "hypothetical" }
        }
        """;

    private const string Sections = """
        {
          "coordinateSource": "none",
          "sites": [
            { "name": "A", "latitude": 50, "longitude": 8, "vqn": "red", "gateway": true,
              "profile": "hypothetical-2035",
              "battery": { "capacityJoules": 1e6, "chargeWatts": 50, "efficiency": 0.9 } },
            { "name": "B" }, { "name": "C" }, { "name": "D" }, { "name": "E" }, { "name": "F" }, { "name": "G" }
          ],
          "links": [
            { "a": "A", "b": "B", "lengthMeters": 10000, "kind": "double-click", "fidelity": 0.98, "memories": 4,
              "dutyCycle": 0.5, "vqn": "red", "transducer": { "efficiency": 0.5, "werner": 0.99 },
              "pass": { "periodSeconds": 100, "upSeconds": 60, "offsetSeconds": 10 } },
            { "a": "B", "b": "C", "lengthMeters": 10000, "kind": "barrett-kok", "visibility": 0.95,
              "darkCountProbability": 1e-6 },
            { "a": "C", "b": "D", "lengthMeters": 10000, "kind": "single-click", "brightPopulation": 0.1 },
            { "a": "D", "b": "E", "kind": "free-space", "freeSpace": { "wavelengthMeters": 810e-9, "waistMeters": 0.09,
              "receiverRadiusMeters": 0.6, "armMeters": 500000, "zenithDegrees": 30, "zenithTransmission": 0.9,
              "jitterRadians": 1e-6 } },
            { "a": "E", "b": "F", "kind": "poisson", "ratePerSecond": 10 },
            { "a": "F", "b": "G", "kind": "slotted", "slotSeconds": 0.5, "probability": 0.25 }
          ],
          "pools": [
            { "name": "one", "a": "A", "b": "G", "class": "open", "fidelityFloor": 0.6, "slots": 3,
              "pricePerSlotSecondWei": 5, "mode": "on-demand", "order": "oldest-first",
              "cutOff": { "kind": "hard", "seconds": 2 }, "places": 4, "swapOrder": "nested",
              "purify": { "protocol": "dejmps", "arrivalProbability": 0.5, "pumpingRounds": 1, "linkRounds": 2 },
              "demand": { "kind": "poisson", "ratePerSecond": 2, "waits": true, "queueLimit": 7 },
              "vqn": "red", "weight": 2, "gate": true, "takeSeconds": 0.1, "pathMemories": 3, "backupRoutes": 1 },
            { "name": "two", "a": "E", "b": "G", "class": "key", "slots": 1, "pricePerSlotSecondWei": 0,
              "cutOff": { "kind": "exponential", "seconds": 3 }, "swapOrder": "asap",
              "demand": { "kind": "slotted", "slotSeconds": 2, "probability": 0.5, "probe": true } },
            { "name": "three", "a": "F", "b": "G", "class": "standard", "slots": 1, "pricePerSlotSecondWei": 0,
              "cutOff": { "kind": "floor" }, "demand": { "kind": "saturated" },
              "purify": { "protocol": "bbpssw" } }
          ],
          "reservations": [
            { "pool": "one", "atSeconds": 10, "durationSeconds": 60, "slots": 2, "takesPerMinute": 30 }
          ],
          "faults": [
            { "kind": "link-down", "atSeconds": 1, "durationSeconds": 2, "target": "B - A" },
            { "kind": "noise-burst", "atSeconds": 2, "durationSeconds": 2, "target": "B - C", "strength": 0.5 },
            { "kind": "space-weather", "atSeconds": 3, "durationSeconds": 2, "strength": 0.1 },
            { "kind": "site-crash", "atSeconds": 4, "durationSeconds": 2, "target": "C" },
            { "kind": "memory-decay", "atSeconds": 5, "durationSeconds": 2, "target": "C", "strength": 10 },
            { "kind": "intercept-resend", "atSeconds": 6, "durationSeconds": 2, "target": "C - D" },
            { "kind": "drain", "atSeconds": 7, "durationSeconds": 2, "target": "two", "strength": 100 },
            { "kind": "planner-cut-off", "atSeconds": 8, "durationSeconds": 2 }
          ],
          "health": { "share": 0.1, "goodMargin": 0.01, "badMargin": 0.05, "falseAlarm": 1e-3, "missedAlarm": 1e-2 },
          "planner": { "periodSeconds": 30, "site": "B", "forecastSeconds": 90, "missCost": 20 }
        }
        """;

    public static JsonObject Json()
    {
        JsonObject file = JsonNode.Parse(ScenarioFiles.Text("three-repeaters"))!.AsObject();
        Copy(Sections, file);
        Copy(Figures, file["profiles"]![0]!.AsObject());
        return file;
    }

    /// <summary>The full scenario with other values at some paths; see <see cref="ScenarioOverrides"/>.</summary>
    public static ScenarioResult With(params (string Path, string Json)[] changes)
    {
        OverrideResult text = ScenarioOverrides.Apply(Json().ToJsonString(), changes);
        Assert.True(text.IsValid, string.Join('\n', text.Problems));
        return ScenarioReader.Parse(text.Json);
    }

    private static void Copy(string from, JsonObject to)
    {
        foreach ((string name, JsonNode? value) in JsonNode.Parse(from)!.AsObject())
        {
            to[name] = value!.DeepClone();
        }
    }
}
