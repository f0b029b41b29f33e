namespace Pqms.Physics.Tests.Buffers;

// Mean and standard error of correlated samples by the means of blocks.
internal sealed class Blocks(int blocks)
{
    private readonly double[] _sums = new double[blocks];
    private readonly long[] _counts = new long[blocks];

    public long Count { get; private set; }

    public double Mean => Enumerable.Range(0, blocks).Average(b => _sums[b] / _counts[b]);

    public double StandardError
    {
        get
        {
            double mean = Mean;
            double variance = Enumerable.Range(0, blocks).Sum(b => Math.Pow((_sums[b] / _counts[b]) - mean, 2))
                / (blocks - 1);
            return Math.Sqrt(variance / blocks);
        }
    }

    public void Add(double value, int block, double weight = 1)
    {
        _sums[Math.Min(block, blocks - 1)] += value * weight;
        _counts[Math.Min(block, blocks - 1)]++;
        Count++;
    }
}
