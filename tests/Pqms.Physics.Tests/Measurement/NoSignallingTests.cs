using System.Numerics;
using Pqms.Physics.Measurement;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;

namespace Pqms.Physics.Tests.Measurement;

/// <summary>Whatever A does to her half, nothing of it can be seen at B's half alone.</summary>
public class NoSignallingTests
{
    [Fact]
    public void Reduced_GivenAnyChannelOfA_isTheSameAtB()
    {
        // Tr_A[(E x 1) rho] = rho_B for 300 random channels of A, among them measurements and noise of one kind only.
        double worst = 0;
        for (ulong n = 0; n < 300; n++)
        {
            MasterEquation before = MasterEquation.Of(RandomStates.Draw(n)).Kraus(1, RandomChannels.OneQubit(n + 5000));
            Complex[,] plain = ReducedB(before.Rho);
            MasterEquation after = before.Kraus(0, ChannelOfA(n));
            Complex[,] changed = ReducedB(after.Rho);
            for (int i = 0; i < 4; i++)
            {
                worst = Math.Max(worst, (plain[i >> 1, i & 1] - changed[i >> 1, i & 1]).Magnitude);
            }
        }

        Assert.InRange(worst, 0, 1e-12);
    }

    [Fact]
    public void Reduced_GivenAMapThatKeepsOnlyOneResult_differs()
    {
        // The control: A's result 0 selected, which she cannot choose, does change B's half.
        MasterEquation state = MasterEquation.Of(BellDiagonal.Perfect);
        Complex[,] selected = ReducedB(state.Kraus(0, new Complex[,] { { 1, 0 }, { 0, 0 } }).Rho);
        Assert.Equal(0.5, selected[0, 0].Real, 1e-15);
        Assert.Equal(0.0, selected[1, 1].Real, 1e-15);
    }

    [Fact]
    public void Samples_GivenTwoChoicesOfA_areAlikeAtB()
    {
        // n = 1,000,000 pairs for each choice of A. B's frequencies of +1 differ by at most 5 sigma, sigma =
        // sqrt(2/4n) (total variation distance); 2 n' ln 2 x mutual information (n' = 2n) is chi^2 of one degree: below
        // 25 = 5 sigma. A's own result, told by message, carries far more: the control.
        const int n = 1_000_000;
        BellDiagonal v = BellDiagonal.Werner(0.97);
        MeasurementDirection b = MeasurementDirection.ChshB(0);
        var plus = new int[2];
        var agree = new int[2];
        for (int choice = 0; choice < 2; choice++)
        {
            JointOutcomes o = JointOutcomes.Of(v, MeasurementDirection.ChshA(choice), b);
            var stream = new RandomStream(37, 8, (ulong)choice);
            for (ulong i = 0; i < n; i++)
            {
                (int a, int result) = o.Sample(stream.Uniform(i));
                plus[choice] += result == 1 ? 1 : 0;
                agree[choice] += a == result ? 1 : 0;
            }
        }

        double variation = Math.Abs(plus[0] - plus[1]) / (double)n;
        Assert.InRange(variation, 0, 5 * Math.Sqrt(2.0 / (4.0 * n)));

        // I(choice; B) = H(B) - H(B | choice).
        double information = KeyRates.BinaryEntropy((plus[0] + plus[1]) / (2.0 * n))
            - (0.5 * (KeyRates.BinaryEntropy(plus[0] / (double)n) + KeyRates.BinaryEntropy(plus[1] / (double)n)));
        Assert.InRange(information * 2 * (2 * n) * Math.Log(2), -1e-6, 25);
        Assert.InRange(1 - KeyRates.BinaryEntropy(agree[0] / (double)n), 0.3, 1);
    }

    private static Complex[][,] ChannelOfA(ulong n) => (n % 4) switch
    {
        0 => [RandomChannels.Unitary(2, n)],
        1 => Measurement(RandomChannels.Unitary(2, n)),
        2 => [Scaled(Math.Sqrt(0.95)), Scaled(Math.Sqrt(0.05), -1)],
        _ => RandomChannels.OneQubit(n),
    };

    private static Complex[][,] Measurement(Complex[,] basis) =>
    [
        .. Enumerable.Range(0, 2).Select(k => new Complex[,]
        {
            { basis[0, k] * Complex.Conjugate(basis[0, k]), basis[0, k] * Complex.Conjugate(basis[1, k]) },
            { basis[1, k] * Complex.Conjugate(basis[0, k]), basis[1, k] * Complex.Conjugate(basis[1, k]) },
        }),
    ];

    private static Complex[,] Scaled(double amplitude, int sign = 1) =>
        new Complex[,] { { amplitude, 0 }, { 0, sign * amplitude } };

    private static Complex[,] ReducedB(Complex[,] rho) => new Complex[,]
    {
        { rho[0, 0] + rho[2, 2], rho[0, 1] + rho[2, 3] }, { rho[1, 0] + rho[3, 2], rho[1, 1] + rho[3, 3] },
    };
}
