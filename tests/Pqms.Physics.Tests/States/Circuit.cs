using System.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Tests.States;

/// <summary>Density matrix of four qubits: the second derivation of swap and purification.</summary>
/// <remarks>Qubit 0 is the most significant bit of an index.</remarks>
internal sealed class Circuit
{
    private const int Size = 16;
    public static readonly Complex[,] X = { { 0, 1 }, { 1, 0 } };
    public static readonly Complex[,] Z = { { 1, 0 }, { 0, -1 } };
    public static readonly Complex[,] H = { { Math.Sqrt(0.5), Math.Sqrt(0.5) }, { Math.Sqrt(0.5), -Math.Sqrt(0.5) } };

    private Circuit(Complex[,] rho) => Rho = rho;

    public Complex[,] Rho { get; private set; }

    public double Trace => Enumerable.Range(0, Size).Sum(i => Rho[i, i].Real);

    public static Complex[,] RotationX(double angle) => new Complex[,]
    {
        { Math.Cos(angle / 2), -Complex.ImaginaryOne * Math.Sin(angle / 2) },
        { -Complex.ImaginaryOne * Math.Sin(angle / 2), Math.Cos(angle / 2) },
    };

    /// <summary>Pair <paramref name="a"/> on two qubits, pair <paramref name="b"/> on the two others.</summary>
    public static Circuit Pairs(
        BellDiagonal a, (int First, int Second) onA, BellDiagonal b, (int First, int Second) onB)
    {
        var rho = new Complex[Size, Size];
        double[] va = Vector(a), vb = Vector(b);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                var psi = new Complex[Size];
                for (int index = 0; index < Size; index++)
                {
                    psi[index] = Bell(i, Bit(index, onA.First), Bit(index, onA.Second))
                        * Bell(j, Bit(index, onB.First), Bit(index, onB.Second));
                }

                AddProjector(rho, psi, va[i] * vb[j]);
            }
        }

        return new Circuit(rho);
    }

    public static Circuit Sum(params (double Weight, Circuit Circuit)[] parts)
    {
        var rho = new Complex[Size, Size];
        foreach ((double weight, Circuit circuit) in parts)
        {
            ForEach((r, c) => rho[r, c] += weight * circuit.Rho[r, c]);
        }

        return new Circuit(rho);
    }

    public Circuit Apply(int qubit, Complex[,] u)
    {
        var full = new Complex[Size, Size];
        ForEach((r, c) =>
            full[r, c] = ((r ^ c) & ~(8 >> qubit)) == 0 ? u[Bit(r, qubit), Bit(c, qubit)] : 0);
        return Conjugate(full);
    }

    public Circuit Cnot(int control, int target)
    {
        var full = new Complex[Size, Size];
        for (int c = 0; c < Size; c++)
        {
            full[Bit(c, control) == 1 ? c ^ (8 >> target) : c, c] = 1;
        }

        return Conjugate(full);
    }

    /// <summary>The part in which a qubit is found with a value; its trace is the probability.</summary>
    public Circuit Project(int qubit, int value)
    {
        var rho = new Complex[Size, Size];
        ForEach((r, c) => rho[r, c] = Bit(r, qubit) == value && Bit(c, qubit) == value ? Rho[r, c] : 0);
        return new Circuit(rho);
    }

    /// <summary>Replaces two qubits by fully mixed ones.</summary>
    public Circuit Mix(int p, int q)
    {
        var rho = new Complex[Size, Size];
        int mask = (8 >> p) | (8 >> q);
        ForEach((r, c) =>
        {
            if ((r & mask) == (c & mask))
            {
                foreach (int inner in Enumerable.Range(0, Size).Where(i => (i & ~mask) == 0))
                {
                    rho[r, c] += 0.25 * Rho[(r & ~mask) | inner, (c & ~mask) | inner];
                }
            }
        });
        return new Circuit(rho);
    }

    /// <summary>
    /// Overlaps of two qubits with the Bell states in the order of <see cref="BellDiagonal"/>, not normalised.
    /// </summary>
    public double[] BellOverlaps(int p, int q)
    {
        var result = new double[4];
        int mask = (8 >> p) | (8 >> q);
        for (int k = 0; k < 4; k++)
        {
            Complex sum = 0;
            ForEach((r, c) =>
            {
                if ((r & ~mask) == (c & ~mask))
                {
                    sum += Bell(k, Bit(r, p), Bit(r, q)) * Rho[r, c] * Bell(k, Bit(c, p), Bit(c, q));
                }
            });
            result[k] = sum.Real;
        }

        return result;
    }

    public static double[] Vector(BellDiagonal v) => [v.PhiPlus, v.PsiPlus, v.PsiMinus, v.PhiMinus];

    private static int Bit(int index, int qubit) => (index >> (3 - qubit)) & 1;

    private static double Bell(int kind, int first, int second)
    {
        bool psi = kind is 1 or 2;
        double sign = kind >= 2 && first == 1 ? -1 : 1;
        return (first != second) == psi ? sign * Math.Sqrt(0.5) : 0;
    }

    private static void AddProjector(Complex[,] rho, Complex[] psi, double weight) =>
        ForEach((r, c) => rho[r, c] += weight * psi[r] * Complex.Conjugate(psi[c]));

    private Circuit Conjugate(Complex[,] u)
    {
        var half = new Complex[Size, Size];
        var rho = new Complex[Size, Size];
        ForEach((r, c) =>
        {
            for (int k = 0; k < Size; k++)
            {
                half[r, c] += u[r, k] * Rho[k, c];
            }
        });
        ForEach((r, c) =>
        {
            for (int k = 0; k < Size; k++)
            {
                rho[r, c] += half[r, k] * Complex.Conjugate(u[c, k]);
            }
        });
        return new Circuit(rho);
    }

    private static void ForEach(Action<int, int> action)
    {
        for (int r = 0; r < Size; r++)
        {
            for (int c = 0; c < Size; c++)
            {
                action(r, c);
            }
        }
    }
}
