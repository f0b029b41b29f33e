using System.Numerics;
using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.States;

/// <summary>Random unitary matrices and channels of one qubit; the same for the same number.</summary>
internal static class RandomChannels
{
    /// <summary>Columns of normal complex numbers, made orthonormal in turn: evenly distributed (Haar).</summary>
    public static Complex[,] Unitary(int size, ulong number)
    {
        var stream = new RandomStream(23, 5, number);
        ulong draw = 0;
        double Normal() => Math.Sqrt(2 * stream.Exponential(draw++)) * Math.Cos(2 * Math.PI * stream.Uniform(draw++));
        var u = new Complex[size, size];
        for (int c = 0; c < size; c++)
        {
            Complex[] column = [.. Enumerable.Range(0, size).Select(_ => new Complex(Normal(), Normal()))];
            for (int before = 0; before < c; before++)
            {
                Complex overlap = Complex.Zero;
                for (int r = 0; r < size; r++)
                {
                    overlap += Complex.Conjugate(u[r, before]) * column[r];
                }

                for (int r = 0; r < size; r++)
                {
                    column[r] -= overlap * u[r, before];
                }
            }

            double length = Math.Sqrt(column.Sum(x => x.Magnitude * x.Magnitude));
            for (int r = 0; r < size; r++)
            {
                u[r, c] = column[r] / length;
            }
        }

        return u;
    }

    /// <summary>Four Kraus operators: a random unitary of the qubit and two more that nobody looks at.</summary>
    public static Complex[][,] OneQubit(ulong number)
    {
        Complex[,] u = Unitary(8, number);
        return
        [
            .. Enumerable.Range(0, 4).Select(k => new Complex[,]
            {
                { u[2 * k, 0], u[2 * k, 1] }, { u[(2 * k) + 1, 0], u[(2 * k) + 1, 1] },
            }),
        ];
    }
}
