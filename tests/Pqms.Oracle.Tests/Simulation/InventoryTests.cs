namespace Pqms.Oracle.Tests.Simulation;

public sealed class InventoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Follow_GivenAcceptedOrder_deliversItWithProof(uint challengeSeconds)
    {
        using var storm = new Storm(41, challengeSeconds: challengeSeconds);
        Order(storm, 7, count: 50);
        Turn(storm, 50);
        Assert.Equal(FakeOrderStatus.Delivered, storm.Chain.Tip.After.Orders[7].Status);
        Assert.Empty(storm.Process.Book.OwedProofs(10));
    }

    [Fact]
    public void Kill_AtEveryPlaceThatTouchesTheWorld_deliversAllTheSame()
    {
        for (int place = 1; place <= 40; place++)
        {
            using var storm = new Storm(42);
            Order(storm, 7, count: 50);
            storm.Process.Bomb.Arm(place);
            Turn(storm, 15);
            storm.Process.Bomb.Arm(0);
            Turn(storm, 15);
            Assert.Equal(FakeOrderStatus.Delivered, storm.Chain.Tip.After.Orders[7].Status);
        }
    }

    [Fact]
    public void Follow_GivenTooFewProduced_dropsTheProofAndGoesOn()
    {
        using var storm = new Storm(43, meshes: era => new FakeMesh(era) { Shortfall = 1 });
        Order(storm, 7, count: 50);
        Turn(storm, 20);
        Assert.Equal(FakeOrderStatus.Accepted, storm.Chain.Tip.After.Orders[7].Status);
        Assert.Empty(storm.Process.Book.OwedProofs(10));
    }

    [Fact]
    public void Follow_GivenFailedOrder_producesNothingForIt()
    {
        using var storm = new Storm(44);
        Order(storm, 7, count: 50);
        storm.Chain.Send(FakeInventory.Fail(7));
        Turn(storm, 20);
        Assert.Equal(FakeOrderStatus.Failed, storm.Chain.Tip.After.Orders[7].Status);
        Assert.Empty(storm.Process.Book.OwedProofs(10));
    }

    [Fact]
    public void Follow_GivenStockThatCrossesTheThreshold_provesEachCrossingOnce()
    {
        // The pools hold 5, fall to 1 for two minutes, and recover.
        const long start = (long)FakeChain.GenesisTime;
        using var storm = new Storm(45, meshes: era => new FakeMesh(era)
        {
            Stock = now => now.WholeSeconds is < start + 100 or > start + 220 ? 5 : 1,
        });
        storm.Chain.Send(FakeInventory.SetReservoir(pool: 2, threshold: 3));
        Turn(storm, 90);
        Assert.Equal(0, storm.Chain.Tip.After.Reservoirs[2].Proofs);
        Turn(storm, 100);
        Assert.Equal((true, 1), Crossed(storm));
        Turn(storm, 140);
        Assert.Equal((false, 2), Crossed(storm));
    }

    private static (bool Low, int Proofs) Crossed(Storm storm)
    {
        FakeReservoir reservoir = storm.Chain.Tip.After.Reservoirs[2];
        return (reservoir.Low, reservoir.Proofs);
    }

    private static void Order(Storm storm, UInt128 id, uint count)
    {
        storm.Chain.Send(FakeInventory.Open(id, pool: 1, count));
        storm.Chain.Send(FakeInventory.Accept(id));
    }

    private static void Turn(Storm storm, int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            storm.Chain.Mine(1);
            storm.Process.Follow(int.MaxValue);
            storm.Process.Settle();
        }
    }
}
