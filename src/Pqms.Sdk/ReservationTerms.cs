using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk;

/// <summary>What a client asks for. Immutable; ranges are the ledger's and are checked by
/// <see cref="Check"/>.</summary>
public sealed record ReservationTerms
{
    /// <summary>Longest window: 4 hours, the limit of the source documents.</summary>
    public const ulong MaxDurationSeconds = 14_400;

    /// <summary>Most slots of one request: a lane of the calendar keeps its top bit as a guard.</summary>
    public const uint MaxSlots = 32_767;

    /// <summary>Most takes a minute that the ledger's meter can count.</summary>
    public const uint MaxTakesPerMinute = 1_000_000;

    /// <summary>Longest coherence demand: 2^48 - 1 microseconds, about 9 years.</summary>
    public const ulong MaxCoherenceMicroseconds = (1UL << 48) - 1;

    /// <summary>The pool, 1-based.</summary>
    public required uint PoolId { get; init; }

    /// <summary>Standing places kept filled, 1 to <see cref="MaxSlots"/> and within the client's cap.</summary>
    public required uint Slots { get; init; }

    /// <summary>First second of the window, chain time.</summary>
    /// <value>The default is 0: the time of the block that includes the request.</value>
    public ulong StartSeconds { get; init; }

    /// <summary>Length of the window, 1 to <see cref="MaxDurationSeconds"/>.</summary>
    public required ulong DurationSeconds { get; init; }

    /// <summary>Least estimated fidelity of a standing pair: above one half, at most the pool's class.</summary>
    public required Ppm FidelityMin { get; init; }

    /// <summary>Least time a fresh pair stays above the floor, microseconds.</summary>
    /// <value>The default is 0: no demand beyond the mesh's own.</value>
    public ulong CoherenceMinMicroseconds { get; init; }

    /// <summary>Entitlement: takes a minute, bursts up to <see cref="Slots"/>.</summary>
    /// <value>The default is 0: after the first burst nothing refills.</value>
    public uint TakesPerMinute { get; init; }

    /// <summary>A code of the client's own, recorded only.</summary>
    /// <value>The default is 0.</value>
    public byte Purpose { get; init; }

    /// <summary>Weight in planning.</summary>
    /// <value>The default is <see cref="ReservationPriority.Normal"/>, as in the source's API.</value>
    public ReservationPriority Priority { get; init; } = ReservationPriority.Normal;

    /// <summary>Most wei the client will pay; the ledger refuses a higher price.</summary>
    public required UInt128 MaxCostWei { get; init; }

    /// <summary>Last chain time at which the request may be included.</summary>
    /// <value>The default is 0: no deadline.</value>
    public ulong DeadlineSeconds { get; init; }

    /// <summary>Whose credit pays and gets the refund.</summary>
    /// <value>The default is the zero address: the client. Another account must have allowed it.</value>
    public Address Payer { get; init; }

    /// <summary>Refusals that need no chain: each names the field, its value and the allowed range.</summary>
    /// <returns>Empty when the ledger may accept the terms.</returns>
    public IReadOnlyList<string> Check()
    {
        var problems = new List<string>();
        Range(problems, "pool", PoolId, 1, uint.MaxValue);
        Range(problems, "slots", Slots, 1, MaxSlots);
        Range(problems, "duration (seconds)", DurationSeconds, 1, MaxDurationSeconds);
        Range(problems, "minimum fidelity (ppm)", FidelityMin.Parts, (Ppm.One / 2) + 1, Ppm.One);
        Range(problems, "minimum coherence (microseconds)", CoherenceMinMicroseconds, 0, MaxCoherenceMicroseconds);
        Range(problems, "takes per minute", TakesPerMinute, 0, MaxTakesPerMinute);
        Range(problems, "priority", (ulong)Priority, 0, (ulong)ReservationPriority.Critical);
        return problems;
    }

    /// <summary>The ledger's struct.</summary>
    /// <returns>The same terms.</returns>
    public Terms ToTerms() => new(
        PoolId, Slots, StartSeconds, DurationSeconds, FidelityMin.Parts, CoherenceMinMicroseconds, TakesPerMinute,
        Purpose, (byte)Priority, MaxCostWei, DeadlineSeconds, Payer);

    /// <summary>From the ledger's struct, as logs hold it.</summary>
    /// <param name="terms">Terms that the ledger accepted.</param>
    /// <returns>The same terms.</returns>
    public static ReservationTerms FromTerms(Terms terms) => new()
    {
        PoolId = terms.Pool,
        Slots = terms.Slots,
        StartSeconds = terms.Start,
        DurationSeconds = terms.Duration,
        FidelityMin = Ppm.FromParts(terms.FidelityMinPpm),
        CoherenceMinMicroseconds = terms.CoherenceMinMicroseconds,
        TakesPerMinute = terms.TakesPerMinute,
        Purpose = terms.Purpose,
        Priority = (ReservationPriority)terms.Priority,
        MaxCostWei = terms.MaxCost,
        DeadlineSeconds = terms.Deadline,
        Payer = terms.Payer,
    };

    /// <summary>A fingerprint by which two sides compare terms.</summary>
    /// <returns>keccak256(abi.encode(terms)).</returns>
    public Bytes32 Hash() => Hash(ToTerms());

    /// <summary>As <see cref="Hash()"/>, of the ledger's struct.</summary>
    /// <param name="terms">The terms.</param>
    /// <returns>keccak256(abi.encode(terms)).</returns>
    public static Bytes32 Hash(Terms terms)
    {
        var encoder = new AbiEncoder();
        terms.Encode(encoder);
        return Keccak256.Hash(encoder.ToArray());
    }

    private static void Range(List<string> problems, string what, ulong value, ulong min, ulong max)
    {
        if (value < min || value > max)
        {
            problems.Add($"{what} is {value}: {min}..{max}");
        }
    }
}

/// <summary>Weight of a reservation in planning; numbers are the ledger's.</summary>
public enum ReservationPriority : byte
{
    /// <summary>Yields first.</summary>
    Low = 0,

    /// <summary>The default.</summary>
    Normal = 1,

    /// <summary>Before normal.</summary>
    High = 2,

    /// <summary>Yields last.</summary>
    Critical = 3,
}
