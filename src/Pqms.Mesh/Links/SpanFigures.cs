using Pqms.Mesh.Scenarios;
using Pqms.Physics.Links;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Mesh.Links;

/// <summary>What one span can do with its hardware: attempts in rounds, each with a small chance.</summary>
internal sealed record SpanFigures
{
    /// <summary>Longest wait that is ever scheduled, ns: about 146 years.</summary>
    public const double LongestWait = 4.6e18;

    private const double NanosecondsPerSecond = 1e9;

    /// <summary>How pairs are made.</summary>
    public required LinkKind Kind { get; init; }

    /// <summary>p of one attempt of one pair of memories; 0 when the span is down.</summary>
    public required double SuccessProbability { get; init; }

    /// <summary>Time from the start of one round of attempts to the next.</summary>
    public required long RoundNanoseconds { get; init; }

    /// <summary>Age of a pair when both ends know it.</summary>
    public required long HeraldNanoseconds { get; init; }

    /// <summary>Light time of the span.</summary>
    public required long LightNanoseconds { get; init; }

    /// <summary>Nominal state of a fresh pair.</summary>
    public required BellDiagonal Nominal { get; init; }

    /// <summary>Pairs per second and memory of a Poisson link; 0 for the other kinds.</summary>
    public double RatePerSecond { get; init; }

    /// <summary>ln(1 - p).</summary>
    public double LogFailure { get; private init; }

    public bool CanSucceed => Kind == LinkKind.Poisson ? RatePerSecond > 0.0 : SuccessProbability > 0.0;

    /// <summary>The figures of a span of a link between two kinds of sites.</summary>
    /// <param name="meters">Length of the span.</param>
    /// <param name="link">The link it is a part of.</param>
    /// <param name="a">Hardware at one end.</param>
    /// <param name="b">Hardware at the other end.</param>
    public static SpanFigures Of(double meters, LinkSettings link, HardwareProfile a, HardwareProfile b)
    {
        double fidelity = link.Fidelity ?? PortableMath.Min(a.LinkFidelity, b.LinkFidelity);
        BellDiagonal nominal = BellDiagonal.Werner(fidelity).Depolarise(link.TransducerWerner);
        return link.Kind is LinkKind.Poisson or LinkKind.Slotted
            ? Abstract(link, nominal)
            : Photonic(SpanLink.Of(meters, link, a, b), link, nominal, meters);
    }

    /// <summary>Light time of a length of fibre.</summary>
    public static long FibreNanoseconds(double meters) => ToNanoseconds(meters / Fibre.SpeedMetersPerSecond);

    /// <summary>Seconds as the nearest whole nanosecond.</summary>
    public static long ToNanoseconds(double seconds) => (long)((seconds * NanosecondsPerSecond) + 0.5);

    /// <summary>Heralded pairs per second while <paramref name="memories"/> attempt; exponential equivalent.</summary>
    public double SuccessRate(int memories) => Kind == LinkKind.Poisson
        ? RatePerSecond * memories
        : -LogFailure * memories / (RoundNanoseconds / NanosecondsPerSecond);

    /// <summary>The same span while less light gets through over the whole way, or while it is down.</summary>
    public SpanFigures Under(bool isUp, double transmission)
    {
        if (isUp && transmission >= 1.0)
        {
            return this;
        }

        double factor = isUp ? transmission : 0.0;
        return (this with
        {
            SuccessProbability = SuccessProbability * factor,
            RatePerSecond = RatePerSecond * factor,
        }).WithLogarithm();
    }

    private static SpanFigures Abstract(LinkSettings link, BellDiagonal nominal) => new SpanFigures
    {
        Kind = link.Kind,
        SuccessProbability = link.Probability,
        RatePerSecond = link.Kind == LinkKind.Poisson ? link.RatePerSecond * link.DutyCycle : 0.0,

        // A Poisson link has no rounds to wait for.
        RoundNanoseconds = link.Kind == LinkKind.Poisson
            ? 1
            : AtLeastOne(ToNanoseconds(link.SlotSeconds / link.DutyCycle)),
        HeraldNanoseconds = 0,
        LightNanoseconds = 0,
        Nominal = nominal,
    }.WithLogarithm();

    private static SpanFigures Photonic(HeraldedLink made, LinkSettings link, BellDiagonal nominal, double meters) =>
        new SpanFigures
        {
            Kind = link.Kind,
            SuccessProbability = made.SuccessProbability,
            RoundNanoseconds = AtLeastOne(ToNanoseconds(made.AttemptSeconds / link.DutyCycle)),
            HeraldNanoseconds = AtLeastOne(ToNanoseconds(made.HeraldSeconds)),
            LightNanoseconds = SpanLink.LightNanoseconds(link, meters),

            // Independent Pauli errors compose: those of the protocol, and all others in the profile's figure.
            Nominal = made.State.PhiPlus >= 1.0 ? nominal : BellDiagonal.Swap(made.State, nominal),
        }.WithLogarithm();

    private static long AtLeastOne(long nanoseconds) => nanoseconds < 1 ? 1 : nanoseconds;

    private SpanFigures WithLogarithm() => this with { LogFailure = PortableMath.LogOnePlus(-SuccessProbability) };
}
