using Pqms.Node;

namespace Pqms.Cli;

/// <summary>Turns the exceptions that stand for refusals into what a person is told.</summary>
internal static class Problems
{
    /// <summary>What to say about <paramref name="error"/>; null when it is a bug.</summary>
    public static Refusal? Explain(Exception error) => error switch
    {
        RefusedException refused => refused.Refusal,
        UnauthorizedAccessException or IOException => new Refusal(
            error.Message, "", "check the path and who may read and write it", ExitCode.Prerequisite),
        OperationCanceledException => new Refusal("stopped", "", ""),
        _ => null,
    };
}
