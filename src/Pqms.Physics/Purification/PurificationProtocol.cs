namespace Pqms.Physics.Purification;

/// <summary>Circuits of two-to-one purification; see <see cref="TwoToOne"/>.</summary>
public enum PurificationProtocol
{
    /// <summary>No purification.</summary>
    None = 0,

    /// <summary>Twirl both pairs, bilateral CNOT, twirl.</summary>
    Bbpssw = 1,

    /// <summary>Bilateral CNOT without rotation: finds bit flips, adds phase flips.</summary>
    BilateralCnot = 2,

    /// <summary>Rotation about X, then bilateral CNOT.</summary>
    Dejmps = 3,
}
