namespace Pqms.Node;

/// <summary>Exit codes of <c>pqms</c>; each has one meaning in every command.</summary>
public enum ExitCode
{
    /// <summary>The command did what was asked.</summary>
    Ok = 0,

    /// <summary>The ledger, a check or a service said no; nothing was lost.</summary>
    Refused = 1,

    /// <summary>The command line or a setting cannot be understood.</summary>
    Usage = 2,

    /// <summary>No chain answers at the address in use.</summary>
    ChainUnreachable = 3,

    /// <summary>Something that must be installed or writable is missing.</summary>
    Prerequisite = 4,

    /// <summary>A bug of PQMS: please report it with the text shown.</summary>
    Bug = 70,
}

/// <summary>A refusal a person can act on: what was wrong, what is allowed, and what to do next.</summary>
/// <param name="What">The value that was refused, in one sentence.</param>
/// <param name="Allowed">The range or set that would have been accepted; empty when there is none to name.</param>
/// <param name="Next">The next step; empty when there is none.</param>
/// <param name="Code">The exit code of the process.</param>
public sealed record Refusal(string What, string Allowed, string Next, ExitCode Code = ExitCode.Refused)
{
    /// <summary>The three parts as one text, one line each, without the empty ones.</summary>
    public override string ToString()
    {
        var lines = new List<string> { What };
        if (Allowed.Length > 0)
        {
            lines.Add("allowed: " + Allowed);
        }

        if (Next.Length > 0)
        {
            lines.Add("next: " + Next);
        }

        return string.Join(Environment.NewLine, lines);
    }
}

/// <summary>Carries a <see cref="Refusal"/> up to the one place that prints it and sets the exit code.</summary>
public sealed class RefusedException : Exception
{
    /// <summary>Wraps <paramref name="refusal"/>.</summary>
    /// <param name="refusal">What is told to the user.</param>
    /// <param name="inner">The cause, kept for a debugger; it is not printed.</param>
    public RefusedException(Refusal refusal, Exception? inner = null)
        : base(refusal.ToString(), inner)
    {
        Refusal = refusal;
    }

    /// <summary>Short form of the main constructor.</summary>
    /// <param name="code">The exit code of the process.</param>
    /// <param name="what">The value that was refused.</param>
    /// <param name="allowed">What would have been accepted.</param>
    /// <param name="next">The next step.</param>
    public RefusedException(ExitCode code, string what, string allowed, string next)
        : this(new Refusal(what, allowed, next, code))
    {
    }

    /// <summary>What was refused, and why.</summary>
    public Refusal Refusal { get; }
}
