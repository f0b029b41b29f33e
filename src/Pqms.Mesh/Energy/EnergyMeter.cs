using Pqms.Mesh.Engine;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Energy;

/// <summary>Energy that one pool uses: attempts, and keeping pairs stored.</summary>
/// <remarks>
/// Attempts and pair-nanoseconds are counted in whole numbers, so the sum does not depend on the steps of a run; joules
/// come from them by one multiplication each.
/// </remarks>
/// <param name="joulesPerAttempt">Energy of one attempt of a pair of memories in J, at least 0.</param>
/// <param name="wattsPerStoredPair">Power to keep one pair, both ends together, in W, at least 0.</param>
/// <param name="startNanoseconds">When counting begins.</param>
internal sealed class EnergyMeter(double joulesPerAttempt, double wattsPerStoredPair, long startNanoseconds)
{
    private const double SecondsPerNanosecond = 1e-9;

    private ulong _attempts;
    private UInt128 _pairNanoseconds;
    private long _since = startNanoseconds;
    private int _stored;

    /// <summary>Attempts so far.</summary>
    public ulong Attempts => _attempts;

    /// <summary>A meter with a profile's figures.</summary>
    public static EnergyMeter Of(HardwareProfile profile, long startNanoseconds) =>
        new(profile.JoulesPerAttempt, profile.WattsPerStoredPair, startNanoseconds);

    /// <summary>Counts attempts of pairs of memories, failed ones included.</summary>
    public void AddAttempts(ulong attempts) => _attempts += attempts;

    /// <summary>Says how many pairs are stored from now on.</summary>
    /// <param name="now">Not before the last call, ns.</param>
    /// <param name="pairs">Pairs in memories, at least 0.</param>
    public void SetStored(long now, int pairs)
    {
        _pairNanoseconds = PairNanoseconds(now);
        _since = now;
        _stored = pairs;
    }

    /// <summary>Integral of the stored pairs over time.</summary>
    /// <param name="now">Not before the last change, ns.</param>
    public UInt128 PairNanoseconds(long now) =>
        _pairNanoseconds + ((UInt128)(ulong)_stored * (ulong)(now - _since));

    /// <summary>Energy of all attempts in J.</summary>
    public double AttemptJoules => _attempts * joulesPerAttempt;

    /// <summary>Energy of storage so far in J.</summary>
    public double StorageJoules(long now) =>
        AsDouble(PairNanoseconds(now)) * SecondsPerNanosecond * wattsPerStoredPair;

    /// <summary>Energy so far in J.</summary>
    public double Joules(long now) => AttemptJoules + StorageJoules(now);

    /// <summary>Energy so far per pair delivered in J; 0 without any.</summary>
    public double JoulesPerDelivered(long now, ulong delivered) => delivered == 0 ? 0.0 : Joules(now) / delivered;

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        state.Value(ref _attempts);
        state.Value(ref _pairNanoseconds);
        state.Value(ref _since);
        state.Value(ref _stored, 0, int.MaxValue);
    }

    // Exact steps in place of the library's conversion from 128 bits, which is not known to be the same everywhere.
    private static double AsDouble(UInt128 value) =>
        ((ulong)(value >> 64) * 18446744073709551616.0) + (ulong)(value & ulong.MaxValue);
}
