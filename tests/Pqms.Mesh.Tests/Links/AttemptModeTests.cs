using Pqms.Mesh.Links;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Links;

/// <summary>Skipping failed rounds against drawing every attempt: the same process.</summary>
public sealed class AttemptModeTests
{
    private const long Round = 1000;
    private const int Memories = 3;
    private const double P = 0.05;
    private const int LastBin = 30;

    [Fact]
    public void Herald_GivenMemoriesThatJoinMidRound_hasTheSameDistributionInBothModes()
    {
        // Two samples of n heralds: waits in rounds times the number of successes. Chi-square over the cells with 20
        // counts together, k degrees: mean k, variance 2 k; the bound is 4 sigma. Seeds 1 and 2.
        int n = TestProfile.Count(usual: 20_000, nightly: 1_000_000);
        Sample skipped = Sample.Of(n, perAttempt: false, seed: 1);
        Sample drawn = Sample.Of(n, perAttempt: true, seed: 2);
        double chiSquare = 0.0;
        int degrees = -1;
        for (int cell = 0; cell < skipped.Cells.Length; cell++)
        {
            double sum = skipped.Cells[cell] + drawn.Cells[cell];
            double difference = skipped.Cells[cell] - drawn.Cells[cell];
            chiSquare += sum >= 20 ? difference * difference / sum : 0.0;
            degrees += sum >= 20 ? 1 : 0;
        }

        Assert.True(degrees > 30);
        Assert.InRange(chiSquare, 0.0, degrees + (4 * Math.Sqrt(2.0 * degrees)));

        // Bernoulli trials in both: successes of p in the attempts counted, 4 sigma.
        foreach (Sample sample in new[] { skipped, drawn })
        {
            double sigma = Math.Sqrt(sample.Attempts * P * (1 - P));
            Assert.InRange(sample.Successes - (sample.Attempts * P), -4 * sigma, 4 * sigma);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AttemptsUntil_GivenALongWait_countsTheRoundsBegun(bool perAttempt)
    {
        LinkShare share = Share(1e-12, seed: 1, perAttempt);
        share.Regulate(0, 1);
        for (long round = 1; perAttempt && round <= 100; round++)
        {
            share.Herald(round * Round);
        }

        Assert.Equal(100UL * Memories, share.AttemptsUntil(100 * Round));
        Assert.Equal(101UL * Memories, share.AttemptsUntil((100 * Round) + 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Resize_GivenMoreMemoriesMidRound_letsTheRoundUnderWayGoOn(bool perAttempt)
    {
        LinkShare share = Share(1.0, seed: 1, perAttempt);
        share.Regulate(0, 10);
        share.Resize(400, Memories + 2);
        share.Regulate(400, 10);

        Assert.Equal(Round, share.NextHerald);
        Assert.Equal(Memories, share.Herald(Round));
        share.Regulate(Round, 10);
        Assert.Equal(2 * Round, share.NextHerald);
        Assert.Equal(2, share.Herald(2 * Round));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Resize_GivenFewerMemoriesMidRound_beginsAnewWithThese(bool perAttempt)
    {
        LinkShare share = Share(1.0, seed: 1, perAttempt);
        share.Regulate(0, 10);
        share.Resize(400, 1);
        share.Regulate(400, 10);

        Assert.Equal(400 + Round, share.NextHerald);
        Assert.Equal(1, share.Herald(400 + Round));
        share.CheckConservation();
    }

    private static LinkShare Share(double p, ulong seed, bool perAttempt) =>
        new(TestSpans.Attempts(p, Round), Memories, TestSpans.Settings(seed, 42, perAttempt: perAttempt));

    private sealed class Sample
    {
        private readonly LinkShare _share;
        private readonly PriorityQueue<int, long> _releases = new();
        private long _last;

        private Sample(LinkShare share) => _share = share;

        public int[] Cells { get; } = new int[(LastBin + 1) * Memories];

        public double Attempts { get; private set; }

        public double Successes => _share.Generated;

        public static Sample Of(int heralds, bool perAttempt, ulong seed)
        {
            Sample sample = new(Share(P, seed, perAttempt));
            sample._share.Regulate(0, int.MaxValue);
            int seen = 0;
            while (seen < heralds)
            {
                seen += sample.Step() ? 1 : 0;
            }

            sample.Attempts = sample._share.AttemptsUntil(sample._last);
            return sample;
        }

        // Of the memories that succeed, the first is free again 0.4 rounds later, the next 1.7, the third 3.0.
        private bool Step()
        {
            if (_releases.TryPeek(out _, out long at) && at < _share.NextHerald)
            {
                _releases.Dequeue();
                _share.Release();
                _share.Regulate(at, int.MaxValue);
                return false;
            }

            long now = _share.NextHerald;
            int successes = _share.Herald(now);
            for (int i = 0; i < successes; i++)
            {
                _share.TakeYoungest();
                _releases.Enqueue(0, now + 400 + (1300L * i));
            }

            _share.Regulate(now, int.MaxValue);
            if (successes > 0)
            {
                long bin = Math.Min((now - _last) / Round, LastBin);
                Cells[(bin * Memories) + successes - 1]++;
                _last = now;
            }

            return successes > 0;
        }
    }
}
