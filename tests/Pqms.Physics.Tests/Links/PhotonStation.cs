using System.Numerics;
using Pqms.Physics.Links;

namespace Pqms.Physics.Tests.Links;

/// <summary>
/// Two memories, their photons and a station in Fock space: the second derivation of heralded links. Amplitudes of all
/// photon configurations, bosonic factors included, then detectors by their definition.
/// </summary>
/// <param name="EtaA">Efficiency of arm A.</param>
/// <param name="EtaB">Efficiency of arm B.</param>
/// <param name="Station">Detectors and interference.</param>
/// <param name="Phase">Phase of arm B against arm A in rad.</param>
internal sealed record PhotonStation(double EtaA, double EtaB, HeraldStation Station, double Phase)
{
    // Modes: bin * 6 + (port 0 or 1) * 2 + (internal mode 0 or 1), and bin * 6 + 4 or 5 for what A or B lost.
    private const int ModesPerBin = 6;

    /// <summary>Density matrix of the memories (not normalised) given that just these detectors click.</summary>
    /// <param name="bins">Time bins watched, 1 or 2.</param>
    /// <param name="ports">The port that clicks in each bin.</param>
    /// <param name="emission">Amplitude and bin of the photon (or -1) for a memory that is A or B, 0 or 1.</param>
    public Complex[,] Given(int bins, int[] ports, Func<bool, int, (double Amplitude, int Bin)> emission)
    {
        var states = new Dictionary<(int First, int Second), Complex>[4];
        for (int m = 0; m < 4; m++)
        {
            (double a, int binA) = emission(true, m >> 1);
            (double b, int binB) = emission(false, m & 1);
            states[m] = Photons(a * b, binA, binB);
        }

        var rho = new Complex[4, 4];
        for (int i = 0; i < 16; i++)
        {
            foreach (((int First, int Second) photons, Complex amplitude) in states[i >> 2])
            {
                if (states[i & 3].TryGetValue(photons, out Complex other))
                {
                    rho[i >> 2, i & 3] += Probability(photons, bins, ports) * amplitude * Complex.Conjugate(other);
                }
            }
        }

        return rho;
    }

    private Dictionary<(int First, int Second), Complex> Photons(double amplitude, int binA, int binB)
    {
        var result = new Dictionary<(int, int), Complex>();
        foreach ((int modeA, Complex a) in binA < 0 ? [(-1, Complex.One)] : OfA(binA))
        {
            foreach ((int modeB, Complex b) in binB < 0 ? [(-1, Complex.One)] : OfB(binB))
            {
                // Two creations in one mode make sqrt 2 times the normalised state.
                double bosons = modeA == modeB && modeA >= 0 ? Math.Sqrt(2) : 1;
                (int, int) key = (Math.Min(modeA, modeB), Math.Max(modeA, modeB));
                result[key] = result.GetValueOrDefault(key) + (amplitude * a * b * bosons);
            }
        }

        return result;
    }

    private (int Mode, Complex Amplitude)[] OfA(int bin)
    {
        double half = Math.Sqrt(EtaA / 2);
        int first = bin * ModesPerBin;
        return [(first, half), (first + 2, half), (first + 4, Math.Sqrt(1 - EtaA))];
    }

    private (int Mode, Complex Amplitude)[] OfB(int bin)
    {
        Complex half = Math.Sqrt(EtaB / 2) * Complex.FromPolarCoordinates(1, Phase);
        double same = Math.Sqrt(Station.Visibility), other = Math.Sqrt(1 - Station.Visibility);
        int first = bin * ModesPerBin;
        return
        [
            (first, half * same), (first + 2, -half * same), (first + 1, half * other), (first + 3, -half * other),
            (first + 5, Math.Sqrt(1 - EtaB)),
        ];
    }

    private double Probability((int First, int Second) photons, int bins, int[] ports)
    {
        double p = 1;
        for (int bin = 0; bin < bins; bin++)
        {
            for (int port = 0; port < 2; port++)
            {
                int mode = (bin * ModesPerBin) + (port * 2);
                int n = (photons.First >> 1 == mode >> 1 && photons.First >= 0 ? 1 : 0)
                    + (photons.Second >> 1 == mode >> 1 && photons.Second >= 0 ? 1 : 0);
                p *= ports[bin] == port ? OneClick(n) : n == 0 ? 1 - Station.DarkCountProbability : 0;
            }
        }

        return p;
    }

    private double OneClick(int photons) => photons switch
    {
        0 => Station.DarkCountProbability,
        1 => Station.ResolvesPhotons ? 1 - Station.DarkCountProbability : 1,
        _ => Station.ResolvesPhotons ? 0 : 1,
    };
}
