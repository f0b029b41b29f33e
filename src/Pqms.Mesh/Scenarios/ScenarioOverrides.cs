using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pqms.Mesh.Scenarios;

/// <summary>Puts other values into the text of a scenario, for sweeps and for trying a figure without a file.</summary>
/// <remarks>Works on text alone: whether the result is a scenario is for <see cref="ScenarioReader"/> to say.</remarks>
public static class ScenarioOverrides
{
    private static readonly JsonDocumentOptions Reading =
        ScenarioReader.Options with { AllowDuplicateProperties = false };

    private static readonly JsonSerializerOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Applies overrides one after the other, so that a later one sees what an earlier one made.</summary>
    /// <remarks>
    /// A path leads from the root over names and 0-based items: "$.pools[0].slots", "$.profiles[0].t2Seconds.value";
    /// "[*]" stands for every item of a list. A missing field is made, with the objects above it, so that an optional
    /// section can be introduced; a missing list or item is a problem. The value null removes a field. Numbers that no
    /// override touches keep their digits; line breaks and indentation go.
    /// </remarks>
    /// <param name="json">One JSON object, at most 16 Mi characters.</param>
    /// <param name="overrides">Paths, each with the JSON to put there: a number, a text in quotes, an object.</param>
    /// <returns>The new text, or the problems: no JSON, no path, nothing at the path.</returns>
    public static OverrideResult Apply(string json, IReadOnlyList<(string Path, string JsonValue)> overrides)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(overrides);
        if (json.Length > ScenarioFormat.MaxCharacters)
        {
            return Refuse($"{json.Length} characters", $"at most {ScenarioFormat.MaxCharacters} characters");
        }

        try
        {
            return JsonNode.Parse(json, documentOptions: Reading) is JsonObject root
                ? Apply(root, overrides)
                : Refuse("no object", "one JSON object");
        }
        catch (JsonException e)
        {
            string where = e.LineNumber is { } line
                ? $"line {line + 1}, byte {e.BytePositionInLine + 1}"
                : "a field that comes twice";
            return Refuse(where, "well-formed JSON without comments, each field once");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return Refuse("half of a surrogate pair", "text of whole Unicode characters");
        }
    }

    private static OverrideResult Apply(JsonObject root, IReadOnlyList<(string Path, string JsonValue)> overrides)
    {
        var check = new FormatCheck();
        foreach ((string text, string json) in overrides)
        {
            if (OverridePath.Parse(text) is not { } path)
            {
                check.Report(text, text, OverridePath.Allowed);
            }
            else if (TryParse(json, out JsonNode? value))
            {
                new Change(check, path.Steps, value).Make(root, 0, "$");
            }
            else
            {
                check.Report(text, json, "a JSON value; text in quotes");
            }
        }

        return check.Problems.Count > 0
            ? OverrideResult.Refused(check.Problems)
            : OverrideResult.Made(root.ToJsonString(Writing));
    }

    private static bool TryParse(string json, out JsonNode? value)
    {
        try
        {
            value = JsonNode.Parse(json, documentOptions: Reading);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    private static OverrideResult Refuse(string value, string allowed) =>
        OverrideResult.Refused([new ScenarioProblem("$", value, allowed)]);

    private static string Raw(JsonNode? node) => node?.ToJsonString(Writing) ?? "null";

    /// <summary>One override on its way down the document.</summary>
    private sealed class Change(FormatCheck check, IReadOnlyList<OverridePath.Step> steps, JsonNode? value)
    {
        public void Make(JsonNode? node, int depth, string path)
        {
            if (steps[depth].Name is { } name)
            {
                InObject(node, name, depth, path);
            }
            else
            {
                InList(node, steps[depth].Index, depth, path);
            }
        }

        private void InObject(JsonNode? node, string name, int depth, string path)
        {
            if (node is not JsonObject parent)
            {
                check.Report(path, Raw(node), $"an object, for its field {name}");
            }
            else if (depth < steps.Count - 1)
            {
                Descend(parent, name, depth, path);
            }
            else if (value is null)
            {
                parent.Remove(name);
            }
            else
            {
                parent[name] = value.DeepClone();
            }
        }

        private void Descend(JsonObject parent, string name, int depth, string path)
        {
            if (parent[name] is null && steps[depth + 1].Name is not null)
            {
                if (value is null)
                {
                    return;
                }

                parent[name] = new JsonObject();
            }

            Make(parent[name], depth + 1, $"{path}.{name}");
        }

        private void InList(JsonNode? node, int index, int depth, string path)
        {
            if (node is not JsonArray list)
            {
                check.Report(path, node is null ? "(missing)" : Raw(node), "a list");
                return;
            }

            bool isEvery = index == OverridePath.Step.Every;
            if (isEvery ? list.Count == 0 : index >= list.Count)
            {
                string allowed = list.Count == 0 ? "a list with items" : $"[0] to [{list.Count - 1}], or [*]";
                check.Report(path, isEvery ? "[*]" : $"[{index}]", allowed);
                return;
            }

            for (int i = isEvery ? 0 : index; i < (isEvery ? list.Count : index + 1); i++)
            {
                At(list, i, depth, path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]");
            }
        }

        private void At(JsonArray list, int index, int depth, string path)
        {
            if (depth < steps.Count - 1)
            {
                Make(list[index], depth + 1, path);
            }
            else if (value is null)
            {
                check.Report(path, "null", "a value: items of a list cannot be removed");
            }
            else
            {
                list[index] = value.DeepClone();
            }
        }
    }
}
