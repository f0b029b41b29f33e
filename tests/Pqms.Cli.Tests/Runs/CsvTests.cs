using Pqms.Cli.Runs;

namespace Pqms.Cli.Tests.Runs;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData(" blank ", "\" blank \"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("-2+3,4", "\"'-2+3,4\"")]
    public void Text_GivenHostileNames_quotesAndDisarmsThem(string name, string cell) =>
        Assert.Equal(cell, Csv.Text(name));

    [Fact]
    public void Number_GivenAnyDouble_readsBackToTheSameBits()
    {
        Assert.Equal("0.1", Csv.Number(0.1));
        Assert.Equal("", Csv.Number(null));
        Assert.Equal(0.1 + 0.2, double.Parse(Csv.Number(0.1 + 0.2)));
    }

    [Fact]
    public void ToString_GivenRows_endsEveryLineWithCrLf()
    {
        var csv = new Csv(["a", "b [1]"]);
        csv.Add(["1", "2"]);

        Assert.Equal("a,b [1]\r\n1,2\r\n", csv.ToString());
        Assert.Throws<ArgumentException>(() => csv.Add(["1"]));
    }
}
