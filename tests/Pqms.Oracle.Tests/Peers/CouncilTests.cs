using Pqms.Ethereum;
using Pqms.Oracle.Peers;
using Pqms.Oracle.Settlement;
using Pqms.Oracle.Tests.Simulation;
using Pqms.Tests;

namespace Pqms.Oracle.Tests.Peers;

public sealed class CouncilTests
{
    [Fact]
    public void Round_GivenThreeOraclesWithAKeyEach_reportsWithTwoSignatures()
    {
        using var council = new Council(seed: 1, oracles: 3, threshold: 2);
        council.Chain.Send(FakeLedger.Request(1, 3, 20));
        council.Chain.Mine(1);

        council.Round();

        Assert.Equal(1ul, council.Chain.Tip.After.Sequence);
    }

    [Fact]
    public void Round_GivenSilentLeader_isTakenOverByTheNextAfterItsTime()
    {
        using var council = new Council(seed: 1, oracles: 3, threshold: 2);
        council.Chain.Send(FakeLedger.Request(1, 3, 100));
        council.Chain.Mine(1);
        for (int second = 0; second < 14; second++)
        {
            council.Round(1, without: 0);
        }

        Assert.Equal(0ul, council.Chain.Tip.After.Sequence);
        council.Round(1, without: 0);
        council.Round(1, without: 0);
        Assert.Equal(1ul, council.Chain.Tip.After.Sequence);
    }

