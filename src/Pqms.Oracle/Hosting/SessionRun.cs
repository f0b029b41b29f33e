using System.Threading.Channels;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle;

/// <summary>Runs intake, loop and settlement of one session side by side, until one of them ends.</summary>
internal sealed class SessionRun
{
    /// <summary>Blocks between intake and loop: a quarter of an hour of a development chain.</summary>
    private const int BlocksWaiting = 1_024;

    /// <summary>Blocks in one journal transaction while catching up.</summary>
    private const int BlocksPerRun = 256;

    /// <summary>Blocks that the chain may be ahead for the oracle to count as caught up.</summary>
    private const ulong CaughtUpBlocks = 2;

    private readonly IChainPort _chain;
    private readonly OracleSession _session;
    private readonly SettlementStepper _stepper;
    private readonly ILedgerWriter _writer;
    private readonly Channel<LedgerBlock> _blocks = Channel.CreateBounded<LedgerBlock>(
        new BoundedChannelOptions(BlocksWaiting) { SingleReader = true, SingleWriter = true });

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private ulong _followed;

    /// <summary>A run that has not begun.</summary>
    public SessionRun(IChainPort chain, OracleSession session, SettlementStepper stepper, ILedgerWriter writer)
    {
        _chain = chain;
        _session = session;
        _stepper = stepper;
        _writer = writer;
    }

    /// <summary>Called on the loop's thread after every run of blocks.</summary>
    public Action Applied { get; init; } = () => { };

    /// <summary>Asked after every run of blocks; true ends the session, because the hub's terms are not what was read.
    /// </summary>
    public Func<bool> MustRestart { get; init; } = () => false;

    /// <summary>Called when the chain's newest block was asked for, with the newest that counts; true if the loop has
    /// caught up with that one.</summary>
    public Action<ChainTip, ChainTip, bool> TipSeen { get; init; } = (_, _, _) => { };

    /// <summary>Runs until blocks are orphaned.</summary>
    /// <returns>The blocks orphaned; null if the chain's news ended without, or the session must begin anew.</returns>
    /// <exception cref="ChainUnreachableException">The node does not answer.</exception>
    public async Task<BlocksOrphaned?> RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<BlocksOrphaned?> intake = IntakeAsync(stop.Token);
        Task[] tasks = [intake, Task.Run(() => LoopAsync(stop.Token), CancellationToken.None), SettleAsync(stop.Token)];
        Task first = await Task.WhenAny(tasks);
        await stop.CancelAsync();
        foreach (Task task in tasks)
        {
            // Every task must have ended before the next session may touch the journal.
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await first;
        cancellation.ThrowIfCancellationRequested();
        if (tasks.FirstOrDefault(task => task.IsFaulted) is { } failed)
        {
            await failed;
        }

        return intake.IsCompletedSuccessfully ? await intake : null;
    }

    private async Task<BlocksOrphaned?> IntakeAsync(CancellationToken cancellation)
    {
        JournalCursor? after =
            _session.Followed is { } known ? new JournalCursor(known.Number, known.Hash) : null;
        await foreach (ChainUpdate update in _chain.FollowAsync(after, cancellation).WithCancellation(cancellation))
        {
            switch (update)
            {
                case BlockArrived arrived:
                    await _blocks.Writer.WriteAsync(arrived.Block, cancellation);
                    break;
                case BlocksOrphaned orphaned:
                    return orphaned;
                default:
                    throw new InvalidOperationException($"Unknown news {update.GetType().Name}.");
            }
        }

        return null;
    }

    private async Task LoopAsync(CancellationToken cancellation)
    {
        if (_session.Followed is { } restored)
        {
            // A snapshot of the newest block: what it owes is sent without waiting for another one.
            Volatile.Write(ref _followed, restored.Number);
            Applied();
            _wake.Writer.TryWrite(true);
        }

        var run = new List<LedgerBlock>(BlocksPerRun);
        while (await _blocks.Reader.WaitToReadAsync(cancellation))
        {
            run.Clear();
            while (run.Count < BlocksPerRun && _blocks.Reader.TryRead(out LedgerBlock? block))
            {
                run.Add(block);
            }

            cancellation.ThrowIfCancellationRequested();
            _session.Apply(run);
            Volatile.Write(ref _followed, run[^1].Number);
            Applied();
            if (MustRestart())
            {
                return;
            }

            _wake.Writer.TryWrite(true);
        }
    }

    private async Task SettleAsync(CancellationToken cancellation)
    {
        await foreach (bool _ in _wake.Reader.ReadAllAsync(cancellation))
        {
            ChainTip tip = await _writer.TipAsync(cancellation);
            ChainTip head = await _writer.HeadAsync(tip, cancellation);
            bool caughtUp = head.Number <= Volatile.Read(ref _followed) + CaughtUpBlocks;
            TipSeen(tip, head, caughtUp);
            if (caughtUp)
            {
                await _stepper.StepAsync(tip, cancellation);
            }
        }
    }
}
