using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Peers;

namespace Pqms.Oracle.Tests.Peers;

public sealed class DivergenceFinderTests
{
    private readonly EventTrail _here = new();
    private readonly EventTrail _there = new();
    private int _questions;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(500, 2)]
    [InlineData(1000, 1)]
    public async Task Describe_GivenOneEventThatDiffers_namesBlockAndEventInFewQuestions(int block, int index)
    {
        Fill(1000, changed: (block, index));

        string text = await new DivergenceFinder(_here).DescribeAsync(new Peer(this), 1000, default);

        Assert.StartsWith($"First event that differs from other: number {index} of block {block}, ", text,
            StringComparison.Ordinal);
        Assert.Contains("Value = 666", text, StringComparison.Ordinal);
        Assert.True(_questions <= 15, $"{_questions} questions");
    }

    [Fact]
    public async Task Describe_GivenEqualMeshes_saysSo()
    {
        Fill(100, changed: null);

        string text = await new DivergenceFinder(_here).DescribeAsync(new Peer(this), 100, default);

        Assert.Contains("is the same", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_GivenAPeerThatIsGone_saysWhy()
    {
        Fill(100, changed: (5, 0));

        string text = await new DivergenceFinder(_here).DescribeAsync(new Peer(this) { Gone = true }, 100, default);

        Assert.Equal("The first event that differs is not named: gone", text);
    }

    [Fact]
    public void EndBlock_GivenMoreThanItMayKeep_forgetsTheOldest()
    {
        for (int block = 1; block <= EventTrail.MaxBlocks + 5; block++)
        {
            _here.EndBlock(Block(block), Bytes32.Zero);
        }

        Assert.Equal(6ul, _here.First);
        Assert.Null(_here.Trace(5));
        Assert.NotNull(_here.Trace(6));
    }

    [Fact]
    public void EndBlock_GivenMoreEventsThanItMayKeep_forgetsTheOldest()
    {
        for (int block = 1; block <= 3; block++)
        {
            for (int i = 0; i < EventTrail.MaxEvents / 2; i++)
            {
                _here.Observe(Event(block, i, 1));
            }

            _here.EndBlock(Block(block), Bytes32.Zero);
        }

        Assert.Equal(2ul, _here.First);
    }

    private void Fill(int blocks, (int Block, int Index)? changed)
    {
        Bytes32 here = Bytes.Hash("start");
        Bytes32 there = here;
        for (int block = 1; block <= blocks; block++)
        {
            for (int i = 0; i < 3; i++)
            {
                MeshEvent mine = Event(block, i, 1);
                MeshEvent theirs = Event(block, i, changed == (block, i) ? 666u : 1u);
                _here.Observe(mine);
                _there.Observe(theirs);
                here = Bytes.Hash($"{here}{mine}");
                there = Bytes.Hash($"{there}{theirs}");
            }

            _here.EndBlock(Block(block), here);
            _there.EndBlock(Block(block), there);
        }
    }

    private static MeshEvent Event(int block, int index, ulong value) => new(
        MeshTime.FromSeconds(block), 0, (ulong)((block * 10) + index), MeshEventKind.PairBorn, 1, value, 0);

    private static LedgerBlock Block(int number) =>
        new((ulong)number, Bytes.Hash($"block {number}"), (ulong)number, [], []);

    private sealed class Peer(DivergenceFinderTests test) : IPeer
    {
        public bool Gone { get; init; }

        public string Name => "other";

        public Task<PeerAnswer> AskAsync(SignatureQuestion question, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<BlockTrace?> TraceAsync(ulong block, CancellationToken cancellation)
        {
            test._questions++;
            return Gone
                ? Task.FromException<BlockTrace?>(new PeerUnreachableException("gone"))
                : Task.FromResult(test._there.Trace(block));
        }

        public Task<IReadOnlyList<MeshEvent>?> EventsAsync(ulong block, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<MeshEvent>?>(
                EventCodec.Decode(EventCodec.Encode(test._there.Events(block)!)));
    }
}
