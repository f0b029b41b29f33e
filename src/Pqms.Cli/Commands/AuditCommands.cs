using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Node.Audit;
using Pqms.Node.Hosting;
using Pqms.Node.Running;
using Pqms.Node.Settings;
using Pqms.Oracle;
using Pqms.Oracle.Replay;
using Pqms.Sdk;
using Pqms.Sdk.Audit;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms audit</c>: the whole ledger, or one reservation, from the chain alone; the history as a
/// file.</summary>
internal static class AuditCommands
{
    private static readonly Argument<UInt128?> Id = new("id")
    {
        Description = "reservation id: resource-id-<number>, or the number; without one the whole ledger is checked",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => ReservationIds.TryParse(result.Tokens[0].Value, out var id)
            ? id
            : Inputs.Refuse<UInt128?>(result, "is no reservation id",
                "resource-id-<number> or the number, below 2^128"),
    };

    private static readonly Option<bool> WithReplay = new("--replay")
    {
        Description = "compute every report since the era began again, and compare; the whole ledger's always are",
    };

    private static readonly Argument<string> Target = new("file") { Description = "file to write" };

    private static readonly Argument<string> Source = new("file") { Description = "file to check" };

    public static Command Create(CommandHost host) => host.Make(
        "audit", "check the whole ledger, or a reservation, from the chain alone: lives, money, answers, proofs, roots",
        "audit resource-id-573921 --replay",
        [
            Id,
            WithReplay,
            host.Make("export", "write logs, headers, batches and scenarios into one file", "audit export h.pqms",
                [Target], ExportAsync),
            host.Make(
                "verify", "check an exported file offline, replay included", "audit verify h.pqms", [Source],
                VerifyAsync),
        ],
        AuditAsync);

