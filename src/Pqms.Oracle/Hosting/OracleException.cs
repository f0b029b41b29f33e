namespace Pqms.Oracle;

/// <summary>The oracle cannot go on, for a reason that its operator can read and act on.</summary>
/// <remarks>Ends <c>RunAsync</c>; a host turns it into a non-zero exit code. A bug is any other exception.</remarks>
public class OracleException : Exception
{
    /// <summary>A failure without another exception behind it.</summary>
    /// <param name="message">What failed, the value concerned, and the next step.</param>
    public OracleException(string message)
        : base(message)
    {
    }

    /// <summary>A failure that another exception caused.</summary>
    /// <param name="message">What failed, the value concerned, and the next step.</param>
    /// <param name="innerException">The cause.</param>
    public OracleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The journal cannot be used: library missing, folder not writable, file damaged, or another process holds
/// it.</summary>
public sealed class JournalException : OracleException
{
    /// <summary>A failure without another exception behind it.</summary>
    /// <param name="message">What failed, the path concerned, and the next step.</param>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>A failure that another exception caused.</summary>
    /// <param name="message">What failed, the path concerned, and the next step.</param>
    /// <param name="innerException">The cause.</param>
    public JournalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What the chain accepted is not what this oracle computes from the same chain.</summary>
/// <remarks>The process must stop: either its code and scenario differ from the era's, or the accepted report is
/// false.</remarks>
public sealed class DivergenceException : OracleException
{
    /// <summary>Names the first report that differs.</summary>
    /// <param name="sequence">The report's sequence.</param>
    /// <param name="message">Which fields, and where known the first event that differs.</param>
    public DivergenceException(ulong sequence, string message)
        : base(message) => Sequence = sequence;

    /// <summary>The first report that differs; 0 if none is named.</summary>
    public ulong Sequence { get; }
}
