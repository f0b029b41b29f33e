namespace Pqms.Mesh.Control;

/// <summary>What is done with a pair that somebody wants to use, worst first.</summary>
internal enum GateOutcome
{
    /// <summary>Nothing now: the user waits.</summary>
    Hold = 0,

    /// <summary>This pair is given up for another one.</summary>
    ReSwap = 1,

    /// <summary>The pair is used.</summary>
    Deploy = 2,
}

/// <summary>Why the gate decided so.</summary>
internal enum GateReason
{
    /// <summary>The lower bound reaches the floor.</summary>
    BoundReachesFloor = 0,

    /// <summary>The lower bound is below the floor; another pair stands.</summary>
    BelowFloorOtherStands = 1,

    /// <summary>The lower bound is below the floor; a new pair can be made.</summary>
    BelowFloorNewComes = 2,

    /// <summary>The lower bound is below the floor and there is no other pair to hope for.</summary>
    BelowFloorNothingElse = 3,

    /// <summary>The pool is isolated.</summary>
    Isolated = 4,
}

/// <summary>A decision of the gate.</summary>
/// <param name="Outcome">What is done.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct GateDecision(GateOutcome Outcome, GateReason Reason);

/// <summary>The guardian between a pair and its use: deploy, swap anew, or hold (claims S2-11, S2-19, S2-40).</summary>
/// <remarks>
/// Pure. It asks for the lower bound of the estimate, so a pair passes only when it is good with 97.5 % confidence, and
/// is never a matter of the point alone. A better bound, a lower floor, more stock, a possible refill or no isolation
/// never makes the outcome worse.
/// </remarks>
internal static class PolicyGate
{
    /// <summary>Decides on one pair.</summary>
    /// <param name="lowerBound">Lower bound of its estimate; NaN is below every floor.</param>
    /// <param name="floor">Least fidelity wanted.</param>
    /// <param name="stockLeft">Other pairs that stand.</param>
    /// <param name="refillPossible">Whether the pool can make another pair now.</param>
    /// <param name="isolated">Whether the pool is isolated.</param>
    public static GateDecision Decide(
        double lowerBound, double floor, int stockLeft, bool refillPossible, bool isolated)
    {
        if (isolated)
        {
            return new GateDecision(GateOutcome.Hold, GateReason.Isolated);
        }

        if (lowerBound >= floor)
        {
            return new GateDecision(GateOutcome.Deploy, GateReason.BoundReachesFloor);
        }

        if (stockLeft > 0)
        {
            return new GateDecision(GateOutcome.ReSwap, GateReason.BelowFloorOtherStands);
        }

        return refillPossible
            ? new GateDecision(GateOutcome.ReSwap, GateReason.BelowFloorNewComes)
            : new GateDecision(GateOutcome.Hold, GateReason.BelowFloorNothingElse);
    }
}
