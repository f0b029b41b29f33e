namespace Pqms.Cli;

/// <summary>A table as paragraphs, one a row, for terminals too narrow for its columns.</summary>
internal static class NarrowTable
{
    /// <summary>Cells up to so many characters share the paragraph's first line.</summary>
    private const int ShortCell = 24;

    /// <summary>Columns that the table needs as a table: two blanks and one rule a cell, one more rule.</summary>
    public static int WidthAsTable(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows) =>
        1 + Enumerable.Range(0, headings.Count)
            .Sum(column => 3 + rows.Select(row => row[column].Length).Append(headings[column].Length).Max());

    /// <summary>The paragraphs' lines: first cell and short cells on one, each long cell on one of its own.</summary>
    public static IEnumerable<string> Lines(
        IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        foreach (var row in rows)
        {
            var cells = headings.Zip(row).Skip(1).Where(cell => cell.Second.Length > 0).ToList();
            var brief = cells.Where(cell => cell.Second.Length <= ShortCell)
                .Select(cell => $"{cell.First} {cell.Second}");
            yield return string.Join(", ", brief.Prepend($"{headings[0]} {row[0]}"));
            foreach (var (heading, text) in cells.Where(cell => cell.Second.Length > ShortCell))
            {
                yield return $"  {heading}: {text}";
            }
        }
    }
}
