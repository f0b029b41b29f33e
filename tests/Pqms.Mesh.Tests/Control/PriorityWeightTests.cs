using Pqms.Mesh.Control;

namespace Pqms.Mesh.Tests.Control;

public sealed class PriorityWeightTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(-5, 1)]
    [InlineData(9, 8)]
    public void Of_GivenAPriority_doublesWithEachStep(int priority, double expected) =>
        Assert.Equal(expected, PriorityWeight.Of(priority));
}
