using Pqms.Mesh;
using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Tests.Simulation;

public sealed class ClosedEraTests
{
    [Fact]
    public void Follow_GivenDisabledReports_stopsReportingAndSaysWhy()
    {
        using var storm = new Storm(51);
        storm.Chain.Send(FakeLedger.Request(1, 5, 600));
        Turn(storm, 4);
        Assert.Equal(string.Empty, storm.Process.Alarm);
        storm.Chain.Send(FakeHub.Disable(1));
        Turn(storm, 80);
        Assert.Contains("reports 1 to 1 were made void", storm.Process.Alarm, StringComparison.Ordinal);
        Assert.Equal(0ul, storm.Chain.Tip.After.Sequence);
        Assert.Equal((0, 0), storm.Process.Book.CountOwed());
    }

    [Fact]
    public void Follow_GivenANewEra_answersWhatWasReopenedAndAskedMeanwhile()
    {
        using var storm = new Storm(52);
        storm.Chain.Send(FakeLedger.Request(1, 5, 600));
        Turn(storm, 4);
        storm.Chain.Send(FakeHub.Disable(1));
        storm.Chain.Send(FakeLedger.Request(2, 5, 600));
        Turn(storm, 3);
        storm.Chain.Send(FakeLedger.StartEra(99));
        Turn(storm, 6);
        Assert.Equal(string.Empty, storm.Process.Alarm);
        Assert.All(
            storm.Chain.Tip.After.Reservations.Values, held => Assert.Equal(FakeStatus.Granted, held.Status));
    }

    [Fact]
    public void Follow_GivenAGrantThatStands_servesAndSettlesItInTheNewEra()
    {
        using var storm = new Storm(53);
        storm.Chain.Send(FakeLedger.Request(1, 5, 100));
        Turn(storm, 4);
        storm.Chain.Send(FakeLedger.Request(2, 5, 100));
        Turn(storm, 4);
        storm.Chain.Send(FakeHub.Disable(2));
        Turn(storm, 3);
        storm.Chain.Send(FakeLedger.StartEra(99));
        Turn(storm, 6);
        storm.Chain.Send(FakeLedger.Take(1, 2));
        Turn(storm, 150);
        Assert.Equal(1, storm.Chain.Tip.After.Skipped);
        Assert.All(
            storm.Chain.Tip.After.Reservations.Values, held => Assert.Equal(FakeStatus.Settled, held.Status));
    }

    [Fact]
    public void Follow_GivenAnOrderWhoseProductionIsVoid_producesItAgain()
    {
        using var storm = new Storm(54, challengeSeconds: 60);
        storm.Chain.Send(FakeInventory.Open(7, 1, 50));
        storm.Chain.Send(FakeInventory.Accept(7));
        Turn(storm, 20);
        Assert.NotEmpty(storm.Process.Book.OwedProofs(10));
        storm.Chain.Send(FakeHub.Disable(1));
        Turn(storm, 2);
        Assert.Empty(storm.Process.Book.OwedProofs(10));
        Turn(storm, 20);
        storm.Chain.Send(FakeLedger.StartEra(99));
        Turn(storm, 100);
        Assert.Equal(FakeOrderStatus.Delivered, storm.Chain.Tip.After.Orders[7].Status);
    }

    [Fact]
    public void Carried_GivenAGroupThatWaits_isAGroupAgain()
    {
        var roster = new LedgerRoster();
        roster.Note(new RequestGroupCommand([Request(1), Request(2), Request(3)]));
        roster.Note(new WithdrawCommand(2));
        roster.Note(Request(4));
        IReadOnlyList<MeshCommand> carried = roster.Carried(MeshTime.FromSeconds(50));
        var group = Assert.IsType<RequestGroupCommand>(carried[0]);
        Assert.Equal([1, 3], group.Requests.Select(request => request.ReservationId));
        Assert.Equal((UInt128)4, Assert.IsType<RequestCommand>(carried[1]).ReservationId);
    }

    [Fact]
    public void Carried_GivenExtendedAndOverAndRefused_keepsTheNewEndAndDropsTheRest()
    {
        var roster = new LedgerRoster();
        roster.Note(Request(1));
        roster.Note(Request(2));
        roster.Note(Request(3));
        roster.Note(new DecidedEntry(3, Granted: false));
        roster.Note(new ExtendCommand(1, MeshTime.FromSeconds(300)));
        MeshCommand carried = Assert.Single(roster.Carried(MeshTime.FromSeconds(200)));
        Assert.Equal(MeshTime.FromSeconds(300), Assert.IsType<RequestCommand>(carried).End);
    }

    private static RequestCommand Request(UInt128 id) => new(
        id, 0, 2, MeshTime.FromSeconds(10), MeshTime.FromSeconds(100), 0.95, 0, 30, 1);

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
