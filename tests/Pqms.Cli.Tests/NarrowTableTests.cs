namespace Pqms.Cli.Tests;

public sealed class NarrowTableTests
{
    private static readonly string[] _headings = ["event", "gas", "transaction", "note"];

    [Fact]
    public void Lines_GivenARow_putsShortCellsOnOneLineAndLongOnesWhole()
    {
        var hash = "0x" + new string('a', 64);

        var lines = NarrowTable.Lines(_headings, [["TakeRequested", "34155", hash, ""]]);

        Assert.Equal(["event TakeRequested, gas 34155", $"  transaction: {hash}"], lines);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a cell longer than its heading")]
    public void WidthAsTable_GivenCells_isTheWidthOfTheDrawnTable(string note)
    {
        IReadOnlyList<string>[] rows = [["a", "1", "t", note]];
        using var output = new StringWriter();
        new Screen(output, TextWriter.Null).Table(_headings, rows);
        var drawn = output.ToString().ReplaceLineEndings("\n").Split('\n')[0].Length;

        Assert.Equal(drawn, NarrowTable.WidthAsTable(_headings, rows));
    }
}
