using System.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Tests.States;

/// <summary>
/// Density matrix of two qubits under d rho/dt = sum of g (L rho L* - (L*L rho + rho L*L)/2), in small steps: the
/// second derivation of memories.
/// </summary>
internal sealed class MasterEquation
{
    public static readonly Complex[,] X = { { 0, 1 }, { 1, 0 } };
    public static readonly Complex[,] Y = { { 0, -Complex.ImaginaryOne }, { Complex.ImaginaryOne, 0 } };
    public static readonly Complex[,] Z = { { 1, 0 }, { 0, -1 } };
    public static readonly Complex[,] Lower = { { 0, 1 }, { 0, 0 } };

    private readonly List<(Complex[,] Jump, Complex[,] Number, double Rate)> _jumps = [];

    private MasterEquation(Complex[,] rho) => Rho = rho;

    public Complex[,] Rho { get; private set; }

    public static MasterEquation Of(BellDiagonal v)
    {
        double[] p = Circuit.Vector(v);
        var rho = new Complex[4, 4];
        for (int k = 0; k < 4; k++)
        {
            double[] bell = BellVector(k);
            for (int i = 0; i < 16; i++)
            {
                rho[i >> 2, i & 3] += p[k] * bell[i >> 2] * bell[i & 3];
            }
        }

        return new MasterEquation(rho);
    }

    /// <summary>Amplitudes on |00>, |01>, |10>, |11> in the order of <see cref="BellDiagonal"/>.</summary>
    public static double[] BellVector(int kind)
    {
        double r = Math.Sqrt(0.5);
        return kind switch
        {
            0 => [r, 0, 0, r],
            1 => [0, r, r, 0],
            2 => [0, r, -r, 0],
            _ => [r, 0, 0, -r],
        };
    }

    /// <summary>An operator on one qubit (0 or 1) as one on both.</summary>
    public static Complex[,] On(int qubit, Complex[,] u)
    {
        var full = new Complex[4, 4];
        for (int i = 0; i < 16; i++)
        {
            int r = i >> 2, c = i & 3;
            full[r, c] = qubit == 0
                ? ((r & 1) == (c & 1) ? u[r >> 1, c >> 1] : 0)
                : ((r >> 1) == (c >> 1) ? u[r & 1, c & 1] : 0);
        }

        return full;
    }

    public static Complex[,] Product(Complex[,] a, Complex[,] b)
    {
        var c = new Complex[4, 4];
        for (int i = 0; i < 64; i++)
        {
            c[i >> 4, (i >> 2) & 3] += a[i >> 4, i & 3] * b[i & 3, (i >> 2) & 3];
        }

        return c;
    }

    public static Complex[,] Adjoint(Complex[,] a)
    {
        var c = new Complex[4, 4];
        for (int i = 0; i < 16; i++)
        {
            c[i >> 2, i & 3] = Complex.Conjugate(a[i & 3, i >> 2]);
        }

        return c;
    }

    public MasterEquation Add(int qubit, Complex[,] jump, double rate)
    {
        Complex[,] full = On(qubit, jump);
        _jumps.Add((full, Product(Adjoint(full), full), rate));
        return this;
    }

    /// <summary>Replaces rho by the sum of K rho K* over operators on one qubit.</summary>
    public MasterEquation Kraus(int qubit, params Complex[][,] operators)
    {
        var sum = new Complex[4, 4];
        foreach (Complex[,] k in operators.Select(k => On(qubit, k)))
        {
            sum = Combine(sum, 1, Product(Product(k, Rho), Adjoint(k)));
        }

        Rho = sum;
        return this;
    }

    /// <summary>Runge and Kutta's fourth-order method.</summary>
    public MasterEquation Integrate(double seconds, int steps)
    {
        double h = seconds / steps;
        for (int n = 0; n < steps; n++)
        {
            Complex[,] k1 = Derivative(Rho);
            Complex[,] k2 = Derivative(Combine(Rho, h / 2, k1));
            Complex[,] k3 = Derivative(Combine(Rho, h / 2, k2));
            Complex[,] k4 = Derivative(Combine(Rho, h, k3));
            Rho = Combine(Combine(Combine(Combine(Rho, h / 6, k1), h / 3, k2), h / 3, k3), h / 6, k4);
        }

        return this;
    }

    /// <summary>Overlaps with the four Bell states in the order of <see cref="BellDiagonal"/>.</summary>
    public double[] Bell() =>
    [
        .. Enumerable.Range(0, 4).Select(k =>
        {
            double[] bell = BellVector(k);
            return Enumerable.Range(0, 16).Sum(i => bell[i >> 2] * Rho[i >> 2, i & 3].Real * bell[i & 3]);
        }),
    ];

    public static Complex[,] Combine(Complex[,] a, double weight, Complex[,] b)
    {
        var c = new Complex[4, 4];
        for (int i = 0; i < 16; i++)
        {
            c[i >> 2, i & 3] = a[i >> 2, i & 3] + (weight * b[i >> 2, i & 3]);
        }

        return c;
    }

    private Complex[,] Derivative(Complex[,] rho)
    {
        var sum = new Complex[4, 4];
        foreach ((Complex[,] jump, Complex[,] number, double rate) in _jumps)
        {
            sum = Combine(sum, rate, Product(Product(jump, rho), Adjoint(jump)));
            sum = Combine(sum, -rate / 2, Product(number, rho));
            sum = Combine(sum, -rate / 2, Product(rho, number));
        }

        return sum;
    }
}
