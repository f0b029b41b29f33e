using Pqms.Ethereum;

namespace Pqms.Sdk.Client;

/// <summary>The id was used before with other terms or by another client: draw a fresh id.</summary>
public sealed class ReservationConflictException : Exception
{
    /// <summary>Names both sides.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="storedHash">Hash of the terms that the ledger has.</param>
    /// <param name="givenHash">Hash of the terms given now.</param>
    /// <param name="storedClient">Who made the reservation.</param>
    /// <param name="givenClient">Who asks now.</param>
    public ReservationConflictException(
        UInt128 id, Bytes32 storedHash, Bytes32 givenHash, Address storedClient, Address givenClient)
        : base(storedClient == givenClient
            ? $"{ReservationIds.ToText(id)} exists with other terms: "
                + $"stored {storedHash}, given {givenHash}. Draw a new id."
            : $"{ReservationIds.ToText(id)} belongs to {storedClient}, not to {givenClient}. Draw a new id.")
    {
        Id = id;
        StoredHash = storedHash;
        GivenHash = givenHash;
    }

    /// <summary>The terms are the same, but what was booked with them is not.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="termsHash">Hash of the terms, of the ledger's and the given ones.</param>
    /// <param name="difference">What differs, in words.</param>
    public ReservationConflictException(UInt128 id, Bytes32 termsHash, string difference)
        : base($"{ReservationIds.ToText(id)} exists with these terms, but {difference}. Draw a new id.")
    {
        Id = id;
        StoredHash = termsHash;
        GivenHash = termsHash;
    }

    /// <summary>The reservation.</summary>
    public UInt128 Id { get; }

    /// <summary>Hash of the terms that the ledger has.</summary>
    public Bytes32 StoredHash { get; }

    /// <summary>Hash of the terms given now.</summary>
    public Bytes32 GivenHash { get; }
}
