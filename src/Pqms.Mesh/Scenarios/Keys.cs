using System.Text;

namespace Pqms.Mesh.Scenarios;

/// <summary>The words that stand in scenario files for the values of an enumeration: "on-demand" for
/// OnDemand.</summary>
/// <remarks>A value named None has no word: it is said by leaving the section out.</remarks>
internal static class Keys<T>
    where T : struct, Enum
{
    private static readonly KeyValuePair<string, T>[] Entries = Enum.GetValues<T>()
        .Where(value => !string.Equals(value.ToString(), "None", StringComparison.Ordinal))
        .Select(value => new KeyValuePair<string, T>(Of(value), value)).ToArray();

    /// <summary>All words in the order of the values.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Entries.Select(entry => entry.Key)];

    /// <summary>The value of a word that is known to be one.</summary>
    public static T Parse(string key) =>
        Entries.First(entry => string.Equals(entry.Key, key, StringComparison.Ordinal)).Value;

    /// <summary>The word of a value.</summary>
    public static string Of(T value)
    {
        var key = new StringBuilder();
        foreach (char c in value.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && key.Length > 0)
            {
                key.Append('-');
            }

            key.Append(char.ToLowerInvariant(c));
        }

        return key.ToString();
    }
}
