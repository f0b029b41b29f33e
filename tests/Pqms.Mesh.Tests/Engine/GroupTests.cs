namespace Pqms.Mesh.Tests.Engine;

/// <summary>Requests of several pools, all or none.</summary>
public sealed class GroupTests
{
    private readonly MeshEmulator _mesh = TestScenarios.Started(TestScenarios.Chain(8, 3));

    [Fact]
    public void Apply_GivenAGroupThatFits_grantsAll()
    {
        DecisionItem[] answers = Ask(_mesh, Member(1, 0), Member(2, 1));

        Assert.Equal([(UInt128)1, 2], answers.Select(answer => answer.ReservationId));
        Assert.All(answers, answer => Assert.Equal(GrantOutcome.Granted, answer.Outcome));
        Assert.Equal((15, 15), (_mesh.View(0).GrantedSlots, _mesh.View(1).GrantedSlots));
    }

    [Fact]
    public void Apply_GivenOneThatCannotBe_refusesAllAndSaysWhich()
    {
        DecisionItem[] answers = Ask(_mesh, Member(1, 0), Member(2, 1, fidelity: 0.999), Member(3, 99));

        Assert.Equal(
            [GrantOutcome.GroupRefused, GrantOutcome.FidelityOutOfReach, GrantOutcome.UnknownPool],
            answers.Select(answer => answer.Outcome));
        Assert.Equal(0, _mesh.View(0).GrantedSlots);
    }

    [Fact]
    public void Apply_GivenTwoOfOnePool_countsThemTogether()
    {
        int most = MeshPlannerCapacity();
        DecisionItem alone = Alone(Member(1, 0, slots: most));
        Assert.Equal(GrantOutcome.Granted, alone.Outcome);
        DecisionItem[] answers = Ask(_mesh, Member(1, 0, slots: most), Member(2, 0, slots: most));

        Assert.All(answers, answer => Assert.Equal(GrantOutcome.PoolExhausted, answer.Outcome));
        Assert.All(
            Ask(_mesh, Member(3, 0, slots: 5), Member(4, 0, slots: 5)),
            answer => Assert.Equal(GrantOutcome.Granted, answer.Outcome));
    }

    [Fact]
    public void Apply_GivenARefusedGroup_leavesNoTraceInLaterDecisions()
    {
        MeshEmulator other = TestScenarios.Started(TestScenarios.Chain(8, 3));
        Ask(_mesh, Member(1, 0), Member(2, 1, fidelity: 0.999));
        _mesh.Apply(Member(3, 0));
        other.Apply(Member(3, 0));

        Assert.Equal(other.DrainReportItems(), _mesh.DrainReportItems());
        _mesh.AdvanceTo(TestScenarios.At(1100));
        other.AdvanceTo(TestScenarios.At(1100));
        Assert.Equal(other.DrainReportItems(), _mesh.DrainReportItems());
    }

    [Fact]
    public void Apply_GivenPoolsInAnyOrder_answersInTheOrderOfTheRequests()
    {
        RequestCommand[] members = [Member(5, 2), Member(9, 0), Member(1, 2), Member(7, 99), Member(3, 1)];
        _mesh.Apply(new RequestGroupCommand(members));

        Assert.Equal(
            members.Select(member => member.ReservationId),
            _mesh.DrainReportItems().Select(item => item.ReservationId));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Apply_GivenAWrongNumber_throws(int count)
    {
        RequestCommand[] requests = [.. Enumerable.Range(1, count).Select(i => Member((ulong)i, 0))];

        Assert.Throws<ArgumentException>(() => _mesh.Apply(new RequestGroupCommand(requests)));
    }

    private static int MeshPlannerCapacity() =>
        MeshPlanner.CapacitySlots(TestScenarios.Chain(8, 3), 0);

    private static DecisionItem[] Ask(MeshEmulator mesh, params RequestCommand[] requests)
    {
        mesh.Apply(new RequestGroupCommand(requests));
        return [.. mesh.DrainReportItems().Cast<DecisionItem>()];
    }

    private static DecisionItem Alone(RequestCommand request)
    {
        MeshEmulator mesh = TestScenarios.Started(TestScenarios.Chain(8, 3));
        mesh.Apply(request);
        return Assert.IsType<DecisionItem>(Assert.Single(mesh.DrainReportItems()));
    }

    private static RequestCommand Member(ulong id, int pool, int slots = 15, double fidelity = 0.9) => new(
        id, pool, slots, TestScenarios.At(1000), TestScenarios.At(1060), fidelity, 0, 0, 1);
}
