namespace Pqms.EndToEnd.Tests.Documentation;

/// <summary>The README promises nothing that the program does not know.</summary>
public sealed class ReadmeTests
{
    public static TheoryData<string> Commands => [.. ReadmeSnippets.Commands];

    public static TheoryData<string> Links => [.. ReadmeSnippets.LinksOf(ReadmeSnippets.Text).Distinct()];

    [Fact]
    public void CommandsOf_GivenShellBlocks_findsTheCommandsOnly()
    {
        const string block = "```sh\nnpm start\nscripts/pqms audit 7 --json # comment\n```\n";
        const string text = block + "pqms no\n```\npqms no\n```\n";
        Assert.Equal(["audit 7 --json"], ReadmeSnippets.CommandsOf(text));
    }

    [Fact]
    public void WordsOf_GivenQuotes_keepsWhatTheyHold() =>
        Assert.Equal(["reserve", "--max-cost", "1 ether"], ReadmeSnippets.WordsOf("reserve --max-cost \"1 ether\""));

    [Fact]
    public void WordsOf_GivenSingleQuotes_keepsWhatTheyHold() =>
        Assert.Equal(["sweep", "--vary", "$.a=1 2", "x"], ReadmeSnippets.WordsOf("sweep --vary '$.a=1 2' x"));

    [Fact]
    public void LinksOf_GivenAText_findsRelativeTargetsOnly() =>
        Assert.Equal(["a/b.md"], ReadmeSnippets.LinksOf("[x](a/b.md#c) [y](https://example.org) [z](#here)"));

    [Theory]
    [MemberData(nameof(Links))]
    public void Link_GivenTheReadme_leadsSomewhere(string target) =>
        Assert.True(Path.Exists(Path.Combine(Repository.Root, target)), $"README.md links to {target}");

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_GivenTheReadme_isKnownWithItsOptions(string command)
    {
        var words = ReadmeSnippets.WordsOf(command);
        var names = words.TakeWhile(word => word.All(char.IsAsciiLetterLower)).ToList();
        var help = await PqmsProcess.RunAsync([.. names, "--help"]);
        Assert.True(help.ExitCode == 0, help.Error);
        Assert.Contains($"pqms {names[0]}", help.Output, StringComparison.Ordinal);
        Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)),
            option => Assert.Contains(option, help.Output, StringComparison.Ordinal));
    }
}
