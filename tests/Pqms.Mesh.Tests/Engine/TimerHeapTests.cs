using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Tests.Engine;

public sealed class TimerHeapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NextTimer_GivenRandomSettings_isTheEarliestThenTheLowest(int seed)
    {
        const int timers = 25;
        Random random = new(seed);
        TimerHeap heap = new(timers);
        long[] expected = Enumerable.Repeat(TimerHeap.Never, timers).ToArray();
        for (int step = 0; step < 5_000; step++)
        {
            int timer = random.Next(timers);
            long time = random.Next(4) == 0 ? TimerHeap.Never : random.Next(50);
            expected[timer] = time;
            heap.Set(timer, time);

            Assert.Equal(expected.Min(), heap.NextTime);
            if (heap.NextTime != TimerHeap.Never)
            {
                Assert.Equal(Array.IndexOf(expected, expected.Min()), heap.NextTimer);
            }
        }
    }
}
