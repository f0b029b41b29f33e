using Pqms.Physics.States;

namespace Pqms.Physics.Tests.States;

public class KeyRatesTests
{
    [Theory]
    [InlineData(KeyRates.WernerHashingThreshold, 0.810710, 0.1262)]
    [InlineData(KeyRates.WernerBb84Threshold, 0.834958, 0.11003)]
    [InlineData(PairMetrics.WernerChshThreshold, 0.780330, 0.14645)]
    public void Thresholds_GivenCaseG12_areItsFigures(double threshold, double figure, double qber)
    {
        Assert.Equal(figure, threshold, 5e-7);
        Assert.Equal(qber, PairMetrics.QberMean(BellDiagonal.Werner(threshold)), 5e-5);
    }

    [Theory]
    [InlineData(KeyRates.WernerHashingThreshold, true)]
    [InlineData(KeyRates.WernerBb84Threshold, false)]
    public void Fractions_GivenWernerPairs_startAtTheThreshold(double threshold, bool sixState)
    {
        double Fraction(double f) =>
            sixState ? KeyRates.SixState(BellDiagonal.Werner(f)) : KeyRates.Bb84(BellDiagonal.Werner(f));
        Assert.Equal(0.0, Fraction(threshold - 1e-12));
        Assert.InRange(Fraction(threshold + 1e-12), 1e-13, 1e-10);
        Assert.Equal(1.0, Fraction(1.0), 1e-15);
    }

    [Fact]
    public void SixState_GivenAnyState_isTheCoherentInformation()
    {
        // Devetak and Winter: S(B) - S(AB) with S(B) = 1, the entropies from the density matrix by its own powers.
        for (ulong n = 0; n < 10; n++)
        {
            double[] v = Circuit.Vector(RandomStates.Draw(n));
            BellDiagonal good = BellDiagonal.Create(1 - (0.15 * (1 - v[0])), 0.15 * v[1], 0.15 * v[2], 0.15 * v[3]);
            double entropy = Circuit.Vector(good).Sum(p => -p * Math.Log2(p));
            Assert.Equal(1 - entropy, KeyRates.SixState(good), 1e-14);

            // H(v) = h(bit error) + what the phase says given the bit: never more than h(e_X) + h(e_Z).
            Assert.InRange(KeyRates.Bb84(good), 0, KeyRates.SixState(good));
        }
    }

    [Fact]
    public void Bb84_GivenIndependentFlips_isTheSixStateFraction()
    {
        // Bit and phase flips independent: H(v) = h(e_Z) + h(e_X), so knowing Y too tells nothing more.
        const double bit = 0.03, phase = 0.05;
        BellDiagonal v = BellDiagonal.Create(
            (1 - bit) * (1 - phase), bit * (1 - phase), bit * phase, (1 - bit) * phase);
        Assert.Equal(KeyRates.SixState(v), KeyRates.Bb84(v), 1e-14);
        Assert.Equal(
            1 - KeyRates.BinaryEntropy(phase) - (1.16 * KeyRates.BinaryEntropy(bit)), KeyRates.Bb84(v, 1.16), 1e-14);
        Assert.Equal(0.0, KeyRates.Bb84(BellDiagonal.Werner(0.5)));
        Assert.Equal(1.0, KeyRates.Bb84(BellDiagonal.Create(0, 0, 1, 0)), 1e-15);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 0.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(0.25, 0.81127812445913286)]
    [InlineData(1e-12, 4.1305832179536588e-11)]
    public void BinaryEntropy_GivenProbabilities_givesKnownValues(double p, double bits)
    {
        Assert.Equal(bits, KeyRates.BinaryEntropy(p), 1e-15);
        Assert.Equal(bits, KeyRates.BinaryEntropy(p), (1e-7 * bits) + 1e-300);
        Assert.Equal(KeyRates.BinaryEntropy(0.25), KeyRates.BinaryEntropy(0.75), 1e-15);
    }

    [Fact]
    public void Entropy_GivenExtremes_isZeroAndTwo()
    {
        Assert.Equal(0.0, KeyRates.Entropy(BellDiagonal.Perfect));
        Assert.Equal(2.0, KeyRates.Entropy(BellDiagonal.Werner(0.25)), 1e-15);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Functions_GivenBadArguments_refuse(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyRates.BinaryEntropy(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyRates.Bb84(BellDiagonal.Perfect, bad > 1 ? 0.99 : bad));
    }
}
