using System.Text;

namespace Pqms.Mesh.Import;

/// <summary>Foreign texts made fit for messages, names and JSON.</summary>
internal static class ImportText
{
    // Letters of Latin-1 from 'à' on as they stand in keys; German umlauts as German writes them.
    private static readonly string[] Latin =
    [
        "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
        "d", "n", "o", "o", "o", "o", "oe", "", "oe", "u", "u", "u", "ue", "y", "th", "y",
    ];

    /// <summary>One line of at most 64 characters, for messages.</summary>
    public static string Shorten(string text)
    {
        string line = Clean(Cut(text, ImportLimits.LongestValue + 1), isName: false);
        return text.Length <= ImportLimits.LongestValue ? line : Cut(line, ImportLimits.LongestValue - 3) + "...";
    }

    /// <summary>The first characters of a text that may be long, for <see cref="Shorten"/>.</summary>
    public static string Start(ReadOnlySpan<char> text) =>
        text[..(text.Length <= ImportLimits.LongestValue ? text.Length : ImportLimits.LongestValue + 1)].ToString();

    /// <summary>One line without half characters, at most so long, for texts of the scenario.</summary>
    public static string Line(string text, int longest)
    {
        string line = Clean(text, isName: false).Trim();
        return line.Length <= longest ? line : Cut(line, longest - 3) + "...";
    }

    /// <summary>
    /// A site's name: '~', '#' and halves of surrogate pairs become '_', control characters blanks; trimmed and cut to
    /// the longest name.
    /// </summary>
    public static string SiteName(string text) =>
        Cut(Clean(text, isName: true).Trim(), ImportLimits.MaxNameCharacters);

    /// <summary>At most so many characters, without half a surrogate pair or a blank at the end.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        int length = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..length].TrimEnd();
    }

    /// <summary>Small letters, digits and single hyphens, at most so many; empty when nothing is left.</summary>
    public static string Key(string text, int longest)
    {
        var key = new StringBuilder();
        foreach (char found in text)
        {
            char c = found is (>= 'A' and <= 'Z') or (>= 'À' and <= 'Þ') ? (char)(found + 0x20) : found;
            string letters = c switch
            {
                >= 'a' and <= 'z' or >= '0' and <= '9' => c.ToString(),
                >= 'à' and <= 'ÿ' => Latin[c - 'à'],
                'ß' => "ss",
                _ => "",
            };
            if (letters.Length > 0)
            {
                key.Append(letters);
            }
            else if (key.Length > 0 && key[^1] != '-')
            {
                key.Append('-');
            }

            if (key.Length >= longest)
            {
                break;
            }
        }

        return Cut(key.ToString(), longest).Trim('-');
    }

    private static string Clean(string text, bool isName)
    {
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c) || (isName && c is '~' or '#'))
            {
                clean.Append('_');
            }
            else
            {
                clean.Append(char.IsControl(c) ? ' ' : c);
            }
        }

        return clean.ToString();
    }
}
