using Pqms.Mesh.Control;

namespace Pqms.Mesh.Tests.Control;

public sealed class PriorityWeightTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 0, 8)]
    [InlineData(0, 420, 8)]
    [InlineData(1, 60, 4)]
    [InlineData(-5, -1, 1)]
    [InlineData(9, 0, 8)]
    public void Of_GivenAPriorityAndAWait_growsWithBoth(int priority, double waited, double expected) =>
        Assert.Equal(expected, PriorityWeight.Of(priority, waited), 12);
}
