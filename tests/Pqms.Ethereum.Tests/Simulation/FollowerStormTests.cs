using System.Text.Json;
using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;
using Pqms.Tests;
using Xunit.Abstractions;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>The follower's promise: what consumers see, removals applied, is the canonical chain and its events; at
/// every moment it is a chain of parents.</summary>
public sealed class FollowerStormTests(ITestOutputHelper output)
{
    private static readonly JsonElement Garbage = JsonDocument.Parse("{\"number\":\"garbage\"}").RootElement;

    private readonly FakeNode _node = new() { LogsPerBlock = 2 };

    public static TheoryData<int> Seeds => TestProfile.Range(1, 60, nightlyLast: 3_000);

    // Between any two questions the chain changes, by up to 20 blocks; members of the load balancer lag; questions
    // fail or get garbage; ranges are refused; the process ends and goes on from its cursor.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task FollowAsync_GivenHostileNodesAndRestarts_tellsTheCanonicalChain(int seed)
    {
        var random = new Random(seed);
        _node.Mine(30);
        _node.LargestRange = random.Next(1, 40);
        var changes = 200;
        var reorganisations = 0;
        var oddsOfLag = random.Next(3) * 0.1;
        var oddsOfFailure = random.Next(3) * 0.05;
        _node.Lag = () => changes > 0 && random.NextDouble() < oddsOfLag ? random.Next(1, 6) : 0;
        _node.Garble = (_, answer) => changes > 0 && random.NextDouble() < oddsOfFailure / 2 ? Garbage : answer;
        _node.Before = method =>
        {
            if (changes > 0 && random.Next(3) == 0)
            {
                changes--;
                if (random.Next(2) == 0)
                {
                    _node.Mine(random.Next(1, 4));
                }
                else
                {
                    reorganisations++;
                    var depth = random.Next(1, Math.Min(20, _node.Chain.Count - 1) + 1);
                    _node.Reorganise(depth, random.Next(1, depth + 3));
                }
            }

            return changes > 0 && random.NextDouble() < oddsOfFailure
                ? FakeNode.Unreachable(RpcFailure.TimedOut) : null;
        };
        var reader = new FollowerReader(_node, new FollowerOptions
        {
            BlocksPerRange = random.Next(1, 50),
            MaxFailures = 1_000,
        });
        var lives = 1;
        while (changes > 0)
        {
            await reader.LookAsync(random.Next(1, 60));
            if (random.Next(3) == 0)
            {
                reader.Restart();
                lives++;
            }
        }

        await reader.CatchUpAsync();
        output.WriteLine(
            $"seed {seed}: {reorganisations} reorganisations, {lives} lives, {reader.Updates.Count} updates");
        Assert.Equal(_node.Chain.Select(block => block.Hash), reader.View.Select(block => block.Header.Hash));
        Assert.Equal(_node.CanonicalLogs(), reader.Logs);
        Assert.True(reorganisations > 0);
    }
}
