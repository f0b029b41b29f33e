namespace Pqms.Ethereum.Tests.Generators;

/// <summary>Short spelling of ABI JSON: parameters as "uint8 a, bytes indexed b, Pair[] c".</summary>
internal static class SampleAbi
{
    private const string PairMembers =
        "\"components\":[{\"name\":\"a\",\"type\":\"uint8\"},{\"name\":\"b\",\"type\":\"bytes\"}]";

    public static string Function(string name, string inputs, string outputs = "", string mutability = "view") =>
        $$"""{"type":"function","name":"{{name}}","stateMutability":"{{mutability}}",""" +
        $$""" "inputs":[{{Parameters(inputs)}}],"outputs":[{{Parameters(outputs)}}]}""";

    public static string Constructor(string inputs) =>
        $$"""{"type":"constructor","stateMutability":"nonpayable","inputs":[{{Parameters(inputs)}}]}""";

    public static string Event(string name, string inputs) =>
        $$"""{"type":"event","name":"{{name}}","anonymous":false,"inputs":[{{Parameters(inputs)}}]}""";

    public static string Error(string name, string inputs) =>
        $$"""{"type":"error","name":"{{name}}","inputs":[{{Parameters(inputs)}}]}""";

    public static string Struct(string name, string memberType) =>
        $$"""{"name":"t","type":"tuple","internalType":"struct {{name}}",""" +
        $$""" "components":[{"name":"a","type":"{{memberType}}"}]}""";

    private static string Parameters(string list) => list.StartsWith('{')
        ? list
        : string.Join(',', list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Parameter));

    private static string Parameter(string text)
    {
        var words = text.Trim().Split(' ');
        var name = words.Length == 1 ? string.Empty : words[^1];
        var indexed = words.Contains("indexed") ? "true" : "false";
        var type = words[0].StartsWith("Pair", StringComparison.Ordinal)
            ? $"\"tuple{words[0][4..]}\",\"internalType\":\"struct Sample.{words[0]}\",{PairMembers}"
            : $"\"{words[0]}\"";
        return $$"""{"name":"{{name}}","indexed":{{indexed}},"type":{{type}}}""";
    }
}
