using System.Globalization;
using System.Text;

namespace Pqms.Mesh.Import;

/// <summary>Entities of quoted texts: those of XML, the Latin-1 ones of ISO 8879 that GML names, and numbers.</summary>
internal static class GmlEntities
{
    private const int LongestEntity = 10;

    private const string LatinNames =
        "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute "
        + "micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring "
        + "AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml "
        + "times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil "
        + "egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash "
        + "ugrave uacute ucirc uuml yacute thorn yuml";

    private const int FirstLatin = 0xA0;

    private static readonly Dictionary<string, int> Names = MakeNames();

    /// <summary>Replaces the entities that are known; counts the others, which stay as written.</summary>
    public static string Replace(string text, NoteCounter unknown)
    {
        if (!text.Contains('&'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length;)
        {
            int length = text[i] == '&' ? LengthAt(text, i) : 0;
            if (length == 0)
            {
                plain.Append(text[i++]);
                continue;
            }

            string entity = text.Substring(i, length);
            if (TryFind(entity[1..^1], out Rune character))
            {
                plain.Append(character.ToString());
            }
            else
            {
                unknown.Add(entity);
                plain.Append(entity);
            }

            i += length;
        }

        return plain.ToString();
    }

    // Length of "&name;" from '&' to ';'; 0 when the ampersand stands for itself.
    private static int LengthAt(string text, int start)
    {
        for (int i = start + 1; i < text.Length && i <= start + LongestEntity; i++)
        {
            if (text[i] == ';')
            {
                return i - start > 1 ? i - start + 1 : 0;
            }

            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] != '#')
            {
                return 0;
            }
        }

        return 0;
    }

    private static bool TryFind(string name, out Rune character)
    {
        bool isHexadecimal = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        bool isKnown = name[0] == '#'
            ? int.TryParse(
                name.AsSpan(isHexadecimal ? 2 : 1),
                isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                CultureInfo.InvariantCulture, out int code)
            : Names.TryGetValue(name, out code);
        character = default;
        return isKnown && Rune.TryCreate(code, out character);
    }

    private static Dictionary<string, int> MakeNames()
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["amp"] = '&',
            ["lt"] = '<',
            ["gt"] = '>',
            ["quot"] = '"',
            ["apos"] = '\'',
        };
        int code = FirstLatin;
        foreach (string name in LatinNames.Split(' '))
        {
            names.Add(name, code++);
        }

        return names;
    }
}
