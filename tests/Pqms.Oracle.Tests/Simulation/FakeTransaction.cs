using Pqms.Ethereum;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>The block that a transaction lands in.</summary>
internal sealed record FakeContext(ulong Number, ulong Time, Func<ulong, Bytes32?> BlockHash);

/// <summary>What running a transaction gave: the logs it wrote, or why it was reverted.</summary>
internal readonly record struct FakeOutcome(LedgerEntry[] Logs, WriteRefusal Refusal, string Text)
{
    public static FakeOutcome Done(params LedgerEntry[] logs) => new(logs, WriteRefusal.None, string.Empty);

    public static FakeOutcome Revert(WriteRefusal refusal, string text) => new([], refusal, text);
}

internal sealed class FakeTransaction(string name, Func<ChainState, FakeContext, FakeOutcome> run)
{
    private readonly TaskCompletionSource<WriteReceipt> _mined = new();

    public string Name { get; } = name;

    public bool ByOracle { get; init; }

    public Task<WriteReceipt> Mined => _mined.Task;

    public FakeOutcome Run(ChainState state, FakeContext context) => run(state, context);

    public void Complete(FakeOutcome outcome, ulong block) =>
        _mined.TrySetResult(new WriteReceipt(outcome.Refusal, Bytes.Hash(Name), block, 68_444, outcome.Text));
}
