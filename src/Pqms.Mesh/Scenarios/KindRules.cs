using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Which fields an object may and must have, depending on the kind that it names.</summary>
/// <remarks>Fields without a rule belong to every kind.</remarks>
internal sealed class KindRules<T>(IReadOnlyList<Field> fields, IReadOnlyList<KindRules<T>.Rule> rules)
    where T : struct, Enum
{
    /// <summary>Reports fields that the kind does not use and fields that it lacks.</summary>
    public void Check(FormatCheck check, string path, JsonElement item, T kind)
    {
        foreach (Rule rule in rules)
        {
            bool isGiven = item.TryGetProperty(rule.Name, out JsonElement value);
            if (isGiven && !rule.Users.Contains(kind))
            {
                string users = string.Join(", ", rule.Users.Select(Keys<T>.Of));
                check.Report($"{path}.{rule.Name}", value, $"nothing for kind {Keys<T>.Of(kind)}; a field of {users}");
            }
            else if (!isGiven && rule.Needs.Contains(kind))
            {
                string allowed = fields.First(f => string.Equals(f.Name, rule.Name, StringComparison.Ordinal)).Allowed;
                check.Report($"{path}.{rule.Name}", "(missing)", $"{allowed}, for kind {Keys<T>.Of(kind)}");
            }
        }
    }

    /// <summary>A field that only some kinds use.</summary>
    internal sealed record Rule(string Name, IReadOnlyList<T> Users, IReadOnlyList<T> Needs)
    {
        /// <summary>All users need it.</summary>
        public static Rule Needed(string name, params T[] users) => new(name, users, users);

        /// <summary>No user needs it.</summary>
        public static Rule Optional(string name, params T[] users) => new(name, users, []);

        /// <summary>Of its users, these need it.</summary>
        public Rule For(params T[] needs) => this with { Needs = needs };
    }
}
