using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Ledger;

public sealed class PackedWordTests
{
    private static readonly LogPlace Place = new(1, Bytes32.Zero, Bytes32.Zero, 0);

    [Fact]
    public void ReservationSettled_GivenAClientsWord_readsEveryField()
    {
        var word = 0x01020304 + ((BigInteger)0x05060708 << 32) + ((BigInteger)9 << 64) + ((BigInteger)3 << 96)
            + ((BigInteger)0xf0f1f2f3f4f5f6f7 << 104) + ((BigInteger)0xe0e1e2e3e4e5e6e7 << 168);
        var e = new ReservationSettled(
            Place, new ParticleAllocationContract.ReservationSettledEvent(7, 1, 2, (UInt256)word));
        Assert.Equal((0x01020304u, 0x05060708u, 9u, (byte)3), (e.OpenSlots, e.OpenReservations, e.Nonce, e.Cohort));
        Assert.Equal((0xf0f1f2f3f4f5f6f7, 0xe0e1e2e3e4e5e6e7), (e.Usage, e.UsageAt));
    }

    [Fact]
    public void PathChanged_GivenTwelveLinks_readsThemAndTheLanes()
    {
        uint[] links = [1, 0xfffff, 3, 4, 5, 6, 0x80001, 8, 9, 10, 11, 0xffffe];
        var word = links.Select(static (link, i) => (BigInteger)link << (20 * i)).Aggregate(BigInteger.Add)
            + ((BigInteger)0x7fff << 240);
        var e = new PathChanged(
            Place, new EntanglementNetworkContract.PathChangedEvent(Bytes32.Zero, (UInt256)word, 0, 900, 0, []));
        Assert.Equal(links, e.Links);
        Assert.Equal(0x7fff, e.Lanes);
    }
}
