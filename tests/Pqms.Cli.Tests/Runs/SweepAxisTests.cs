using Pqms.Cli.Runs;
using Pqms.Node;

namespace Pqms.Cli.Tests.Runs;

public sealed class SweepAxisTests
{
    [Theory]
    [InlineData("pools[0].slots=1,2,3", "$.pools[0].slots", "1|2|3")]
    [InlineData("$.seed=7", "$.seed", "7")]
    [InlineData("pools[*].mode=standby,on-demand", "$.pools[*].mode", "\"standby\"|\"on-demand\"")]
    [InlineData("x=0:1:5", "$.x", "0|0.25|0.5|0.75|1")]
    [InlineData("x=1:0:3", "$.x", "1|0.5|0")]
    [InlineData("x=1:100:3:log", "$.x", "1|10|100")]
    [InlineData("x={\"a\":1,\"b\":[2,3]},{\"a\":2}", "$.x", "{\"a\":1,\"b\":[2,3]}|{\"a\":2}")]
    [InlineData("x=\"a,b\",\"c\"", "$.x", "\"a,b\"|\"c\"")]
    public void Parse_GivenAListOrARange_readsPathAndValues(string text, string path, string values)
    {
        var axis = SweepAxis.Parse(text)!.Value;

        Assert.Equal(path, axis.Path);
        Assert.Equal(values.Split('|'), axis.Values);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("=1")]
    [InlineData("x=")]
    [InlineData("x=1,,2")]
    public void Parse_WhenThereIsNothingToVary_isNull(string text) => Assert.Null(SweepAxis.Parse(text));

    [Theory]
    [InlineData("x=0:1:1")]
    [InlineData("x=0:1:1001")]
    [InlineData("x=0:1:3:log")]
    [InlineData("x=a:b:3")]
    public void Parse_WhenARangeIsNone_takesItAsText(string text) =>
        Assert.Equal([$"\"{text[2..]}\""], SweepAxis.Parse(text)!.Value.Values);

    [Fact]
    public void Points_GivenTwoAxes_variesTheLastOneFastest()
    {
        var points = SweepGrid.Points(
            [SweepAxis.Parse("a=1,2")!.Value, SweepAxis.Parse("b=3,4,5")!.Value], seeds: 1);

        Assert.Equal(
            ["1 3", "1 4", "1 5", "2 3", "2 4", "2 5"], points.Select(point => string.Join(' ', point.Values)));
        Assert.Equal(new Override("$.b", "5"), points[5].Overrides[1]);
    }

    [Fact]
    public void Points_WhenTheGridIsTooLarge_namesItAndTheLimit()
    {
        var axis = SweepAxis.Parse("a=1:1000:1000")!.Value;

        var refused = Assert.Throws<RefusedException>(() => SweepGrid.Points([axis, axis, axis, axis, axis], 1));
        Assert.Contains("more than 10000", refused.Refusal.What);
        refused = Assert.Throws<RefusedException>(() => SweepGrid.Points([axis], 11));
        Assert.Contains("1000 points with 11 seeds", refused.Refusal.What);
        Assert.Contains("10000 runs", refused.Refusal.Allowed);
    }
}
