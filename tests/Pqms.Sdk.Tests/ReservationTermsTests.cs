using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;

namespace Pqms.Sdk.Tests;

public sealed class ReservationTermsTests
{
    private static readonly ReservationTerms Good = new()
    {
        PoolId = 1,
        Slots = 15,
        DurationSeconds = 600,
        FidelityMin = Ppm.FromParts(950_000),
        TakesPerMinute = 30,
        Priority = ReservationPriority.High,
        MaxCostWei = 1_000,
    };

    [Fact]
    public void Check_GivenTermsWithinRange_findsNothing() => Assert.Empty(Good.Check());

    public static TheoryData<ReservationTerms, string> Bad => new()
    {
        { Good with { PoolId = 0 }, "pool is 0: 1.." },
        { Good with { Slots = 0 }, "slots is 0: 1..32767" },
        { Good with { Slots = 32_768 }, "slots is 32768: 1..32767" },
        { Good with { DurationSeconds = 0 }, "is 0: 1..14400" },
        { Good with { DurationSeconds = 14_401 }, "is 14401: 1..14400" },
        { Good with { FidelityMin = Ppm.FromParts(500_000) }, "is 500000: 500001..1000000" },
        { Good with { CoherenceMinMicroseconds = 1UL << 48 }, "microseconds) is" },
        { Good with { TakesPerMinute = 1_000_001 }, "is 1000001: 0..1000000" },
        { Good with { Priority = (ReservationPriority)4 }, "priority is 4: 0..3" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_WhenOutsideItsRange_namesValueAndRange(ReservationTerms terms, string problem) =>
        Assert.Contains(problem, Assert.Single(terms.Check()), StringComparison.Ordinal);

    [Fact]
    public void Hash_GivenTerms_isTheHashOfTheAbiEncodingAndSurvivesTheRoundTrip()
    {
        var encoder = new AbiEncoder();
        Good.ToTerms().Encode(encoder);
        Assert.Equal(12 * 32, encoder.Length);
        Assert.Equal(Keccak256.Hash(encoder.ToArray()), Good.Hash());
        Assert.Equal(Good, ReservationTerms.FromTerms(Good.ToTerms()));
        Assert.NotEqual(Good.Hash(), (Good with { Purpose = 1 }).Hash());
    }
}
