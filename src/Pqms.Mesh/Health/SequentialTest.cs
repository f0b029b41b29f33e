using Pqms.Mesh.Engine;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Health;

/// <summary>What a sequential test says so far.</summary>
internal enum SequentialOutcome
{
    /// <summary>More trials are needed.</summary>
    Undecided = 0,

    /// <summary>H0: the error rate is the good one.</summary>
    AcceptNull = 1,

    /// <summary>H1: the error rate is the bad one.</summary>
    AcceptAlternative = 2,
}

/// <summary>Wald's sequential probability ratio test on errors that are made with one of two probabilities.</summary>
/// <remarks>
/// Adds the logarithm of the likelihood ratio of every trial and stops at B = ln(beta/(1 - alpha)) or A = ln((1 -
/// beta)/alpha) (Wald, Ann. Math. Stat. 16, 117, 1945). Then the true probabilities of either wrong decision obey
/// alpha' &lt;= alpha/(1 - beta), beta' &lt;= beta/(1 - alpha), alpha' + beta' &lt;= alpha + beta; trials may have
/// different error probabilities, as pairs of different age have. No other test with these errors needs fewer trials
/// on average at the two hypotheses (Wald, Wolfowitz, 1948).
/// </remarks>
internal sealed class SequentialTest
{
    private double _evidence;
    private long _trials;

    /// <summary>A test without trials.</summary>
    /// <param name="alpha">Probability of accepting H1 when H0 holds, in (0, 0.5).</param>
    /// <param name="beta">Probability of accepting H0 when H1 holds, in (0, 0.5).</param>
    public SequentialTest(double alpha, double beta)
    {
        Upper = PortableMath.Log((1.0 - beta) / alpha);
        Lower = PortableMath.Log(beta / (1.0 - alpha));
    }

    /// <summary>A, above 0.</summary>
    public double Upper { get; }

    /// <summary>B, below 0.</summary>
    public double Lower { get; }

    /// <summary>Sum of the log likelihood ratios since the last reset.</summary>
    public double Evidence => _evidence;

    /// <summary>Trials since the last reset.</summary>
    public long Trials => _trials;

    /// <summary>What the trials say.</summary>
    public SequentialOutcome Outcome =>
        _evidence >= Upper ? SequentialOutcome.AcceptAlternative
        : _evidence <= Lower ? SequentialOutcome.AcceptNull
        : SequentialOutcome.Undecided;

    /// <summary>ln of how much likelier a trial is under the bad rate than under the good one.</summary>
    /// <param name="error">Whether the trial was an error.</param>
    /// <param name="good">Error probability under H0, in (0, 1).</param>
    /// <param name="bad">Error probability under H1, in (0, 1).</param>
    public static double LogLikelihoodRatio(bool error, double good, double bad) => error
        ? PortableMath.Log(bad / good)
        : PortableMath.LogOnePlus(-bad) - PortableMath.LogOnePlus(-good);

    /// <summary>Mean log likelihood ratio of one trial at a true error probability.</summary>
    public static double Drift(double actual, double good, double bad) =>
        (actual * LogLikelihoodRatio(error: true, good, bad))
        + ((1.0 - actual) * LogLikelihoodRatio(error: false, good, bad));

    /// <summary>Wald's approximation of the mean number of trials to a decision under H0.</summary>
    /// <remarks>Without the overshoot: the true mean is a little greater.</remarks>
    public static double ExpectedTrialsNull(double alpha, double beta, double good, double bad)
    {
        SequentialTest test = new(alpha, beta);
        return (((1.0 - alpha) * test.Lower) + (alpha * test.Upper)) / Drift(good, good, bad);
    }

    /// <summary>Wald's approximation of the mean number of trials to a decision under H1: the delay of an alarm.
    /// </summary>
    public static double ExpectedTrialsAlternative(double alpha, double beta, double good, double bad)
    {
        SequentialTest test = new(alpha, beta);
        return ((beta * test.Lower) + ((1.0 - beta) * test.Upper)) / Drift(bad, good, bad);
    }

    /// <summary>Adds a trial.</summary>
    /// <returns>What the trials say now; the caller resets after a decision.</returns>
    public SequentialOutcome Observe(bool error, double good, double bad)
    {
        _evidence += LogLikelihoodRatio(error, good, bad);
        _trials++;
        return Outcome;
    }

    /// <summary>Forgets all trials.</summary>
    public void Reset()
    {
        _evidence = 0.0;
        _trials = 0;
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        state.Value(ref _evidence);
        state.Value(ref _trials);
    }
}
