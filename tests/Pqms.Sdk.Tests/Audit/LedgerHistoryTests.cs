using System.Numerics;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using FsCheck;
using FsCheck.Fluent;
using Hub = Pqms.Sdk.Contracts.ReportHubContract;
using Money = Pqms.Sdk.Contracts.TreasuryContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;
using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;
using Pqms.Tests;

namespace Pqms.Sdk.Tests.Audit;

public sealed class LedgerHistoryTests
{
    [Fact]
    public void Rebuild_GivenAnHonestLedger_findsNoFaultAndEverySum()
    {
        var ledger = SampleLedgers.Small();
        var history = LedgerHistory.Rebuild(ledger.ToFile().Events());
        Assert.Empty(history.Faults);
        Assert.True(history.Money.Balanced);
        var life = history.Lives[SampleLedgers.Settled];
        Assert.Equal(ReservationStatus.Settled, life.Status);
        Assert.Equal(ReservationStatus.Refused, history.Lives[SampleLedgers.Refused].Status);
        Assert.Equal(ReservationStatus.Cancelled, history.Lives[SampleLedgers.Cancelled].Status);
        Assert.Equal(5UL, life.Takes);
        Assert.Equal(life.Price, life.Paid + life.Fees + life.Refund);
        Assert.True(life.Paid < life.PriceDue && life.PriceDue < life.Price);
        Assert.Equal(0, history.Accounts[SampleLedgers.Client].Credit);
        Assert.Equal(
            (BigInteger)(life.Paid + life.Fees + history.Lives[SampleLedgers.Cancelled].Fees),
            history.Accounts[SyntheticLedger.Provider].Credit);
        Assert.Equal(3, history.Reports.Count);
        Assert.Equal(
            [
                ReservationStatus.Requested, ReservationStatus.Granted, ReservationStatus.Ended,
                ReservationStatus.Settled,
            ],
            life.Steps.Where(step => step.From != step.To).Select(step => step.To));
    }

