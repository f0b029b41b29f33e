using Pqms.Mesh.Control;

namespace Pqms.Mesh.Tests.Control;

public sealed class PolicyGateTests
{
    [Theory]
    [InlineData(0.96, 3, true, true, GateOutcome.Hold, GateReason.Isolated)]
    [InlineData(0.95, 0, false, false, GateOutcome.Deploy, GateReason.BoundReachesFloor)]
    [InlineData(0.94, 3, true, false, GateOutcome.ReSwap, GateReason.BelowFloorOtherStands)]
    [InlineData(0.94, 3, false, false, GateOutcome.ReSwap, GateReason.BelowFloorOtherStands)]
    [InlineData(0.94, 0, true, false, GateOutcome.ReSwap, GateReason.BelowFloorNewComes)]
    [InlineData(0.94, 0, false, false, GateOutcome.Hold, GateReason.BelowFloorNothingElse)]
    [InlineData(double.NaN, 0, false, false, GateOutcome.Hold, GateReason.BelowFloorNothingElse)]
    internal void Decide_GivenABranch_takesIt(
        double bound, int stock, bool refill, bool isolated, GateOutcome outcome, GateReason reason) =>
        Assert.Equal(new GateDecision(outcome, reason), PolicyGate.Decide(bound, 0.95, stock, refill, isolated));

    [Fact]
    public void Decide_WhenAnythingImproves_neverGetsWorse()
    {
        double[] bounds = [0.5, 0.9, 0.95, 0.99];
        foreach (double bound in bounds)
        {
            foreach (double floor in bounds)
            {
                for (int bits = 0; bits < 8; bits++)
                {
                    int stock = bits & 1;
                    bool refill = (bits & 2) != 0;
                    bool isolated = (bits & 4) != 0;
                    GateOutcome now = PolicyGate.Decide(bound, floor, stock, refill, isolated).Outcome;
                    Assert.True(PolicyGate.Decide(bound + 0.05, floor, stock, refill, isolated).Outcome >= now);
                    Assert.True(PolicyGate.Decide(bound, floor - 0.05, stock, refill, isolated).Outcome >= now);
                    Assert.True(PolicyGate.Decide(bound, floor, stock + 1, refill, isolated).Outcome >= now);
                    Assert.True(PolicyGate.Decide(bound, floor, stock, true, isolated).Outcome >= now);
                    Assert.True(PolicyGate.Decide(bound, floor, stock, refill, false).Outcome >= now);
                }
            }
        }
    }
}