    private static async Task<int> AuditAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        using var files = Files(run);
        var auditor = new Auditor(access.Client, files);
        var evidence = await CollectAsync(run, access, auditor);
        return run.Optional(Id) is { } id
            ? await AuditAsync(run, auditor, evidence, id)
            : await AuditAllAsync(run, auditor, evidence);
    }

    private static async Task<int> AuditAllAsync(Invocation run, Auditor auditor, LedgerEvidence evidence)
    {
        var audit = await run.Screen.WithProgressAsync(
            "computing every report again",
            tell => auditor.AuditAsync(evidence, OwnScenario(run), new ReplayShare(tell), run.Cancel));
        WholeAuditReport.Print(run, audit);
        return (int)(audit.Passed ? ExitCode.Ok : ExitCode.Refused);
    }

    private static async Task<int> AuditAsync(Invocation run, Auditor auditor, LedgerEvidence evidence, UInt128 id)
    {
        var audit = ReservationAudit.Of(evidence.History, evidence.Batches, id, evidence.AsOfSeconds)
            ?? throw new RefusedException(
                ExitCode.Refused, $"no log names {ReservationIds.ToText(id)}",
                "an id that was requested on this ledger",
                "'pqms reservations' lists them");
        var proofs = new List<(TakeAudit Take, bool? Proven)>();
        foreach (var take in audit.Takes)
        {
            proofs.Add((take, take.Answer is { } answer ? await auditor.ProveAsync(answer, run.Cancel) : null));
        }

        var replay = run.Get(WithReplay)
            ? await run.Screen.WithProgressAsync(
                "computing every report again",
                tell => auditor.ReplayAsync(evidence, OwnScenario(run), new ReplayShare(tell), run.Cancel))
            : null;
        AuditReport.Print(run, audit, proofs, replay, evidence);
        var passed = audit.Kept && proofs.All(proof => proof.Proven != false) && replay is not { IsEqual: false };
        return (int)(passed ? ExitCode.Ok : ExitCode.Refused);
    }

    private static async Task<int> ExportAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        using var files = Files(run);
        var evidence = await CollectAsync(run, access, new Auditor(access.Client, files));
        var path = Path.GetFullPath(run.Get(Target));
        await using (var target = File.Create(path))
        {
            await evidence.File.WriteAsync(target, run.Cancel);
        }

        var file = evidence.File;
        var bytes = new FileInfo(path).Length;
        if (run.Json)
        {
            run.Screen.Document(new
            {
                file = path,
                bytes,
                headers = file.Headers.Count,
                logs = file.Logs.Count,
                batches = file.Batches.Count,
                scenarios = file.Scenarios.Count,
                missingBatches = evidence.Batches.Missing,
            });
        }
        else
        {
            run.Screen.Line(
                $"{path}: {bytes} bytes, {file.Headers.Count} headers, {file.Logs.Count} logs, "
                + $"{file.Batches.Count} batches, {file.Scenarios.Count} scenarios");
        }

        if (evidence.Batches.Missing > 0 || file.Scenarios.Count == 0)
        {
            run.Screen.Say($"{evidence.Batches.Missing} batches are missing: nobody at hand serves them");
        }

        return (int)ExitCode.Ok;
    }

    private static async Task<int> VerifyAsync(Invocation run)
    {
        var path = Path.GetFullPath(run.Get(Source));
        if (!File.Exists(path))
        {
            throw new RefusedException(ExitCode.Usage, $"no file at {path}", "a file of 'pqms audit export'",
                "check the path");
        }

        HistoryFile file;
        try
        {
            await using var source = File.OpenRead(path);
            file = await HistoryFile.ReadAsync(source, run.Cancel);
        }
        catch (FormatException error)
        {
            throw new RefusedException(
                new Refusal($"{path} cannot be read: {error.Message}", "a file of 'pqms audit export'",
                    "export it again"), error);
        }

        var checkedFile = HistoryVerifier.Verify(file);
        var replay = checkedFile.Accepted
            ? await run.Screen.WithProgressAsync(
                "computing every report again",
                tell => ReplayRunner.RunAsync(
                    new HistoryReplaySource(file), file.ScenarioFinder(), new ReplayShare(tell), run.Cancel))
            : null;
        AuditReport.PrintVerification(run, file, checkedFile, replay);
        return (int)(checkedFile.Accepted && replay!.IsEqual ? ExitCode.Ok : ExitCode.Refused);
    }

    // Without a running node the batches are not at hand; lives and money are still checked from the chain.
    private static ContentClient? Files(Invocation run)
    {
        if (RunFile.Read(run.DataFolder) is { } file && file.IsAlive())
        {
            return new ContentClient(new Uri(file.ApiUrl));
        }

        run.Screen.Say("no node of this data folder runs: the reports' leaves are not at hand");
        return null;
    }

    private static Func<Bytes32, ReadOnlyMemory<byte>?> OwnScenario(Invocation run)
    {
        var path = ProjectFolders.Resolve(run.BaseFolder, run.Settings[SettingTable.Scenario]);
        return File.Exists(path) ? OracleOptions.ScenariosFrom(ScenarioFile.Read(path).Bytes) : _ => null;
    }

    private static async Task<LedgerEvidence> CollectAsync(Invocation run, LedgerAccess access, Auditor auditor)
    {
        var newest = await access.Client.MomentAsync(cancellationToken: run.Cancel);
        var blocks = Math.Max(1.0, newest.Block - access.Client.Addresses.DeployedAtBlock + 1.0);
        return await run.Screen.WithProgressAsync(
            "reading blocks",
            tell => auditor.CollectAsync(new CollectedShare(tell, blocks), run.Cancel));
    }
}

/// <summary>Tells the share of blocks read.</summary>
internal sealed class CollectedShare(Action<double> tell, double blocks) : IProgress<ulong>
{
    public void Report(ulong value) => tell(Math.Min(1.0, value / blocks));
}

/// <summary>Tells the share of blocks replayed.</summary>
internal sealed class ReplayShare(Action<double> tell) : IProgress<ReplayProgress>
{
    public void Report(ReplayProgress value) =>
        tell((value.Block - value.FirstBlock + 1.0) / (value.LastBlock - value.FirstBlock + 1.0));
}
