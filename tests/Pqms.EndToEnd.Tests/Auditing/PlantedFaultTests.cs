using Microsoft.Data.Sqlite;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;

namespace Pqms.EndToEnd.Tests.Auditing;

/// <summary>The audit of a whole ledger finds faults that were planted, and names them. Forged exports:
/// ExportTests; altered logs: HistoryTests.</summary>
[Collection(ChainCollection.Name)]
public sealed class PlantedFaultTests(AuditedRealm realm) : IClassFixture<AuditedRealm>
{
    [HardhatFact]
    public async Task Audit_GivenAnHonestRealm_findsNothing()
    {
        var audit = await realm.AuditAsync(Honest);

        Assert.True(audit.Passed, string.Join('\n', audit.Faults));
        Assert.Equal(realm.Batches.Count, (int)audit.Replay.Reports);
        Assert.Equal(1, Assert.Single(audit.Reservations, static pair => pair.Key == "Settled").Value);
        Assert.Equal(2, audit.Leaves["Take"]);
        Assert.InRange(audit.Proven, 1, realm.Batches.Count);
    }

    [HardhatFact]
    public async Task Audit_GivenABatchThatNobodyHas_namesItsReport()
    {
        var lost = realm.Batches.Keys.First();

        var audit = await realm.AuditAsync(hash => hash == lost ? null : Honest(hash));

        Assert.False(audit.Passed);
        Assert.Contains($"nobody has batch {lost} of report ", Assert.Single(audit.Faults), StringComparison.Ordinal);
        Assert.True(audit.Replay.IsEqual);
    }

    [HardhatFact]
    public async Task Audit_GivenABatchWithOneBitChanged_refusesTheNodeThatServesIt()
    {
        var (altered, bytes) = realm.Batches.First();
        var copy = (byte[])bytes.Clone();
        copy[^1] ^= 1;

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => realm.AuditAsync(hash => hash == altered ? copy : Honest(hash)));

        Assert.Contains($"other bytes for batches/{altered}", refused.Message, StringComparison.Ordinal);
    }

    [HardhatFact]
    public async Task Audit_GivenAReportTrulySignedOverAFalseBatch_namesTheEventThatIsFalse()
    {
        var before = await realm.Chain.SnapshotAsync();
        try
        {
            var (honest, batch) = await realm.NextReportAsync();
            var leaves = batch.Leaves.Select(static leaf =>
                leaf is TakeLeaf take ? take with { FidelityEstimatePpm = 999_999 } : leaf).ToList();
            var forged = new Batch(batch.Era, batch.Sequence, leaves);
            await SubmitAsync(honest with { EventsRoot = forged.Tree.Root, DataHash = forged.DataHash });

            var audit = await realm.AuditAsync(hash => hash == forged.DataHash ? forged.Bytes.ToArray() : Honest(hash));

            var fault = Assert.Single(audit.Faults);
            Assert.Contains($"report {batch.Sequence} (to block {honest.ToBlock}) differs", fault,
                StringComparison.Ordinal);
            Assert.Contains($"leaf {leaves.FindIndex(static leaf => leaf is TakeLeaf)}, chain TakeLeaf", fault,
                StringComparison.Ordinal);
        }
        finally
        {
            await realm.Chain.ReplaceBlocksAsync(before, 1);
        }
    }

    [HardhatFact]
    public async Task Audit_GivenABatchOfEventsThatNobodyAskedFor_namesThem()
    {
        var before = await realm.Chain.SnapshotAsync();
        try
        {
            var draft = await new HandReporter(realm.Chain).DraftAsync();
            var take = realm.Batches.Values.SelectMany(static bytes => Batch.Parse(bytes).Leaves).OfType<TakeLeaf>()
                .First();
            var forged = new Batch(
                draft.Report.Era, draft.Report.Sequence, [take with { TakeNumber = take.TakeNumber + 100 }]);
            await SubmitAsync(
                draft.Report with { EventsRoot = forged.Tree.Root, DataHash = forged.DataHash, Count = 1 });

            var audit = await realm.AuditAsync(hash => hash == forged.DataHash ? forged.Bytes.ToArray() : Honest(hash));

            Assert.Equal(forged.Sequence, audit.Replay.First?.Sequence);
            Assert.Contains(audit.Faults, static fault => fault.Contains("never asked for", StringComparison.Ordinal));
        }
        finally
        {
            await realm.Chain.ReplaceBlocksAsync(before, 1);
        }
    }

    [HardhatFact]
    public async Task Audit_GivenAJournalThatWasAltered_namesTheReportAndARestartMakesItWholeAgain()
    {
        Bytes32 hurt;
        await using (var oracle = TestOracle.Start(realm.Chain))
        {
            await oracle.UntilIdleAsync(realm.Chain);
            hurt = Alter(realm.JournalFile);
            var audit = await realm.AuditAsync(oracle.Batch);
            Assert.Contains($"nobody has batch {hurt}", Assert.Single(audit.Faults), StringComparison.Ordinal);
        }

        await using var again = TestOracle.Start(realm.Chain);
        await again.UntilIdleAsync(realm.Chain);
        Assert.NotNull(again.Batch(hurt));
        var whole = await realm.AuditAsync(again.Batch);
        Assert.True(whole.Passed, string.Join('\n', whole.Faults));
    }

    private byte[]? Honest(Bytes32 hash) => realm.Batches.GetValueOrDefault(hash);

    // The oracle's own key signs; the hub cannot know better.
    private Task SubmitAsync(Report report) => new HandReporter(realm.Chain).SubmitAsync(
        new HandReport(report, [], []), [.. realm.Chain.Signers]);

    private static Bytes32 Alter(string journal)
    {
        using var connection = new SqliteConnection($"Data Source={journal};Pooling=False");
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT hash, bytes FROM batches LIMIT 1";
        using var row = read.ExecuteReader();
        Assert.True(row.Read());
        var (hash, bytes) = ((byte[])row[0], (byte[])row[1]);
        row.Close();
        bytes[^1] ^= 1;
        using var write = connection.CreateCommand();
        write.CommandText = "UPDATE batches SET bytes = $bytes WHERE hash = $hash";
        write.Parameters.AddWithValue("$bytes", bytes);
        write.Parameters.AddWithValue("$hash", hash);
        Assert.Equal(1, write.ExecuteNonQuery());
        return Bytes32.FromBytes(hash);
    }
}
