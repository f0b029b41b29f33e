using Pqms.Physics.Numerics;

namespace Pqms.Physics.Channels;

/// <summary>f(t) = start - sum of c_i (1 - e^(-k_i t)), i = 1 to 3: the height of a fidelity above its floor.</summary>
internal readonly struct DecaySum
{
    /// <summary>
    /// Most steps of <see cref="FirstZero"/>. About four are usual, at most some hundred when f almost touches 0 or
    /// turns back; beyond the bound the time reached is the answer, at which f is still above 0.
    /// </summary>
    public const int MaxSteps = 1000;

    // A step shorter than this part of the fastest decay leaves an error of its square, below rounding.
    private const double ShortStep = 1e-9;

    private readonly double _start;
    private readonly Term _x;
    private readonly Term _y;
    private readonly Term _z;

    public DecaySum(double start, Term x, Term y, Term z)
    {
        _start = start;
        _x = x;
        _y = y;
        _z = z;
    }

    /// <summary>The first t at which f, above 0 at 0, is 0; infinity if there is none.</summary>
    /// <remarks>
    /// From s on f'' is at least -M with M = sum over c_i below 0 of |c_i| k_i^2 e^(-k_i s), so f stays above the
    /// parabola f(s) + f'(s) h - M h^2/2, and the step to the parabola's zero never passes a zero of f. Where no c_i is
    /// below 0, as for every state of fidelity above 1/2, M is 0 and this is Newton's method on a convex function.
    /// </remarks>
    public double FirstZero()
    {
        double end = _start - (_x.Fading + (_y.Fading + _z.Fading));
        double fastest = PortableMath.Max(_x.Rate, PortableMath.Max(_y.Rate, _z.Rate));
        double t = 0.0;
        for (int step = 0; step < MaxSteps; step++)
        {
            double x = PortableMath.ExpMinus1(-_x.Rate * t);
            double y = PortableMath.ExpMinus1(-_y.Rate * t);
            double z = PortableMath.ExpMinus1(-_z.Rate * t);
            if (end >= _x.Debt(x) + (_y.Debt(y) + _z.Debt(z)))
            {
                return double.PositiveInfinity;
            }

            double value = _start + ((_x.Share * x) + ((_y.Share * y) + (_z.Share * z)));
            double fall = _x.Fall(x) + (_y.Fall(y) + _z.Fall(z));
            double bend = _x.Bend(x) + (_y.Bend(y) + _z.Bend(z));
            double next = t + (bend > 0.0 ? ToZeroOfParabola(value, fall, bend) : value / fall);
            if (!(next > t && value > 0.0))
            {
                return t;
            }

            if ((next - t) * fastest < ShortStep)
            {
                return next;
            }

            t = next;
        }

        return t;
    }

    // The positive h with value - fall h - bend h^2/2 = 0, in the form that does not cancel.
    private static double ToZeroOfParabola(double value, double fall, double bend)
    {
        double root = PortableMath.Sqrt((fall * fall) + (2.0 * bend * value));
        return fall < 0.0 ? (root - fall) / bend : 2.0 * value / (fall + root);
    }

    /// <summary>One exponential c e^(-k t), given e^(-k t) - 1; one that does not fall counts for nothing.</summary>
    internal readonly record struct Term(double Share, double Rate)
    {
        /// <summary>What this term takes away in all.</summary>
        public double Fading => Rate > 0.0 ? Share : 0.0;

        public double Fall(double gone) => Share * Rate * (1.0 + gone);

        /// <summary>What f has yet to gain from this term.</summary>
        public double Debt(double gone) => Share < 0.0 && Rate > 0.0 ? -Share * (1.0 + gone) : 0.0;

        public double Bend(double gone) => Debt(gone) * Rate * Rate;
    }
}
