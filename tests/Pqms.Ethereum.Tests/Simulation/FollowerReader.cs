using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>A consumer that applies updates; it stops following after so many looks of the follower.</summary>
internal sealed class FollowerReader(FakeNode node, FollowerOptions options)
{
    private BlockFollower _follower = new(node, options, new ManualTime { JumpToTimers = true });

    public List<FollowerUpdate> Updates { get; } = [];

    public List<BlockAdded> View { get; } = [];

    public IEnumerable<LogEntry> Logs => View.SelectMany(block => block.Logs);

    /// <summary>The cursor after the last update, as text in a file would have it.</summary>
    public string? Cursor { get; private set; }

    private bool IsCaughtUp => View.Count > 0 && View[^1].Header.Hash == node.Chain[^1].Hash;

    public async Task CatchUpAsync()
    {
        if (IsCaughtUp)
        {
            return;
        }

        await foreach (var update in _follower.FollowAsync())
        {
            Apply(update);
            if (IsCaughtUp)
            {
                return;
            }
        }
    }

    public async Task LookAsync(int requests)
    {
        using var source = new CancellationTokenSource();
        var before = node.Before;
        node.Before = method =>
        {
            if (requests-- == 0)
            {
                source.Cancel();
            }

            return before(method);
        };
        try
        {
            await foreach (var update in _follower.FollowAsync(source.Token))
            {
                Apply(update);
            }
        }
        catch (OperationCanceledException)
        {
            // The agreed number of looks is over.
        }
        finally
        {
            node.Before = before;
        }
    }

    /// <summary>Another run takes over from the cursor; the view is what the consumer keeps.</summary>
    public void Restart()
    {
        var cursor = Cursor is null ? null : FollowerCursor.Parse(Cursor);
        _follower = new BlockFollower(
            node, options with { Cursor = cursor }, new ManualTime { JumpToTimers = true });
    }

    private void Apply(FollowerUpdate update)
    {
        Updates.Add(update);
        Cursor = _follower.GetCursor()?.ToJson();
        switch (update)
        {
            case BlockAdded added:
                if (View.Count > 0)
                {
                    Assert.Equal(View[^1].Header.Hash, added.Header.ParentHash);
                    Assert.Equal(View[^1].Header.Number + 1, added.Header.Number);
                }

                Assert.Equal(node.LogCount(added.Header.Hash), added.Logs.Length);
                View.Add(added);
                break;
            case BlocksRemoved removed:
                foreach (var header in removed.Removed)
                {
                    Assert.Equal(header, View[^1].Header);
                    View.RemoveAt(View.Count - 1);
                }

                Assert.Equal(removed.FirstNumber, removed.Removed[^1].Number);
                break;
        }
    }
}
