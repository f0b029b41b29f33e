using System.Globalization;

namespace Pqms.Mesh.Scenarios;

/// <summary>A place in a scenario's text, such as "$.pools[*].demand.ratePerSecond", as its steps.</summary>
/// <param name="Steps">From the root to the place, at least one.</param>
internal sealed record OverridePath(IReadOnlyList<OverridePath.Step> Steps)
{
    /// <summary>What a path looks like, for people.</summary>
    public const string Allowed = "a path such as $.seed, $.pools[0].slots or $.pools[*].weight";

    // No list of the format is longer than 100,000; nine digits fit an Int32.
    private const int MostDigits = 9;

    /// <summary>Reads a path; null when it is none.</summary>
    public static OverridePath? Parse(string text)
    {
        if (!text.StartsWith('$'))
        {
            return null;
        }

        var steps = new List<Step>();
        for (int at = 1; at < text.Length;)
        {
            Step? step = text[at] == '.' ? Name(text, ref at) : Item(text, ref at);
            if (step is null)
            {
                return null;
            }

            steps.Add(step.Value);
        }

        return steps.Count == 0 ? null : new OverridePath(steps);
    }

    private static Step? Name(string text, ref int at)
    {
        int end = text.AsSpan(at + 1).IndexOfAny(".[]");
        end = end < 0 ? text.Length : at + 1 + end;
        string name = text[(at + 1)..end];
        at = end;
        return name.Length == 0 ? null : new Step(name, 0);
    }

    private static Step? Item(string text, ref int at)
    {
        int end = text.IndexOf(']', at);
        if (text[at] != '[' || end < 0)
        {
            return null;
        }

        string inside = text[(at + 1)..end];
        at = end + 1;
        if (string.Equals(inside, "*", StringComparison.Ordinal))
        {
            return new Step(null, Step.Every);
        }

        bool isIndex = inside.Length is > 0 and <= MostDigits && inside.All(char.IsAsciiDigit);
        return isIndex ? new Step(null, int.Parse(inside, CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>One step down.</summary>
    /// <param name="Name">Name of a field; null for items of a list.</param>
    /// <param name="Index">0-based item, or <see cref="Every"/>.</param>
    internal readonly record struct Step(string? Name, int Index)
    {
        /// <summary>Stands for all items of a list.</summary>
        public const int Every = -1;
    }
}
