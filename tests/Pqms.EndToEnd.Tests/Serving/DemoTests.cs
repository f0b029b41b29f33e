using System.Text.Json;
using Pqms.EndToEnd.Tests.Documentation;

namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>The first reservation as a user sees it, on a real chain.</summary>
[Collection(RunningCollection.Name)]
public sealed class DemoTests(ServedRealm realm) : IClassFixture<ServedRealm>
{
    private const int Takes = 5;

    [HardhatFact]
    public void Demo_GivenAFreshChain_settlesTheReservation()
    {
        var reservation = realm.Demo.GetProperty("reservation");
        Assert.Equal("Settled", reservation.GetProperty("status").GetString());
        Assert.Equal(15, reservation.GetProperty("slots").GetInt32());
    }

    [HardhatFact]
    public void Demo_GivenAFreshChain_deliversEveryTakeFromStandingPairs()
    {
        var takes = realm.Demo.GetProperty("takes").EnumerateArray().ToList();
        Assert.Equal(Takes, takes.Count);
        Assert.All(takes, take => Assert.Equal("Delivered", take.GetProperty("result").GetString()));
        Assert.All(takes, take => Assert.InRange(take.GetProperty("fidelityEstimate").GetDouble(), 0.95, 1));
        Assert.All(takes, take => Assert.True(take.GetProperty("deliveryMicroseconds").GetDouble() > 1700,
            "504 km of light way take at least 1.7 ms: a pool removes set-up time only"));
        Assert.Equal(Takes, takes.Select(take => take.GetProperty("pair").GetString()).Distinct().Count());
    }

    [HardhatFact]
    public void Demo_GivenAFreshChain_chainsItsReports()
    {
        var reports = realm.Demo.GetProperty("reports").EnumerateArray().ToList();
        var sequences = reports.Select(report => report.GetProperty("sequence").GetInt32());
        Assert.Equal(Enumerable.Range(1, reports.Count), sequences);
        Assert.All(reports, report => Assert.True(report.GetProperty("leaves").GetInt32() > 0));
        Assert.All(reports, report => Assert.True(report.GetProperty("gasUsed").GetInt64() > 21_000));
        Assert.All(reports, report => Assert.Matches("^0x[0-9a-f]{64}$", report.GetProperty("root").GetString()));
    }

    [HardhatFact]
    public void Demo_GivenAFreshChain_passesTheAudit()
    {
        var audit = realm.Demo.GetProperty("audit");
        foreach (var check in new[] { "transitions", "money", "proof", "replay" })
        {
            Assert.True(audit.GetProperty(check).GetBoolean(), $"{check}: {audit}");
        }
    }

    [HardhatFact]
    public async Task ReadmeCommands_GivenTheServingNode_allWork()
    {
        foreach (var command in ReadmeSnippets.CommandsForANode)
        {
            var result = await PqmsProcess.RunAsync(
                [.. ReadmeSnippets.WordsOf(command), "--data-folder", realm.DataFolder]);
            Assert.True(result.ExitCode == 0,
                $"pqms {command}: code {result.ExitCode}\n{result.Output}\n{result.Error}");
        }
    }

    [HardhatFact]
    public async Task Audit_GivenTheSettledReservation_agreesOnEveryRoot()
    {
        var id = realm.Demo.GetProperty("reservation").GetProperty("id").GetString()!;
        var result = await PqmsProcess.RunAsync(["audit", id, "--replay", "--json", "--data-folder", realm.DataFolder]);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [HardhatFact]
    public async Task Audit_GivenNoId_checksTheWholeLedger()
    {
        var result = await PqmsProcess.RunAsync(["audit", "--json", "--data-folder", realm.DataFolder]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        using var document = JsonDocument.Parse(result.Output);
        var audit = document.RootElement;
        Assert.True(audit.GetProperty("passed").GetBoolean());
        Assert.Empty(audit.GetProperty("faults").EnumerateArray());
        Assert.InRange(audit.GetProperty("reservations").GetProperty("Settled").GetInt32(), 1, int.MaxValue);
        Assert.InRange(audit.GetProperty("leaves").GetProperty("Take").GetInt32(), Takes, int.MaxValue);
        Assert.InRange(audit.GetProperty("proofs").GetInt32(), 1, audit.GetProperty("reports").GetInt32());
        Assert.Equal(audit.GetProperty("reports").GetInt32(),
            audit.GetProperty("replay").GetProperty("reports").GetInt32());
        Assert.True(audit.GetProperty("money").GetProperty("balanced").GetBoolean());
    }

    [HardhatFact]
    public async Task Take_GivenTheSettledReservation_isRefusedWithAReason()
    {
        var id = realm.Demo.GetProperty("reservation").GetProperty("id").GetString()!;
        var result = await PqmsProcess.RunAsync(["take", id, "--data-folder", realm.DataFolder]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("NotActive", result.Error, StringComparison.Ordinal);
    }
}
