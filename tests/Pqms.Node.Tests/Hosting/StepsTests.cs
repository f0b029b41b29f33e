using Pqms.Node.Hosting;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Hosting;

public sealed class StepsTests
{
    [Fact]
    public async Task RunAsync_WhileAStepLasts_isNeverSilentForFiveSeconds()
    {
        var clock = new ManualTime();
        var said = new List<string>();
        var steps = new Steps(said.Add, clock);
        var work = new TaskCompletionSource();

        var running = steps.RunAsync("grant", "waiting for the decision", () => work.Task);
        clock.Advance(TimeSpan.FromSeconds(4));
        await clock.NextTimerAsync();
        clock.Advance(TimeSpan.FromSeconds(4));
        await clock.NextTimerAsync();
        work.SetResult();
        await running;

        Assert.Equal(
            [
                "[   4.0 s] ... still waiting for the decision (4 s)",
                "[   8.0 s] ... still waiting for the decision (8 s)",
            ],
            said);
        Assert.Equal(8, steps.Seconds["grant"]);
    }

    [Fact]
    public async Task Seconds_GivenARepeatedStep_addsUp()
    {
        var clock = new ManualTime();
        var steps = new Steps(_ => { }, clock);
        for (var i = 0; i < 2; i++)
        {
            await steps.RunAsync("takes", "waiting", () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1.5));
                return Task.CompletedTask;
            });
        }

        Assert.Equal(3, steps.Seconds["takes"]);
        Assert.Equal(3, steps.TotalSeconds);
    }

    [Fact]
    public async Task RunAsync_GivenAFailure_passesItOn()
    {
        var steps = new Steps(_ => { }, new ManualTime());

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => steps.RunAsync("chain", "waiting", () => Task.FromException(new InvalidOperationException())));
    }
}
