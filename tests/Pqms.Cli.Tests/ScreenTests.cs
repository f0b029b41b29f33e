using Pqms.Node;

namespace Pqms.Cli.Tests;

public sealed class ScreenTests
{
    [Fact]
    public void Table_GivenLongCells_keepsThemWhole()
    {
        using var output = new StringWriter();
        var hash = "0x" + new string('a', 64);

        new Screen(output, TextWriter.Null).Table(["event", ">gas", "transaction"], [["[x]", "1", hash]]);

        Assert.Contains(hash, output.ToString());
        Assert.Contains("[x]", output.ToString());
    }

    [Fact]
    public void Problem_GivenBrackets_printsThemAndNothingOnOutput()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        new Screen(output, error).Problem(new Refusal("[a]", "[1, 2]", "do [this]"));

        Assert.Empty(output.ToString());
        Assert.Equal(
            "error: [a]\n  allowed: [1, 2]\n  next: do [this]\n", error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Document_GivenUmlauts_writesThemAsTheyAre()
    {
        using var output = new StringWriter();

        new Screen(output, TextWriter.Null).Document(new { SiteB = "München" });

        Assert.Contains("\"siteB\": \"München\"", output.ToString());
    }
}
