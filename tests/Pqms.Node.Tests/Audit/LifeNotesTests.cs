using Pqms.Ethereum;
using Pqms.Node.Audit;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Tests.Audit;

public sealed class LifeNotesTests
{
    private static readonly LogPlace Place = new(1, Bytes32.Zero, Bytes32.Zero, 0);

    [Theory]
    [InlineData(1u, "take 3, 1.5 left in the entitlement")]
    [InlineData(2u, "takes 3 to 4, 1.5 left in the entitlement")]
    public void Of_GivenTakes_countsThem(uint count, string note) => Assert.Equal(
        note,
        LifeNotes.Of(new TakeRequested(
            Place, new ParticleAllocationContract.TakeRequestedEvent(7, default, 3, count, 1500, 0))));

    [Fact]
    public void Of_GivenASettlement_tellsWhatWasDelivered() => Assert.StartsWith(
        "delivered 8999.5 slot-seconds, paid ",
        LifeNotes.Of(new ReservationSettled(
            Place, new ParticleAllocationContract.ReservationSettledEvent(7, 8_999_500_000, 5, UInt256.Zero))));
}