    [Fact]
    public void Rebuild_GivenRandomHonestLedgers_findsNoFault() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed =>
            {
                var ledger = SampleLedgers.Random(seed);
                var history = LedgerHistory.Rebuild(ledger.ToFile().Events());
                return history.Faults.Count == 0 && history.Money.Balanced
                    && ledger.Credits.All(pair => history.Accounts[pair.Key].Credit == (BigInteger)pair.Value);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestProfile.Count(60, 2000)).WithReplay(1, 1));

    [Fact]
    public void Rebuild_WhenAnyLogIsMissing_findsAFault()
    {
        var file = SampleLedgers.Small().ToFile();
        var silent = new List<Bytes32>();
        for (var missing = 0; missing < file.Logs.Count; missing++)
        {
            var logs = file.Logs.Where((_, index) => index != missing).ToArray();
            if (HistoryVerifier.Verify(file with { Logs = logs }).Accepted)
            {
                silent.Add(file.Logs[missing].Topics[0]);
            }
        }

        // What is written last has no log behind it that could contradict its absence: here the withdrawal. Marks of
        // reports whose lines were none carry nothing.
        Assert.Equal(
            [Hub.ReportSettledEvent.Topic0, Hub.ReportSettledEvent.Topic0, Money.WithdrawnEvent.Topic0], silent);
    }

    [Fact]
    public void Rebuild_WhenAnyAmountIsAltered_findsAFault()
    {
        var file = SampleLedgers.Small().ToFile();
        for (var altered = 0; altered < file.Logs.Count; altered++)
        {
            var log = file.Logs[altered];
            for (var word = 0; word < log.Data.Length / 32; word++)
            {
                var data = log.Data.ToArray();
                data[(word * 32) + 31] ^= 1;
                var logs = file.Logs.ToArray();
                logs[altered] = log with { Data = data };
                var harmless = IsFree(log, word);
                Assert.True(
                    harmless || !HistoryVerifier.Verify(file with { Logs = logs }).Accepted,
                    $"log {altered}, word {word}, topic {log.Topics[0]}");
            }
        }
    }

    [Theory]
    [InlineData(ReservationStatus.None, ReservationStatus.Granted)]
    [InlineData(ReservationStatus.Refused, ReservationStatus.Granted)]
    [InlineData(ReservationStatus.Settled, ReservationStatus.Refunded)]
    [InlineData(ReservationStatus.Granted, ReservationStatus.Settled)]
    [InlineData(ReservationStatus.Ended, ReservationStatus.Cancelled)]
    [InlineData(ReservationStatus.Requested, ReservationStatus.Requested)]
    public void MayFollow_GivenAForbiddenPair_refuses(ReservationStatus from, ReservationStatus to) =>
        Assert.False(StatusRules.MayFollow(from, to));

    [Fact]
    public void IsFinal_GivenEveryStatus_namesTheFive() =>
        Assert.Equal(
            [
                ReservationStatus.Refused, ReservationStatus.Settled, ReservationStatus.Cancelled,
                ReservationStatus.Expired, ReservationStatus.Refunded,
            ],
            Enum.GetValues<ReservationStatus>().Where(StatusRules.IsFinal));

    [Fact]
    public void Audit_GivenASettledReservation_showsTakesProofsAndNoFault()
    {
        var file = SampleLedgers.Small().ToFile();
        var history = LedgerHistory.Rebuild(file.Events());
        var batches = BatchEvidence.Check(history, file.BatchFinder());
        var audit = ReservationAudit.Of(history, batches, SampleLedgers.Settled, file.Headers[^1].Timestamp)!;
        Assert.True(audit.Kept);
        Assert.Equal([1UL, 2UL, 3UL, 4UL, 5UL], audit.Takes.Select(take => take.Number));
        Assert.All(audit.Takes, take => Assert.True(InclusionProof.Of(take.Answer!).VerifyLocally()));
        Assert.IsType<DecisionLeaf>(audit.Decision!.Leaf);
        Assert.IsType<SettlementLeaf>(audit.Settlement!.Leaf);
        Assert.Equal(batches.Lines(3), [new(SampleLedgers.Settled, ((SettlementLeaf)audit.Settlement.Leaf).Delivered)]);
        Assert.Null(ReservationAudit.Of(history, batches, 12345, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Evidence_WhenADecisionIsNotLogged_namesTheReport(int which)
    {
        var file = SampleLedgers.Small().ToFile();
        var left = file.Events().Where(static timed => timed.Event is ReservationDecided).ElementAt(which);
        var history = LedgerHistory.Rebuild(file.Events().Where(timed => timed.Event.Place != left.Event.Place));
        var fault = Assert.Single(
            BatchEvidence.Check(history, file.BatchFinder()).Faults,
            static one => one.Text.Contains("logged with it are", StringComparison.Ordinal));
        Assert.StartsWith(
            $"report 1 decides {ReservationIds.ToText(SampleLedgers.Settled)}, "
            + ReservationIds.ToText(SampleLedgers.Refused), fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void VerifyLocally_GivenAnotherPayload_refuses()
    {
        var file = SampleLedgers.Small().ToFile();
        var history = LedgerHistory.Rebuild(file.Events());
        var place = BatchEvidence.Check(history, file.BatchFinder()).Take(SampleLedgers.Settled, 1)!;
        var proof = InclusionProof.Of(place);
        var payload = proof.Payload.ToArray();
        payload[^1] ^= 1;
        Assert.False((proof with { Payload = payload }).VerifyLocally());
        Assert.False((proof with { Index = proof.Index + 1 }).VerifyLocally());
    }

    // Words that the ledger only records: names and sites, the meter's display, who signed, what only the mesh heeds.
    private static bool IsFree(LogEntry log, int word) =>
        log.Topics[0] == Network.PoolRegisteredEvent.Topic0 && word is not (1 or 9 or 12)
        || log.Topics[0] == Money.AccountChangedEvent.Topic0 && word == 2
        || log.Topics[0] == Hub.ReportAcceptedEvent.Topic0 && word == 1
        || log.Topics[0] == Allocation.ReservationRequestedEvent.Topic0 && word is 4 or 5 or 6 or 7 or 8 or 9 or 10;
}
