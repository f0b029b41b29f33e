namespace Pqms.Physics.Numerics;

/// <summary>
/// The random numbers of one entity for one purpose: a pure function of (seed, purpose, entity, counter).
/// </summary>
/// <remarks>
/// Nothing is consumed: the same counter always gives the same number, so callers own their counters. One counter must
/// feed one draw only; numbers of different counters, entities, purposes or seeds are independent for all that is known
/// of Philox. Philox has 64 key bits, so the key is one block of Philox over (seed, purpose). The default value is the
/// stream of key 0, entity 0: usable, but never meant. Thread-safe.
/// </remarks>
public readonly struct RandomStream
{
    /// <summary>Greatest value of <see cref="Geometric"/>: 2^62 attempts, more than 100,000 years at 1 MHz.</summary>
    public const ulong MaxGeometric = 1UL << 62;

    private const ulong KeyDerivationTag = 0x5051_4D53_0000_0001;
    private const double MaxGeometricAsDouble = 4611686018427387904.0;
    private const double TwoToMinus52 = 2.220446049250313080847e-16;

    private readonly ulong _key;
    private readonly ulong _entity;

    /// <summary>Names a stream.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="purpose">What the numbers are for; every kind of draw has its own.</param>
    /// <param name="entity">Which site, span, pool or pair draws.</param>
    public RandomStream(ulong seed, uint purpose, ulong entity)
    {
        _key = Philox4x32.Block(seed, purpose, KeyDerivationTag).Low;
        _entity = entity;
    }

    /// <summary>64 uniform bits.</summary>
    /// <param name="counter">Number of the draw.</param>
    public ulong Bits(ulong counter) => Philox4x32.Block(_key, counter, _entity).Low;

    /// <summary>A uniform number strictly between 0 and 1: an odd multiple of 2^-53.</summary>
    /// <param name="counter">Number of the draw.</param>
    public double Uniform(ulong counter) => (unchecked((long)(Bits(counter) >> 12)) + 0.5) * TwoToMinus52;

    /// <summary>The number of attempts up to and with the first success.</summary>
    /// <remarks>
    /// Inverse of P(N &gt; n) = (1 - p)^n: N = 1 + floor(ln U / ln(1 - p)) (Devroye, Non-Uniform Random Variate
    /// Generation, 1986, X.2). U has steps of 2^-52: in the result that is 0.0002 attempts at p = 1e-12 and 0.2 at p =
    /// 1e-15; below about 2e-16 not every small number can come up any more.
    /// </remarks>
    /// <param name="counter">Number of the draw.</param>
    /// <param name="p">Probability of success of one attempt, in (0, 1].</param>
    /// <returns>At least 1, at most <see cref="MaxGeometric"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside (0, 1] or NaN.</exception>
    public ulong Geometric(ulong counter, double p)
    {
        if (!(p > 0.0 && p <= 1.0))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability of success must lie in (0, 1].");
        }

        return p == 1.0 ? 1UL : GeometricFromLog(counter, PortableMath.LogOnePlus(-p));
    }

    /// <summary><see cref="Geometric"/> for a fixed probability whose logarithm the caller has kept.</summary>
    /// <param name="counter">Number of the draw.</param>
    /// <param name="logFailure">ln(1 - p), below 0; minus infinity for p = 1.</param>
    /// <returns>At least 1, at most <see cref="MaxGeometric"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="logFailure"/> is not below 0.</exception>
    public ulong GeometricFromLog(ulong counter, double logFailure)
    {
        if (!(logFailure < 0.0))
        {
            throw new ArgumentOutOfRangeException(nameof(logFailure), logFailure, "ln(1 - p) must lie below 0.");
        }

        double failures = PortableMath.Floor(PortableMath.Log(Uniform(counter)) / logFailure);
        return failures < MaxGeometricAsDouble ? unchecked((ulong)(long)failures) + 1UL : MaxGeometric;
    }

    /// <summary>An exponentially distributed number of mean 1.</summary>
    /// <param name="counter">Number of the draw.</param>
    /// <returns>Between 1.1e-16 and 36.8.</returns>
    public double Exponential(ulong counter) => -PortableMath.Log(Uniform(counter));
}
