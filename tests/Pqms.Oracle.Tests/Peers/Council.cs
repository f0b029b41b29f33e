using Pqms.Ethereum.Crypto;
using Pqms.Mesh;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Peers;
using Pqms.Oracle.Settlement;
using Pqms.Oracle.Tests.Simulation;

namespace Pqms.Oracle.Tests.Peers;

/// <summary>Several oracles with a key each on one chain, on one thread; any of them may be cut off or dead.</summary>
internal sealed class Council : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool[] _silent;
    private readonly PeerAnswer?[] _lies;

    public Council(
        int seed, int oracles, byte threshold, Func<int, MeshFactory>? meshes = null, Func<int, RpcFault>? fault = null,
        JournalOptions? options = null, uint challengeSeconds = 0)
    {
        EthereumKey[] keys = [.. Enumerable.Range(1, oracles).Select(Storm.Key)
            .OrderBy(key => key.Address, AddressOrder.Instance)];
        Chain = new FakeChain(seed, [.. keys.Select(key => key.Address)], threshold)
        {
            ChallengeSeconds = challengeSeconds,
        };
        _silent = new bool[oracles];
        _lies = new PeerAnswer?[oracles];
        Keys = keys;
        Members = [.. Enumerable.Range(0, oracles).Select(index => new OracleProcess(
            Path.Combine(_folder.Path, $"{index}"), () => Chain, [keys[index]],
            meshes?.Invoke(index) ?? (era => new FakeMesh(era)), () => fault?.Invoke(index) ?? RpcFault.None,
            options))];
        for (int index = 0; index < oracles; index++)
        {
            int self = index;
            Members[index].Peers =
                [.. Enumerable.Range(0,
                    oracles).Where(other => other != self).Select(other => new Line(this, self, other))];
        }

        Chain.Send(FakeLedger.StartEra((ulong)seed));
        Chain.Mine(1);
    }

    public FakeChain Chain { get; }

    /// <summary>In the order of their turns.</summary>
    public IReadOnlyList<OracleProcess> Members { get; }

    public IReadOnlyList<EthereumKey> Keys { get; }

    /// <summary>Cuts a member off from the others, or joins it again; the chain it still sees.</summary>
    public void Silence(int member, bool silent) => _silent[member] = silent;

    /// <summary>Has a member answer all questions with the same lie, or honestly again (null).</summary>
    public void Lie(int member, PeerAnswer? answer) => _lies[member] = answer;

    /// <summary>Every member that is not left out follows and settles once, then a block is mined.</summary>
    public void Round(ulong seconds = 1, params int[] without)
    {
        foreach (int member in Enumerable.Range(0, Members.Count).Except(without))
        {
            Members[member].Follow(int.MaxValue);
        }

        foreach (int member in Enumerable.Range(0, Members.Count).Except(without))
        {
            Members[member].Settle();
        }

        Chain.Mine(seconds);
    }

    public void Dispose()
    {
        foreach (OracleProcess member in Members)
        {
            member.Dispose();
        }

        _folder.Dispose();
    }

    private sealed class Line(Council council, int from, int to) : IPeer
    {
        public string Name => $"oracle {to}";

        public Task<PeerAnswer> AskAsync(SignatureQuestion question, CancellationToken cancellation) =>
            Task.FromResult(Other() is var other && council._lies[to] is { } lie ? lie : other.Answer(question));

        public Task<BlockTrace?> TraceAsync(ulong block, CancellationToken cancellation) =>
            Task.FromResult(Other().Trail.Trace(block));

        public Task<IReadOnlyList<MeshEvent>?> EventsAsync(ulong block, CancellationToken cancellation) =>
            Task.FromResult(Other().Trail.Events(block));

        private OracleProcess Other() => council._silent[from] || council._silent[to]
            ? throw new PeerUnreachableException("cut off")
            : council.Members[to];
    }
}
