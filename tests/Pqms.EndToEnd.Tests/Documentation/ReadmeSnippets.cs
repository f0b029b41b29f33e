using System.Text.RegularExpressions;

namespace Pqms.EndToEnd.Tests.Documentation;

/// <summary>What the documents tell a reader to type, read from their shell blocks.</summary>
internal static partial class ReadmeSnippets
{
    /// <summary>Every `pqms` command line of the README, without the program's name, in order.</summary>
    public static IReadOnlyList<string> Commands => [.. CommandsOf(Text)];

    /// <summary>Those for a node that serves; blocks marked "apart" start processes of their own.</summary>
    public static IReadOnlyList<string> CommandsForANode => [.. CommandsOf(Text, apart: false)];

    /// <summary>The README's text.</summary>
    public static string Text => File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    /// <summary>The command lines of a text's shell blocks.</summary>
    public static IEnumerable<string> CommandsOf(string markdown, bool apart = true) =>
        from block in ShellBlock().Matches(markdown)
        where apart || !block.Groups["apart"].Success
        from line in block.Groups["body"].Value.Split('\n')
        let command = PqmsLine().Match(line)
        where command.Success
        select command.Groups["rest"].Value.Trim();

    /// <summary>A command line as the shell splits it; quotes of either kind hold words together.</summary>
    public static IReadOnlyList<string> WordsOf(string command) =>
        [.. Word().Matches(command).Select(word => Quote().Replace(word.Value, ""))];

    /// <summary>Targets of the relative links in a text, without their fragments.</summary>
    public static IEnumerable<string> LinksOf(string markdown) =>
        from link in Link().Matches(markdown)
        let target = link.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
        select target;

    [GeneratedRegex("^```sh(?<apart> apart)?\n(?<body>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline
        | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("[\"']", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quote();

    [GeneratedRegex("(\"[^\"]*\"|'[^']*'|[^\\s\"'])+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex("^(scripts/)?pqms (?<rest>[^#]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PqmsLine();

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
