using System.Globalization;
using System.Text;

namespace Pqms.Cli.Runs;

/// <summary>Comma-separated values by RFC 4180: quotes where needed, lines end with CR LF, one heading line.</summary>
/// <remarks>
/// Texts that a spreadsheet would run as a formula (those that begin with =, +, -, @, a tab or a carriage return) get
/// an apostrophe in front; numbers are written so that reading them gives the same bits.
/// </remarks>
internal sealed class Csv
{
    private const string LineEnd = "\r\n";
    private const string FormulaStarts = "=+-@\t\r";

    private readonly StringBuilder _text = new();
    private readonly int _columns;

    /// <summary>Begins with the heading line.</summary>
    public Csv(IReadOnlyList<string> headings)
    {
        _columns = headings.Count;
        Append(headings.Select(Text));
    }

    /// <summary>A cell of text.</summary>
    public static string Text(string value)
    {
        var safe = value.Length > 0 && FormulaStarts.Contains(value[0], StringComparison.Ordinal) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 && safe.Trim().Length == safe.Length
            ? safe
            : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A cell with a number; empty without one.</summary>
    public static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Appends a line of finished cells.</summary>
    /// <exception cref="ArgumentException">Not as many cells as headings.</exception>
    public void Add(IReadOnlyList<string> cells)
    {
        if (cells.Count != _columns)
        {
            throw new ArgumentException($"{cells.Count} cells under {_columns} headings.", nameof(cells));
        }

        Append(cells);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Append(IEnumerable<string> cells) => _text.AppendJoin(',', cells).Append(LineEnd);
}
