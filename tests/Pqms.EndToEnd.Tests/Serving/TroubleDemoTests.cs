using System.Text.Json;

namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>The demonstrations of trouble, as a user starts them.</summary>
[Collection(RunningCollection.Name)]
public sealed class TroubleDemoTests
{
    [HardhatTheory]
    [InlineData("crash", "takes answered", "5")]
    [InlineData("reorg", "takes answered", "5")]
    [InlineData("tamper", "one wei in an exported history", "1 more than the logs explain")]
    public async Task Demo_GivenTrouble_showsThatNothingIsLostAndForgeriesAreCaught(
        string trouble, string fact, string value)
    {
        var result = await PqmsProcess.RunAsync(["demo", trouble, "--json"]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        using var document = JsonDocument.Parse(result.Output);
        var facts = document.RootElement.GetProperty("facts").EnumerateArray().ToDictionary(
            found => found.GetProperty("name").GetString()!, found => found.GetProperty("value").GetString()!);
        Assert.Contains(value, facts[fact], StringComparison.Ordinal);
        Assert.True(document.RootElement.GetProperty("passed").GetBoolean());
    }
}
