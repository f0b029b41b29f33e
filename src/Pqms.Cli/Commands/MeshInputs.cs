using System.CommandLine;
using System.CommandLine.Parsing;
using Pqms.Cli.Runs;
using Pqms.Node;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary>Arguments and options that the commands of the mesh share.</summary>
internal static class MeshInputs
{
    /// <summary>Longest run: mesh time is 64 bits of nanoseconds, some of which the warm-up needs.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(10_000);

    public static readonly Argument<string> File = new("scenario") { Description = "scenario file" };

    public static readonly Option<TimeSpan> Until = Inputs.Duration(
        "--until", $"mesh time to run after the warm-up, at most {LongestRun.TotalDays:0}d", TimeSpan.FromHours(1));

    public static readonly Option<ulong> Seed =
        Inputs.Number("--seed", "seed; 0 means the scenario's", ulong.MinValue, ulong.MaxValue, ulong.MinValue);

    public static readonly Option<string?> Profile = new("--profile")
    {
        Description = "hardware profile of the file to use instead of the scenario's choice",
        HelpName = "published",
    };

    public static readonly Option<Override[]> Set = new("--set")
    {
        Description = "put another value into the scenario before it runs; may come again",
        HelpName = "PATH=VALUE",
        CustomParser = result => ParseAll(result, Override.Parse, "sets nothing", Override.Allowed),
    };

    public static readonly Option<bool> Csv = new("--csv")
    {
        Description = "print comma-separated values (RFC 4180) instead of tables",
    };

    /// <summary>The scenario with the profile and the values that were asked for.</summary>
    /// <exception cref="RefusedException">No such file, or not a valid scenario.</exception>
    public static ScenarioSource Source(Invocation run)
    {
        var overrides = new List<Override>(run.Get(Set) ?? []);
        if (run.Get(Profile) is { } profile)
        {
            overrides.Insert(0, new Override("$.profile", System.Text.Json.JsonSerializer.Serialize(profile)));
        }

        return new ScenarioSource(ProjectFolders.Resolve(Directory.GetCurrentDirectory(), run.Get(File)), overrides);
    }

    /// <summary>Parses every value of an option that may come again.</summary>
    public static T[] ParseAll<T>(ArgumentResult result, Func<string, T?> parse, string what, string allowed)
        where T : struct
    {
        var values = new List<T>();
        foreach (var token in result.Tokens)
        {
            if (parse(token.Value) is { } value)
            {
                values.Add(value);
            }
            else
            {
                result.AddError($"'{token.Value}' {what}; allowed: {allowed}");
            }
        }

        return [.. values];
    }

    /// <summary>Refuses two formats at once.</summary>
    /// <exception cref="RefusedException">Both --json and --csv.</exception>
    public static void RequireOneFormat(Invocation run)
    {
        if (run.Json && run.Get(Csv))
        {
            throw new RefusedException(
                ExitCode.Usage, "--json and --csv together", "one of them", "leave one out, or run twice");
        }
    }
}
