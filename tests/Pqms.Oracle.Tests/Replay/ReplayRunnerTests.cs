using Pqms.Oracle.Loop;
using Pqms.Oracle.Replay;
using Pqms.Oracle.Tests.Simulation;

namespace Pqms.Oracle.Tests.Replay;

public sealed class ReplayRunnerTests
{
    [Fact]
    public async Task RunAsync_GivenStormyChain_findsEveryReportEqual()
    {
        using var storm = new Storm(21);
        storm.Run(300);
        var seen = new List<ReplayProgress>();
        ReplayResult result = await Replay(storm, storm.Chain.Blocks.Select(b => b.Ledger), new Recorder(seen));
        Assert.Null(result.First);
        Assert.True(result.IsEqual);
        Assert.Equal(storm.Chain.Tip.After.Sequence, result.Reports);
        Assert.Equal((ulong)storm.Chain.Blocks.Count, result.Blocks);
        Assert.Equal(result.Reports, seen[^1].Reports);
    }

    [Fact]
    public async Task RunAsync_GivenOneAlteredCommand_namesTheFirstReportAndEvent()
    {
        using var storm = new Storm(22);
        storm.Run(200);
        LedgerBlock[] blocks = [.. storm.Chain.Blocks.Select(b => b.Ledger)];
        int at = Array.FindIndex(blocks, b => b.Entries.Any(e => e is CommandEntry { Command: Pqms.Mesh.TakeCommand }));
        blocks[at] = blocks[at] with
        {
            Entries =
            [
                .. blocks[at].Entries.Select(entry =>
                    entry is CommandEntry { Command: Pqms.Mesh.TakeCommand take }
                        ? new CommandEntry(take with { FirstTake = take.FirstTake + 1 })
                        : entry),
            ],
        };
        ReplayResult result = await Replay(storm, blocks, null);
        Assert.False(result.IsEqual);
        AcceptedEntry first = blocks.SelectMany(b => b.Entries).OfType<AcceptedEntry>()
            .First(accepted => accepted.Report.ToBlock >= blocks[at].Number);
        Assert.Equal(first.Sequence, result.First!.Sequence);
        Assert.Contains("eventsRoot", result.First.Text, StringComparison.Ordinal);
        Assert.Contains("stateHash", result.First.Text, StringComparison.Ordinal);
        Assert.Contains("TakeLeaf", result.First.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_GivenEraOfAnotherMeshVersion_saysWhichIsNeededAndGoesOn()
    {
        using var storm = new Storm(23);
        storm.Run(60);
        LedgerBlock[] blocks = [.. storm.Chain.Blocks.Select(b => b.Ledger)];
        int at = Array.FindIndex(blocks, b => b.Entries.OfType<EraStartedEntry>().Any());
        var started = blocks[at].Entries.OfType<EraStartedEntry>().Single();
        blocks[at] = blocks[at] with { Entries = [started with { MeshVersion = 99 }] };
        ReplayResult result = await Replay(storm, blocks, null);
        Assert.Null(result.First);
        Assert.False(result.IsEqual);
        Assert.Contains("needs mesh version 99", Assert.Single(result.Unreplayed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_GivenCancelled_stops()
    {
        using var storm = new Storm(24);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReplayRunner.RunAsync(
            new ReplayRun(era => new FakeMesh(era), _ => null), Blocks([], stop.Token), 0, 0, null, stop.Token));
    }

    private static Task<ReplayResult> Replay(
        Storm storm, IEnumerable<LedgerBlock> blocks, IProgress<ReplayProgress>? progress) =>
        ReplayRunner.RunAsync(
            new ReplayRun(era => new FakeMesh(era), storm.Process.Journal.Batch),
            Blocks(blocks, CancellationToken.None),
            0,
            storm.Chain.Tip.Ledger.Number,
            progress,
            CancellationToken.None);

    private static async IAsyncEnumerable<LedgerBlock> Blocks(
        IEnumerable<LedgerBlock> blocks,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (LedgerBlock block in blocks)
        {
            yield return block;
        }

        await Task.CompletedTask;
    }

    private sealed class Recorder(List<ReplayProgress> seen) : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value) => seen.Add(value);
    }
}
