using Pqms.Oracle.Journal;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>Both copies of the list of signed hashes are lost: what may have been signed is never signed
/// again.</summary>
public sealed class LostSignaturesTests
{
    [Fact]
    public void Settle_GivenTheListLost_signsNothingOfThatEraAndTheNextOneAgain()
    {
        using var storm = new Storm(81);
        Turn(storm.Chain, storm.Process, 30);
        Lose(storm);
        storm.Chain.Mine(1);
        ulong head = storm.Chain.Tip.After.Sequence;
        storm.Chain.Send(FakeLedger.Request(90, 2, 300));
        Turn(storm.Chain, storm.Process, 3);
        Assert.Equal(head, storm.Chain.Tip.After.Sequence);
        Assert.Equal(3, storm.Process.OpenedJournal!.Notes.Count);
        Assert.Contains("is not signed", storm.Process.Alarm, StringComparison.Ordinal);
        SignedReport bar = storm.Process.Journal.Signatures()[^1];
        Assert.True(bar.IsBar && bar.Era == 1 && bar.Sequence >= head + ReportSigner.BarMargin, bar.ToString());

        // Restarts and further damage to one copy change nothing.
        storm.Process.Kill();
        File.Delete(Store(storm));
        Turn(storm.Chain, storm.Process, 3);
        Assert.Equal(head, storm.Chain.Tip.After.Sequence);

        storm.Chain.Send(FakeHub.Disable(head));
        Turn(storm.Chain, storm.Process, 3);
        storm.Chain.Send(FakeLedger.StartEra(82));
        Turn(storm.Chain, storm.Process, 5);
        Assert.True(storm.Chain.Tip.After.Sequence >= head);
        Assert.Equal(2ul, storm.Chain.Tip.After.Era);
        Assert.Empty(storm.Process.Alarm);
        Assert.All(
            storm.Process.Journal.Signatures().SkipWhile(entry => !entry.IsBar).Where(entry => !entry.IsBar),
            entry => Assert.Equal(2ul, entry.Era));
    }

    [Fact]
    public void Settle_GivenOthersThatBroughtTheChainPastTheBar_signsAgain()
    {
        using var storm = new Storm(83);
        Turn(storm.Chain, storm.Process, 10);
        Lose(storm);
        Turn(storm.Chain, storm.Process, 2);
        ulong through = storm.Process.Journal.Signatures()[^1].Sequence;
        using (var folder = new TemporaryFolder())
        {
            using var other = new OracleProcess(
                folder.Path, () => storm.Chain, [Storm.Key(1)], era => new FakeMesh(era));
            while (storm.Chain.Tip.After.Sequence <= through)
            {
                Turn(storm.Chain, other, 1);
            }
        }

        ulong before = storm.Chain.Tip.After.Sequence;
        Turn(storm.Chain, storm.Process, 5);
        Assert.True(storm.Chain.Tip.After.Sequence > before);
        Assert.Empty(storm.Process.Alarm);
        Assert.All(
            storm.Process.Journal.Signatures().SkipWhile(entry => !entry.IsBar).Where(entry => !entry.IsBar),
            entry => Assert.True(entry.Sequence > through));
    }

    private static ulong _lastRequest = 1_000;

    private static void Turn(FakeChain chain, OracleProcess process, int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            chain.Send(FakeLedger.Request(++_lastRequest, 1, 60));
            chain.Mine(1);
            process.Follow(int.MaxValue);
            process.Settle();
        }
    }

    private static string Store(Storm storm) =>
        Directory.GetFiles(storm.DataFolder, "journal-*.db", SearchOption.AllDirectories).Single();

    private static void Lose(Storm storm)
    {
        storm.Process.Kill();
        string path = Store(storm);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..8192]);
        File.WriteAllText(path + ".signatures", "x");
    }
}
