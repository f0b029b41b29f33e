using System.Globalization;

namespace Pqms.Node.Hosting;

/// <summary>Runs named steps one after the other, measures them, and is never silent for long.</summary>
/// <param name="say">Receives one line at a time; called from any thread.</param>
/// <param name="clock">Measures the steps.</param>
public sealed class Steps(Action<string> say, TimeProvider clock)
{
    /// <summary>Longest silence while a step runs; users are promised at most 5 s.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    private readonly long _started = clock.GetTimestamp();
    private readonly List<(string Name, double Seconds)> _seconds = [];

    /// <summary>Seconds of every finished step, in the order they ran; a repeated name adds up.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds
        .GroupBy(step => step.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => Math.Round(group.Sum(step => step.Seconds), 3));

    /// <summary>Seconds since this object was made.</summary>
    public double TotalSeconds => Math.Round(clock.GetElapsedTime(_started).TotalSeconds, 3);

    /// <summary>Says one line with the time since the start before it.</summary>
    /// <param name="line">What happened.</param>
    public void Say(string line) =>
        say(string.Create(CultureInfo.InvariantCulture, $"[{TotalSeconds,6:0.0} s] {line}"));

    /// <summary>Runs one step; while it lasts, says every 4 s that it does.</summary>
    /// <param name="name">Key in <see cref="Seconds"/>.</param>
    /// <param name="waiting">What is waited for, said while it lasts.</param>
    /// <param name="work">The step.</param>
    public async Task<T> RunAsync<T>(string name, string waiting, Func<Task<T>> work)
    {
        var start = clock.GetTimestamp();
        var task = work();
        using var done = new CancellationTokenSource();
        while (await Task.WhenAny(task, Task.Delay(Silence, clock, done.Token)) != task)
        {
            var elapsed = clock.GetElapsedTime(start).TotalSeconds;
            Say(string.Create(CultureInfo.InvariantCulture, $"... still {waiting} ({elapsed:0} s)"));
        }

        await done.CancelAsync();
        var result = await task;
        _seconds.Add((name, clock.GetElapsedTime(start).TotalSeconds));
        return result;
    }

    /// <summary>As <see cref="RunAsync{T}"/>, for a step without a result.</summary>
    /// <param name="name">Key in <see cref="Seconds"/>.</param>
    /// <param name="waiting">What is waited for.</param>
    /// <param name="work">The step.</param>
    public Task RunAsync(string name, string waiting, Func<Task> work) => RunAsync(
        name, waiting, async () =>
        {
            await work();
            return true;
        });
}
