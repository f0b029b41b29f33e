using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Tests.Routing;

public class RouteFidelityTests
{
    // Design figures 0.9706, 0.9668, 0.9631 hold a mean wait of the span pairs of about 0.1 s; without it they are
    // higher.
    [Theory]
    [InlineData(8, 0.9706)]
    [InlineData(9, 0.9668)]
    [InlineData(10, 0.9631)]
    [InlineData(12, 0.956)]
    public void Fresh_GivenTheHypotheticalProfile_givesTheDesignFigures(int spans, double fidelity)
    {
        HardwareProfile profile = ScenarioFiles.Read("german-backbone").Profile;
        Assert.Equal(fidelity, RouteFidelity.Fresh(profile, spans, 0.1).Fidelity, 4e-4);
        Assert.True(RouteFidelity.Fresh(profile, spans).Fidelity > fidelity);
    }

    [Fact]
    public void Fresh_GivenThePublishedProfile_isBelowEveryClass() => Assert.Equal(
        0.78, RouteFidelity.Fresh(ScenarioFiles.Read("german-backbone", "published").Profile, 8).Fidelity, 0.005);

    [Fact]
    public void Fresh_GivenShortChains_agreesWithTheWernerFormula()
    {
        HardwareProfile profile = ScenarioFiles.Read("german-backbone").Profile;
        double w = ((4 * profile.LinkFidelity) - 1) / 3;
        double s = RouteFidelity.Noise(profile).WernerFactor;
        for (int spans = 1; spans <= 12; spans++)
        {
            double expected = 0.25 + (0.75 * Math.Pow(w, spans) * Math.Pow(s, spans - 1));
            Assert.Equal(expected, RouteFidelity.Fresh(profile, spans).Fidelity, 5e-5);
        }
    }

    [Fact]
    public void NegativeLogWerner_GivenARoute_predictsItsFidelity()
    {
        Scenario scenario = ScenarioFiles.Read("german-backbone");
        MeshRoute route = MeshTopology.Build(scenario).Route(0)!;
        double predicted = 0.25 + (0.75 * Math.Exp(-route.NegativeLogWerner));
        Assert.Equal(predicted, RouteFidelity.Fresh(scenario.Profile, route.Spans.Count).Fidelity, 5e-5);
    }
}
