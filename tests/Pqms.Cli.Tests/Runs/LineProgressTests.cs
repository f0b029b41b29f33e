using Pqms.Cli.Runs;

namespace Pqms.Cli.Tests.Runs;

public sealed class LineProgressTests
{
    [Theory]
    [InlineData(0.25, 10, "work: 25 % after 10 s, about 30 s left")]
    [InlineData(0.0, 4, "work: 0 % after 4 s")]
    [InlineData(1.0, 4, "work: 100 % after 4 s, about 0 s left")]
    public void Line_GivenAShare_tellsTheTimeLeft(double share, int seconds, string line) =>
        Assert.Equal(line, LineProgress.Line("work", share, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Report_WithinTheFirstSeconds_saysNothing()
    {
        var said = new List<string>();
        new LineProgress("work", said.Add).Report(0.5);

        Assert.Empty(said);
    }
}
