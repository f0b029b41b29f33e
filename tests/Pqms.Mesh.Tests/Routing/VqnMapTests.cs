using Pqms.Mesh.Routing;

namespace Pqms.Mesh.Tests.Routing;

public class VqnMapTests
{
    private static readonly VqnMap s_map = new([0, 1, 2], [0, 1, 2, 2], [false, false, false, true]);

    [Theory]
    [InlineData(0, "0", "0,3")]
    [InlineData(1, "0,1", "0,1,3")]
    [InlineData(2, "0,2", "0,2,3")]
    public void Map_GivenAVqn_allowsItsOwnAndSharedAndGateways(int vqn, string links, string sites)
    {
        Assert.Equal(links, string.Join(',', Enumerable.Range(0, 3).Where(i => s_map.MayUse(i, vqn))));
        Assert.Equal(sites, string.Join(',', Enumerable.Range(0, 4).Where(i => s_map.MaySwap(i, vqn))));
    }

    [Fact]
    public void Best_GivenAForeignSite_goesThroughAGatewayOnly()
    {
        (int, int)[] links = [(0, 1), (1, 2)];
        LinkPath? Route(bool isGateway) => RouteFinderTests.Line(
            links, [0.9, 0.9], 3, null, new VqnMap([0, 0], [0, 2, 2], [false, isGateway, false])).Best(0, 2, vqn: 1);
        Assert.Null(Route(isGateway: false));
        Assert.Equal([0, 1], Route(isGateway: true)!.Links);
    }
}