    [Fact]
    public void Round_GivenTooFewOracles_reportsNothingAndCatchesUpLater()
    {
        using var council = new Council(seed: 1, oracles: 3, threshold: 2);
        council.Chain.Send(FakeLedger.Request(1, 3, 20));
        council.Chain.Mine(1);
        for (int i = 0; i < 60; i++)
        {
            council.Round(5, without: [0, 2]);
        }

        Assert.Equal(0ul, council.Chain.Tip.After.Sequence);
        council.Round();
        council.Round();
        Assert.True(council.Chain.Tip.After.Sequence > 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Round_GivenOneThatComputesAnotherRoot_reportsByTheOthersAndStopsThatOne(int wrong)
    {
        using var council = new Council(
            seed: 1, oracles: 3, threshold: 2,
            meshes: index => era => new FakeMesh(index == wrong ? era with { Seed = era.Seed + 1 } : era));
        council.Chain.Send(FakeLedger.Request(1, 3, 20));
        council.Chain.Mine(1);

        // The wrong one may have the first turn: the next comes 15 s later.
        for (int second = 0; second < 17 && council.Chain.Tip.After.Sequence == 0; second++)
        {
            council.Round();
        }

        Assert.Equal(1ul, council.Chain.Tip.After.Sequence);
        DivergenceException stopped = Assert.Throws<DivergenceException>(
            () => council.Members[wrong].Follow(int.MaxValue));
        Assert.Contains("stateHash", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("differs", council.Members[wrong].Alarms.Current + stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settle_GivenPeersThatDiffer_raisesTheAlarmOfTheOneThatIsAlone()
    {
        using var council = new Council(
            seed: 1, oracles: 3, threshold: 2,
            meshes: index => era => new FakeMesh(index == 0 ? era with { Seed = era.Seed + 1 } : era));
        council.Chain.Send(FakeLedger.Request(1, 3, 20));
        council.Chain.Mine(1);
        council.Round();

        Assert.Equal(0ul, council.Chain.Tip.After.Sequence);
        Assert.StartsWith("The oracle at oracle ", council.Members[0].Alarms.Current, StringComparison.Ordinal);
        Assert.Contains("asks to sign report 1", council.Members[1].Alarms.Current, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_GivenAnotherHashThanItsOwn_isDiffersAndRaisesTheAlarm()
    {
        using var council = new Council(seed: 1, oracles: 3, threshold: 2);
        council.Chain.Send(FakeLedger.Request(1, 3, 20));
        council.Chain.Mine(1);
        council.Members[1].Follow(int.MaxValue);
        Bytes32 foreign = Bytes.Hash("another report");

        PeerAnswer answer = council.Members[1].Answer(Question(council, signer: 0, sequence: 1, foreign));

        Assert.Equal(PeerOutcome.Differs, answer.Outcome);
        Assert.Empty(answer.Signatures);
        Assert.Equal(council.Members[1].Book.Find(1)!.Hash, answer.OwnHash);
        Assert.Contains($"{foreign}", council.Members[1].Alarms.Current, StringComparison.Ordinal);
        council.Round();
        council.Members[1].Follow(int.MaxValue);
        council.Members[1].Alarms.Accepted(council.Members[1].Book.Accepted);
        Assert.Empty(council.Members[1].Alarms.Current);
    }

    [Fact]
    public void Answer_GivenAReportNotComputedYet_isNotYet()
    {
        using var council = new Council(seed: 1, oracles: 3, threshold: 2);
        council.Members[1].Follow(int.MaxValue);

        Assert.Equal(
            PeerOutcome.NotYet, council.Members[1].Answer(Question(council, 0, 7, Bytes.Hash("later"))).Outcome);
    }

    [Fact]
    public void Answer_GivenAStrangersOrABrokenSignature_answersNothing()
    {
        using var council = new Council(seed: 1, oracles: 3, threshold: 2);
        council.Chain.Send(FakeLedger.Request(1, 3, 20));
        council.Chain.Mine(1);
        council.Members[1].Follow(int.MaxValue);
        SignatureQuestion good = Question(council, 0, 1, council.Members[1].Book.Find(1)!.Hash);
        byte[] otherAnchor = Question(council, 0, 1, good.ReportHash, anchor: 9).Signature;
        byte[][] bad =
        [
            [], new byte[64], new byte[65], new byte[66], [.. good.Signature[..64], 7],
            [.. Enumerable.Repeat((byte)0xff, 65)], otherAnchor,
            Storm.Key(9).Sign(Digest(council).Of(good.ReportHash, 0, Bytes32.Zero)).To65Bytes(),
        ];

        Assert.All(bad, signature => Assert.Equal(
            PeerOutcome.Stranger, council.Members[1].Answer(good with { Signature = signature }).Outcome));
        Assert.Equal(PeerOutcome.Signed, council.Members[1].Answer(good).Outcome);
    }

    [Fact]
    public void Answer_GivenAnAnchorThatIsNotTheChains_signsNothing()
    {
        using var council = new Council(seed: 1, oracles: 3, threshold: 2);
        council.Chain.Send(FakeLedger.Request(1, 3, 20));
        council.Chain.Mine(1);
        council.Members[1].Follow(int.MaxValue);
        council.Chain.Mine(1);
        ulong tip = council.Chain.Tip.Ledger.Number;
        Bytes32 report = council.Members[1].Book.Find(1)!.Hash;

        Assert.Equal(PeerOutcome.NotYet, council.Members[1].Answer(
            Question(council, 0, 1, report, tip, Bytes.Hash("elsewhere"))).Outcome);
        Assert.Equal(PeerOutcome.Signed, council.Members[1].Answer(
            Question(council, 0, 1, report, tip, council.Chain.HashOf(tip)!.Value)).Outcome);
    }

    [Fact]
    public void Run_GivenManySeedsOfDeathAndSilence_losesAndDoublesNothing()
    {
        int seeds = TestProfile.Count(usual: 10, nightly: 300);
        int kills = 0, takeovers = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            using var council = new Council(seed, oracles: 3, threshold: 2);
            takeovers += RunStorm(council, new Random(seed));
            kills += council.Members.Sum(member => member.Kills);
            Verdict.Check(council.Chain, council.Members[0].Journal, $"seed {seed}");
        }

        Assert.True(kills >= seeds && takeovers >= seeds, $"{kills} kills, {takeovers} rounds without the leader");
    }

    private static int RunStorm(Council council, Random random)
    {
        UInt128 last = 0;
        int withoutLeader = 0;
        for (int step = 0; step < 250; step++)
        {
            switch (random.Next(12))
            {
                case < 3:
                    council.Chain.Send(FakeLedger.Request(++last, random.Next(1, 6), (ulong)random.Next(1, 300)));
                    break;
                case < 5 when last > 0:
                    council.Chain.Send(FakeLedger.Take((UInt128)(ulong)random.Next(1, (int)last + 1), 1));
                    break;
                case 5:
                    council.Members[random.Next(3)].Kill();
                    break;
                case 6:
                    council.Silence(random.Next(3), random.Next(2) == 0);
                    break;
                case 7:
                    council.Chain.Reorganise(random.Next(1, 9));
                    break;
                case 8:
                    council.Members[random.Next(3)].Bomb.Arm(random.Next(1, 12));
                    break;
                case 9:
                    withoutLeader++;
                    council.Round((ulong)random.Next(1, 20), without: 0);
                    break;
                default:
                    council.Round((ulong)random.Next(1, 8));
                    break;
            }
        }

        for (int member = 0; member < 3; member++)
        {
            council.Silence(member, false);
            council.Members[member].Bomb.Arm(0);
        }

        council.Chain.Mine(601);
        for (int i = 0; i < 200; i++)
        {
            council.Round();
        }

        council.Members[0].Follow(int.MaxValue);
        return withoutLeader;
    }

    private static AttestationDigest Digest(Council council) => new(
        FakeChain.ChainId, FakeChain.Hub, 1, council.Chain.Signers, council.Chain.Threshold);

    private static SignatureQuestion Question(
        Council council, int signer, ulong sequence, Bytes32 report, ulong anchor = 0, Bytes32 anchorHash = default) =>
        new(1, sequence, report, anchor, anchorHash,
            council.Keys[signer].Sign(Digest(council).Of(report, anchor, anchorHash)).To65Bytes());
}
