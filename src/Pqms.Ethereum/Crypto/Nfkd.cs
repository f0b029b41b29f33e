using System.Globalization;
using System.Text;

namespace Pqms.Ethereum.Crypto;

/// <summary>Unicode's normal form KD, which BIP-39 wants of words and passphrases.</summary>
/// <remarks>Of its own, as .NET's <c>Normalize</c> changes nothing where <c>InvariantGlobalization</c> is on: the same
/// passphrase would open another account there. Source: Unicode 17, section 3.11, and UAX 15.</remarks>
internal static class Nfkd
{
    // Hangul syllables are decomposed by arithmetic: Unicode, section 3.12.
    private const int HangulFirst = 0xAC00;
    private const int HangulCount = 11172;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailFirst = 0x11A7;
    private const int TailCount = 28;
    private const int VowelTimesTailCount = 21 * TailCount;

    private static readonly Lazy<(Dictionary<int, int[]> Parts, Dictionary<int, int> Ranks)> Tables = new(Load);

    /// <summary>The text's normal form; the text itself when it is ASCII.</summary>
    public static string Normalize(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var (parts, ranks) = Tables.Value;
        List<int> points = [];
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, parts, points);
        }

        Reorder(points, ranks);
        var result = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            result.Append(new Rune(point).ToString());
        }

        return result.ToString();
    }

    private static void Decompose(int point, Dictionary<int, int[]> parts, List<int> points)
    {
        var hangul = point - HangulFirst;
        if (hangul is >= 0 and < HangulCount)
        {
            points.Add(LeadFirst + (hangul / VowelTimesTailCount));
            points.Add(VowelFirst + (hangul % VowelTimesTailCount / TailCount));
            if (hangul % TailCount != 0)
            {
                points.Add(TailFirst + (hangul % TailCount));
            }
        }
        else if (parts.TryGetValue(point, out var whole))
        {
            points.AddRange(whole);
        }
        else
        {
            points.Add(point);
        }
    }

    // Each run of marks is sorted by rank; marks of one rank keep their order.
    private static void Reorder(List<int> points, Dictionary<int, int> ranks)
    {
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && ranks.ContainsKey(points[end]))
            {
                end++;
            }

            if (end - start > 1)
            {
                var sorted = points[start..end].OrderBy(point => ranks[point]).ToList();
                points.RemoveRange(start, end - start);
                points.InsertRange(start, sorted);
            }

            start = Math.Max(start, end);
        }
    }

    // A line is a character and its parts in hexadecimal, or "+mark rank".
    private static (Dictionary<int, int[]> Parts, Dictionary<int, int> Ranks) Load()
    {
        Dictionary<int, int[]> parts = [];
        Dictionary<int, int> ranks = [];
        foreach (var line in Resources.Lines("nfkd"))
        {
            var fields = line.TrimStart('+').Split(' ');
            if (line[0] == '+')
            {
                ranks.Add(Point(fields[0]), int.Parse(fields[1], CultureInfo.InvariantCulture));
            }
            else
            {
                parts.Add(Point(fields[0]), [.. fields.Skip(1).Select(Point)]);
            }
        }

        return (parts, ranks);
    }

    private static int Point(string digits) =>
        int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
