using Pqms.Mesh.Scenarios;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Tests.Scenarios;

public class ConnectivityTests
{
    [Theory]
    [InlineData("", "", "", false, "", true)]
    [InlineData("red", "", "", false, "", false)]
    [InlineData("red", "", "", false, "red", true)]
    [InlineData("red", "blue", "", false, "red", false)]
    [InlineData("", "", "red", false, "", false)]
    [InlineData("", "", "red", false, "blue", false)]
    [InlineData("", "", "red", false, "red", true)]
    [InlineData("", "", "red", true, "blue", true)]
    [InlineData("", "", "red", true, "", true)]
    public void Joins_GivenTwoLinksAndASiteBetween_followsTheirOwners(
        string firstLink, string secondLink, string site, bool isGateway, string vqn, bool joins)
    {
        ScenarioSite[] sites =
            [new("A", 0, 0), new ScenarioSite("B", 0, 0) { Vqn = site, IsGateway = isGateway }, new("C", 0, 0)];
        Connectivity connectivity = new(sites, [Link("A", "B", firstLink), Link("B", "C", secondLink)]);
        Assert.Equal(joins, connectivity.Joins("A", "C", vqn));
        Assert.Equal(joins, connectivity.Joins("C", "A", vqn));
    }

    [Fact]
    public void Joins_GivenEndsOfAnotherVqn_needsNoSwapThere()
    {
        ScenarioSite[] sites = [Site("A", "red"), Site("B", "red"), Site("C", "red"), Site("D", "")];
        Connectivity connectivity = new(sites, [Link("A", "B"), Link("B", "C"), Link("A", "D"), Link("D", "C")]);
        Assert.True(connectivity.Joins("A", "B", "blue"));
        Assert.True(connectivity.Joins("A", "C", "blue"));
        Assert.False(new Connectivity(sites, [Link("A", "B"), Link("B", "C")]).Joins("A", "C", "blue"));
        Assert.True(new Connectivity(sites, [Link("A", "B"), Link("B", "C")]).Joins("A", "C", "red"));
    }

    [Fact]
    public void Joins_GivenRandomMeshes_agreesWithASearch()
    {
        // 100 meshes of 8 sites with seed 7; every pair of sites for every VQN.
        RandomStream random = new(7, 0, 0);
        ulong counter = 0;
        string Vqn() => (random.Uniform(counter++) * 4.0) switch { < 2.0 => "", < 3.0 => "red", _ => "blue" };
        int joined = 0;
        for (int mesh = 0; mesh < 100; mesh++)
        {
            ScenarioSite[] sites = [.. Enumerable.Range(0, 8).Select(
                i => Site($"S{i}", Vqn()) with { IsGateway = random.Uniform(counter++) < 0.2 })];
            List<ScenarioLink> links = [];
            for (int i = 0; i < 8; i++)
            {
                links.AddRange(Enumerable.Range(0, i).Where(_ => random.Uniform(counter++) < 0.25)
                    .Select(j => Link($"S{i}", $"S{j}", Vqn())));
            }

            Connectivity connectivity = new(sites, links);
            foreach (string vqn in (string[])["", "red", "blue"])
            {
                for (int pair = 0; pair < 64; pair++)
                {
                    (int a, int b) = (pair / 8, pair % 8);
                    if (a != b)
                    {
                        bool found = Search(sites, links, vqn, a).Contains(b);
                        Assert.Equal(found, connectivity.Joins($"S{a}", $"S{b}", vqn));
                        joined += found ? 1 : 0;
                    }
                }
            }
        }

        Assert.InRange(joined, 100, (100 * 3 * 56) - 100);
    }

    [Fact]
    public void Parse_GivenAPoolWithoutLinksOfItsVqn_refuses()
    {
        ScenarioResult result = FullScenario.With(("$.pools[0].vqn", "\"blue\""));
        ScenarioProblem problem = Assert.Single(result.Problems);
        Assert.Equal(("$.pools[0]", "A - G"), (problem.Path, problem.Value));
        Assert.Contains("VQN blue", problem.Allowed);
    }

    [Fact]
    public void Parse_GivenTooManyVqns_namesTheFirstTooMany()
    {
        IEnumerable<string> pools = Enumerable.Range(0, 300).Select(i =>
            $$"""
            {"name":"p{{i}}","a":"B","b":"C","class":"open","slots":1,"pricePerSlotSecondWei":0,"vqn":"v{{i}}"}
            """);
        ScenarioResult result = FullScenario.With(
            ("$.pools", "[" + string.Join(',', pools) + "]"), ("$.faults", "[]"), ("$.reservations", "[]"));

        // "red" is the first of 256; v255 is the 257th.
        Assert.Equal(("$.pools[255].vqn", "\"v255\""), result.Problems.Select(p => (p.Path, p.Value)).Single());
    }

    private static ScenarioSite Site(string name, string vqn) => new(name, 0, 0) { Vqn = vqn };

    private static ScenarioLink Link(string a, string b, string vqn = "") =>
        new(a, b, 1) { Settings = LinkSettings.Default with { Vqn = vqn } };

    private static HashSet<int> Search(ScenarioSite[] sites, List<ScenarioLink> links, string vqn, int from)
    {
        HashSet<int> reached = [from];
        Queue<int> queue = new([from]);
        while (queue.TryDequeue(out int at))
        {
            if (at != from && !(sites[at].Vqn == "" || sites[at].Vqn == vqn || sites[at].IsGateway))
            {
                continue;
            }

            foreach (ScenarioLink link in links.Where(l => l.Settings.Vqn == "" || l.Settings.Vqn == vqn))
            {
                string name = sites[at].Name;
                if (link.A == name || link.B == name)
                {
                    int next = Array.FindIndex(sites, s => s.Name == (link.A == name ? link.B : link.A));
                    if (reached.Add(next))
                    {
                        queue.Enqueue(next);
                    }
                }
            }
        }

        return reached;
    }
}
