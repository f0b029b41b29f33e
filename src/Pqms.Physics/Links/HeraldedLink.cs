using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Links;

/// <summary>What any kind of heralded generation comes down to: attempts with a small chance of a noisy pair.</summary>
/// <remarks>The default value is no link: it never succeeds.</remarks>
public readonly record struct HeraldedLink
{
    private HeraldedLink(double successProbability, double attemptSeconds, double heraldSeconds, BellDiagonal state)
    {
        SuccessProbability = successProbability;
        AttemptSeconds = attemptSeconds;
        HeraldSeconds = heraldSeconds;
        State = state;
        LogFailure = PortableMath.LogOnePlus(-successProbability);
    }

    /// <summary>Probability p that one attempt of one pair of memories succeeds, in [0, 1].</summary>
    public double SuccessProbability { get; }

    /// <summary>Time from one attempt of a pair of memories to its next, in s.</summary>
    public double AttemptSeconds { get; }

    /// <summary>
    /// Age of the pair when both ends know of it, in s: its memories decay from its emission on. At most
    /// <see cref="AttemptSeconds"/> for every kind here.
    /// </summary>
    public double HeraldSeconds { get; }

    /// <summary>The pair at age 0, turned to the target Phi+ by the correction that the clicks ask for.</summary>
    public BellDiagonal State { get; }

    /// <summary>ln(1 - p), for <see cref="RandomStream.GeometricFromLog"/>; minus infinity when p is 1.</summary>
    public double LogFailure { get; }

    /// <summary>A link with given figures, for example measured ones.</summary>
    /// <param name="successProbability">p of one attempt, in [0, 1].</param>
    /// <param name="attemptSeconds">Period of the attempts in s, above 0 and finite.</param>
    /// <param name="heraldSeconds">Age of a pair when both ends know of it, in s, at least 0.</param>
    /// <param name="state">The pair at age 0; any value when p is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A parameter is outside its range or NaN, or <paramref name="state"/> is the default, which is no state.
    /// </exception>
    public static HeraldedLink Create(
        double successProbability, double attemptSeconds, double heraldSeconds, BellDiagonal state)
    {
        Domain.Probability(successProbability);
        Domain.NotNegative(Domain.Positive(attemptSeconds));
        Domain.NotNegative(heraldSeconds);
        double sum = state.PhiPlus + state.PsiPlus + (state.PsiMinus + state.PhiMinus);
        Domain.Between(
            successProbability > 0.0 ? sum : 1.0,
            1.0 - BellDiagonal.SumTolerance,
            1.0 + BellDiagonal.SumTolerance,
            nameof(state));
        return new HeraldedLink(successProbability, attemptSeconds, heraldSeconds, state);
    }

    /// <summary>The same link with an error more, for example of emission or of the correction.</summary>
    /// <param name="noise">
    /// The error as a Bell-diagonal state, v to v * noise; a Werner state for white noise: then w becomes w w_noise.
    /// </param>
    public HeraldedLink WithNoise(BellDiagonal noise) => new(
        SuccessProbability, AttemptSeconds, HeraldSeconds, BellDiagonal.Swap(State, noise));

    /// <summary>Mean rate of pairs when several memories attempt in parallel: memories p/attempt.</summary>
    /// <param name="memories">Memories per end, at least 1.</param>
    /// <returns>Pairs per second; 0 for the default value.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="memories"/> is below 1.</exception>
    public double PairsPerSecond(int memories)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memories, 1);
        return AttemptSeconds > 0.0 ? memories * SuccessProbability / AttemptSeconds : 0.0;
    }
}
