using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Pqms.Benchmarks.Cases;
using Pqms.Benchmarks.Harness;

namespace Pqms.Benchmarks.Soak;

/// <summary>Memory at one moment.</summary>
/// <param name="Minute">Minutes since the node served.</param>
/// <param name="NodeMegabytes">Working set of the node.</param>
/// <param name="ManagedMegabytes">Of it, the managed heap after its last collection.</param>
/// <param name="ChainMegabytes">Working set of the chain, which keeps every block.</param>
internal sealed record SoakSample(
    double Minute, double NodeMegabytes, double ManagedMegabytes, double ChainMegabytes);

/// <summary>A node under steady use: does its memory stay flat?</summary>
internal static class SoakRun
{
    /// <summary>Growth of the node that still counts as flat, a share of its mean in an hour.</summary>
    private const double FlatShare = 0.05;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs a node for so many minutes, then audits it.</summary>
    /// <returns>0 if memory is flat and the audit passed, else 1.</returns>
    public static async Task<int> RunAsync(Options options, CancellationToken cancel)
    {
        await using SoakNode node = await SoakNode.StartAsync(
            Path.Combine(Scenarios.Root, "src", "Pqms.Cli", "bin", "Release", "net10.0", "pqms.dll"), cancel);
        using SoakUsers users = await SoakUsers.StartAsync(node.Place, cancel);
        List<SoakSample> samples = await UseAsync(node, users, options.Minutes, cancel);
        (bool passed, string text) = await node.AuditAsync();
        // Compiled code and the collector's budgets grow for about 40 minutes; what leaks grows on.
        Trend trend = Trend.Of([.. samples.Skip(samples.Count * 2 / 3)]);
        bool flat = trend.PerHour <= FlatShare * trend.Mean;
        if (options.IsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Report.Machine,
                    options.Minutes,
                    users.Requests,
                    users.Takes,
                    users.Releases,
                    users.Refusals,
                    trend,
                    Flat = flat,
                    AuditPassed = passed,
                    samples,
                },
                Json));
        }
        else
        {
            Print(samples, users, trend, flat, passed, text);
        }

        return flat && passed ? 0 : 1;
    }

    private static async Task<List<SoakSample>> UseAsync(
        SoakNode node, SoakUsers users, double minutes, CancellationToken cancel)
    {
        List<SoakSample> samples = [];
        long started = Stopwatch.GetTimestamp();
        TimeSpan next = TimeSpan.Zero;
        while (Stopwatch.GetElapsedTime(started) is var passed && passed.TotalMinutes < minutes)
        {
            if (passed >= next)
            {
                next += Look;
                samples.Add(new SoakSample(
                    passed.TotalMinutes, node.NodeMegabytes, await node.ManagedMegabytesAsync(), node.ChainMegabytes));
                if (samples.Count % 30 == 0)
                {
                    Console.Error.WriteLine(Line(samples[^1]) + $"  {users.Requests} requests, {users.Takes} takes");
                }
            }

            await users.ActAsync(cancel);
            await Task.Delay(Rest, cancel);
        }

        return samples;
    }

    private static void Print(
        List<SoakSample> samples, SoakUsers users, Trend trend, bool flat, bool passed, string audit)
    {
        Console.Out.WriteLine(Report.Machine);
        foreach (SoakSample sample in samples.Where((_, i) => i % (samples.Count / 12 + 1) == 0))
        {
            Console.Out.WriteLine(Line(sample));
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""

            {users.Requests} requests, {users.Takes} takes, {users.Releases} releases, {users.Refusals} refusals
            node: mean {trend.Mean:F0} MB, peak {trend.Peak:F0} MB; {trend.PerHour:+0.0;-0.0} MB an hour
            {(flat ? "flat" : "NOT flat")}: at most {FlatShare:P0} of the mean in an hour, over the last third
            audit of the whole ledger: {(passed ? "passed" : "FAILED")}
            """));
        if (!passed)
        {
            Console.Error.WriteLine(audit);
        }
    }

    private static string Line(SoakSample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.Minute,5:F1} min  node {sample.NodeMegabytes,5:F0} MB, managed {sample.ManagedMegabytes,4:F0} MB  "
        + $"chain {sample.ChainMegabytes,5:F0} MB");

    /// <summary>A straight line through the samples (least squares).</summary>
    private sealed record Trend(double Mean, double Peak, double PerHour)
    {
        public static Trend Of(SoakSample[] samples)
        {
            double mean = samples.Average(static one => one.NodeMegabytes);
            double middle = samples.Average(static one => one.Minute);
            double spread = samples.Sum(one => (one.Minute - middle) * (one.Minute - middle));
            double along = samples.Sum(one => (one.Minute - middle) * (one.NodeMegabytes - mean));
            return new Trend(
                mean, samples.Max(static one => one.NodeMegabytes), spread > 0 ? along / spread * 60.0 : 0.0);
        }
    }
}
