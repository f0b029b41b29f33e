using Pqms.Physics.Numerics;

namespace Pqms.Physics.Channels;

/// <summary>f(t) = start - sum of c_i (1 - e^(-k_i t)), i = 1 to 3: the height of a fidelity above its floor.</summary>
internal readonly record struct DecaySum
{
    /// <summary>
    /// Most steps of <see cref="FirstZero"/>. About five are usual, at most some hundred when f almost touches 0 or
    /// turns back; beyond the bound the time reached is the answer, at which f is still above 0.
    /// </summary>
    public const int MaxSteps = 1000;

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
    /// below 0, as for every state of fidelity above 1/2, this is Newton's method on a convex function.
    /// </remarks>
    public double FirstZero()
    {
        double end = _start - (_x.Whole + (_y.Whole + _z.Whole));
        double t = 0.0;
        for (int step = 0; step < MaxSteps; step++)
        {
            var x = new Decayed(_x, t);
            var y = new Decayed(_y, t);
            var z = new Decayed(_z, t);
            if (end >= x.Debt + (y.Debt + z.Debt))
            {
                return double.PositiveInfinity;
            }

            double value = _start - (x.Lost + (y.Lost + z.Lost));
            double fall = x.Fall + (y.Fall + z.Fall);
            double bend = x.Bend + (y.Bend + z.Bend);
            double next = t + (2.0 * value / (fall + PortableMath.Sqrt((fall * fall) + (2.0 * bend * value))));
            if (!(next > t && value > 0.0))
            {
                return t;
            }

            t = next;
        }

        return t;
    }

    /// <summary>One falling exponential c e^(-k t); one that does not fall counts for nothing.</summary>
    internal readonly record struct Term(double Share, double Rate)
    {
        public double Whole => Rate > 0.0 ? Share : 0.0;
    }

    private readonly ref struct Decayed
    {
        public Decayed(Term term, double t)
        {
            double gone = -PortableMath.ExpMinus1(-term.Rate * t);
            Lost = term.Share * gone;
            double rest = term.Whole * (1.0 - gone);
            Fall = rest * term.Rate;
            Debt = rest < 0.0 ? -rest : 0.0;
            Bend = Debt * term.Rate * term.Rate;
        }

        public double Lost { get; }

        public double Fall { get; }

        public double Bend { get; }

        public double Debt { get; }
    }
}
