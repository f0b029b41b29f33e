using Pqms.Physics.States;

namespace Pqms.Physics.Links;

/// <summary>
/// Heralding by one click in each of two time bins, for memories that emit one photon in one bin or the other.
/// </summary>
/// <remarks>
/// Each memory is maximally entangled with the bin of its photon: dual rail, or the two rounds of Barrett and Kok. Four
/// of the patterns herald: one detector in the first bin, one in the second. What leads to them, with e = eta_A
/// eta_B/2, one = eta_A (1 - eta_B) + eta_B (1 - eta_A), none = (1 - eta_A)(1 - eta_B), dark count d, q = 1 - d: both
/// photons in different bins, e q^2: the wanted pair, with coherence V between its two histories; both in one bin and
/// one detector with a dark count in the other bin, e (1 + V)/2 2 d q^2: equal memories, no phase; one photon and a
/// dark count, one 2 d q^2, or two dark counts, none 4 d^2 q^2: white noise, because the lost photon took its memory's
/// bin along. Detectors that resolve photons refuse the second and see dark counts next to photons: e q^4, 0, one 2 d
/// q^3, none 4 d^2 q^2; these are the dual-rail weights of Dhara, Englund, Guha, "Entangling quantum memories via
/// heralded photonic Bell measurement", Phys. Rev. Research 5, 033149 (2023), eq. C7 to C9, as coded for "dual rail mid
/// swap" in QuantumSavory.jl. (Its barrett_kok.jl has twice the weight in "one".)
/// </remarks>
internal static class TwoClickHerald
{
    public static (double Probability, BellDiagonal State) Of(double etaA, double etaB, HeraldStation station)
    {
        double dark = station.DarkCountProbability;
        double quiet = 1.0 - dark;
        double quiet2 = quiet * quiet;
        bool resolves = station.ResolvesPhotons;
        double both = etaA * etaB * 0.5;
        double one = (etaA * (1.0 - etaB)) + (etaB * (1.0 - etaA));
        double none = (1.0 - etaA) * (1.0 - etaB);
        double alike = 0.5 * (1.0 + station.Visibility);
        double wanted = both * (resolves ? quiet2 * quiet2 : quiet2);
        double bunched = resolves ? 0.0 : both * alike * (2.0 * dark * quiet2);
        double white = (one * (2.0 * dark * (resolves ? quiet2 * quiet : quiet2)))
            + (none * (4.0 * dark * dark * quiet2));
        double p = wanted + (bunched + white);
        if (!(p > 0.0))
        {
            return default;
        }

        double quarter = 0.25 * white;
        double flipped = ((0.5 * bunched) + quarter) / p;
        return (p, BellDiagonal.Trusted(
            ((wanted * alike) + quarter) / p,
            flipped,
            flipped,
            ((wanted * (1.0 - alike)) + quarter) / p));
    }
}
