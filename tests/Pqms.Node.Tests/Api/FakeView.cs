using System.Text;
using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Node.Api;
using Pqms.Node.Running;
using Pqms.Oracle;
using Pqms.Oracle.Peers;

namespace Pqms.Node.Tests.Api;

/// <summary>A node that answers what tests expect.</summary>
internal sealed class FakeView : INodeView
{
    public bool IsHealthy { get; set; } = true;

    public Readiness Readiness { get; set; } = new(true, string.Empty);

    public NodeStatus Status { get; } = new(
        new ChainStatus("http://127.0.0.1:8545", 31337, ApiServerTests.Held.ToString(), 7, 1_700_000_000),
        OracleState.Of(new OracleStatus { Phase = OraclePhase.Following }),
        new ScenarioStatus("test", ApiServerTests.Held.ToString(), "reference", "hypothetical"),
        new RunAddresses("0x01", "0x02", "0x03", "0x04", "0x05", "0x06", 1));

    public IReadOnlyList<PoolStatus> Pools { get; } =
        [new(1, "a-b", 0.95, 3, 4, 2, false, 1, 50_000, 0.99, 2.5, 6.6, 10, 4, 3, 0.97, 0.971)];

    public string Metrics => "pqms_lag_seconds 3\n";

    public ReadOnlyMemory<byte>? Scenario(Bytes32 hash) => Find(hash, "scenario");

    public ReadOnlyMemory<byte>? Batch(Bytes32 dataHash) => Find(dataHash, "batch");

    public Task<PeerAnswer> AnswerAsync(SignatureQuestion question, CancellationToken cancel)
    {
        Asked = question;
        return Task.FromResult(new PeerAnswer(
            PeerOutcome.Signed, [[.. Enumerable.Repeat((byte)7, 65)]], ApiServerTests.Held));
    }

    public SignatureQuestion? Asked { get; private set; }

    public BlockTrace? Trace(ulong block) => block == 7
        ? new BlockTrace(7, ApiServerTests.Held, Bytes32.Zero, 1)
        : null;

    public IReadOnlyList<MeshEvent>? Events(ulong block) => block == 7
        ? [new MeshEvent(MeshTime.FromSeconds(3), 1, 2, MeshEventKind.PairBorn, 4, 5, 6)]
        : null;

    private static ReadOnlyMemory<byte>? Find(Bytes32 hash, string text) =>
        hash == ApiServerTests.Held ? Encoding.UTF8.GetBytes(text) : (ReadOnlyMemory<byte>?)null;
}
