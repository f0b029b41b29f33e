using System.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Tests.States;

public class EntanglementTests
{
    [Fact]
    public void Concurrence_GivenAnyState_agreesWithThePartialTranspose()
    {
        // For two qubits in a Bell-diagonal state the negative eigenvalue of the partial transpose is -C/2: the vector
        // (0.5 - v) of eigenvalues is found here by applying the transposed matrix to the four Bell vectors.
        for (ulong n = 0; n < 50; n++)
        {
            BellDiagonal v = n % 2 == 0 ? RandomStates.Draw(n) : Sharpened(n);
            Complex[,] rho = MasterEquation.Of(v).Rho;
            double least = 1;
            for (int k = 0; k < 4; k++)
            {
                double[] bell = MasterEquation.BellVector(k);
                double[] image = new double[4];
                for (int i = 0; i < 16; i++)
                {
                    int r = i >> 2, c = i & 3;
                    image[r] += rho[(r & 2) | (c & 1), (c & 2) | (r & 1)].Real * bell[c];
                }

                double eigenvalue = Enumerable.Range(0, 4).Sum(i => image[i] * bell[i]);
                Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(eigenvalue * bell[i], image[i], 1e-14));
                least = Math.Min(least, eigenvalue);
            }

            Assert.Equal(Math.Max(0, -2 * least), Entanglement.Concurrence(v), 1e-14);
        }
    }

    [Fact]
    public void OfFormation_GivenAnyState_isReachedByAMixtureAndNeverUndercut()
    {
        for (ulong n = 0; n < 20; n++)
        {
            BellDiagonal v = Sharpened(n);
            double formation = Entanglement.OfFormation(v);

            // In the magic basis (Phi+, i Psi+, Psi-, i Phi-) the concurrence is |sum of squared amplitudes|: with
            // these phases 2F - 1 for all eight signs, which together make the pair.
            double[] signs = [-1, 1];
            Complex[][] cheapest =
            [
                .. from x in signs from y in signs from z in signs
                   select Vector(v, [1, x, y * Complex.ImaginaryOne, z]),
            ];
            AssertMixture(v, cheapest.Select(c => (0.125, c)));
            Assert.All(cheapest, c => Assert.Equal(formation, PureEntanglement(c), 1e-7));

            // A random unitary mixes the eigenvectors into another ensemble of the same pair.
            (double Weight, Complex[] State)[] other = RandomEnsemble(v, n);
            AssertMixture(v, other);
            Assert.InRange(other.Sum(o => o.Weight * PureEntanglement(o.State)), formation - 1e-9, 1);
        }
    }

    [Fact]
    public void OfFormation_GivenLimits_isOneAndZero()
    {
        Assert.Equal(1.0, Entanglement.OfFormation(BellDiagonal.Perfect), 1e-15);
        Assert.Equal(1.0, Entanglement.OfFormation(BellDiagonal.Create(0, 0, 1, 0)), 1e-15);
        Assert.Equal(0.0, Entanglement.OfFormation(BellDiagonal.Werner(0.5)));
        Assert.Equal(0.0, Entanglement.OfFormation(BellDiagonal.Create(0.5, 0.5, 0, 0)));
        Assert.Equal(0.8, Entanglement.Concurrence(BellDiagonal.Werner(0.9)), 1e-15);

        // Bennett et al. 1996: E_F = h(1/2 + sqrt(F (1 - F))) for the greatest probability F above 1/2.
        Assert.Equal(
            KeyRates.BinaryEntropy(0.5 + Math.Sqrt(0.09)), Entanglement.OfFormation(BellDiagonal.Werner(0.9)), 1e-15);

        // Small C: E_F = -C^2/4 log2(C^2/(4 e)) to leading order; C = 2e-6 here.
        const double c = 2e-6;
        Assert.Equal(
            -(c * c / 4) * Math.Log2(c * c / (4 * Math.E)),
            Entanglement.OfFormation(BellDiagonal.Create(0.5 + 1e-6, 0.5 - 1e-6, 0, 0)),
            1e-19);
    }

    // A random state with at least half of Phi+.
    private static BellDiagonal Sharpened(ulong n)
    {
        double[] v = Circuit.Vector(RandomStates.Draw(n));
        return BellDiagonal.Create((1 + v[0]) / 2, v[1] / 2, v[2] / 2, v[3] / 2);
    }

    // Sum of phase_k sqrt(v_k) |Bell_k>.
    private static Complex[] Vector(BellDiagonal v, Complex[] phases)
    {
        double[] p = Circuit.Vector(v);
        var psi = new Complex[4];
        for (int i = 0; i < 16; i++)
        {
            psi[i & 3] += phases[i >> 2] * Math.Sqrt(p[i >> 2]) * MasterEquation.BellVector(i >> 2)[i & 3];
        }

        return psi;
    }

    private static (double Weight, Complex[] State)[] RandomEnsemble(BellDiagonal v, ulong n)
    {
        Complex[,] u = RandomChannels.Unitary(4, n);
        double[] p = Circuit.Vector(v);
        return
        [
            .. Enumerable.Range(0, 4).Select(row =>
            {
                var psi = new Complex[4];
                for (int i = 0; i < 16; i++)
                {
                    double bell = MasterEquation.BellVector(i >> 2)[i & 3];
                    psi[i & 3] += u[row, i >> 2] * Math.Sqrt(p[i >> 2]) * bell;
                }

                double weight = psi.Sum(a => (a * Complex.Conjugate(a)).Real);
                return (weight, psi.Select(a => a / Math.Sqrt(weight)).ToArray());
            }),
        ];
    }

    private static void AssertMixture(BellDiagonal v, IEnumerable<(double Weight, Complex[] State)> ensemble)
    {
        var rho = new Complex[4, 4];
        foreach ((double weight, Complex[] psi) in ensemble)
        {
            for (int i = 0; i < 16; i++)
            {
                rho[i >> 2, i & 3] += weight * psi[i >> 2] * Complex.Conjugate(psi[i & 3]);
            }
        }

        Complex[,] expected = MasterEquation.Of(v).Rho;
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(0, (rho[i >> 2, i & 3] - expected[i >> 2, i & 3]).Magnitude, 1e-13);
        }
    }

    // Entropy of one side of a pure state, from the eigenvalues of its density matrix.
    private static double PureEntanglement(Complex[] psi)
    {
        double a = (psi[0] * Complex.Conjugate(psi[0])).Real + (psi[1] * Complex.Conjugate(psi[1])).Real;
        Complex off = (psi[0] * Complex.Conjugate(psi[2])) + (psi[1] * Complex.Conjugate(psi[3]));
        double root = Math.Sqrt(((a - 0.5) * (a - 0.5)) + (off.Magnitude * off.Magnitude));
        double p = Math.Min(1, 0.5 + root);
        return p >= 1 ? 0 : -((p * Math.Log2(p)) + ((1 - p) * Math.Log2(1 - p)));
    }
}
