using System.Text.Json;
using Pqms.Mesh.Import;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;

namespace Pqms.Mesh.Tests.Import;

public sealed class TraceConverterTests
{
    private static readonly ImportOptions Options = new()
    {
        Name = "imported",
        FileName = "Test.gml",
        Pools = 3,
        Trace = new TraceOptions { TakesPerMinute = 6 },
    };

    [Fact]
    public void Convert_GivenATrace_makesAReservationOfEachJob()
    {
        ConvertedScenario converted = Convert(Options);

        string[] pools = [.. converted.Pools.Select(pool => pool.Name)];
        Assert.Equal(3, pools.Length);
        Assert.Equal(
            [
                new ScenarioReservation(pools[1], 0, 600, 8, 6), new ScenarioReservation(pools[1], 20, 70, 40, 6),
                new ScenarioReservation(pools[2], 30, 14_400, 1, 6), new ScenarioReservation(pools[0], 30, 60, 2, 6),
            ],
            converted.Reservations);
        (ImportNoteKind, int)[] notes =
        [
            (ImportNoteKind.JobWithoutWork, 1), (ImportNoteKind.UserUnknown, 1), (ImportNoteKind.DurationCapped, 1),
            (ImportNoteKind.SlotsCapped, 1),
        ];
        Assert.Equal(notes, converted.Notes.Select(note => (note.Kind, note.Count)).TakeLast(4));
    }

    [Fact]
    public void Convert_GivenATrace_writesReservationsIntoTheText()
    {
        using JsonDocument document = JsonDocument.Parse(Convert(Options).Json);

        JsonElement[] written = [.. document.RootElement.GetProperty("reservations").EnumerateArray()];
        Assert.Equal(4, written.Length);
        Assert.Equal(
            "{ \"pool\": \"gamma-alpha-omega\", \"atSeconds\": 30, \"durationSeconds\": 14400, \"slots\": 1, "
            + "\"takesPerMinute\": 6 }",
            written[2].GetRawText());
        Assert.EndsWith(
            "Demand: 4 reservations made of 5 jobs of Testing machine, Nowhere.",
            document.RootElement.GetProperty("description").GetString());
    }

    [Fact]
    public void Convert_GivenATrace_writesAScenarioThatTheReaderAccepts()
    {
        ConvertedScenario converted = Convert(Options);

        ScenarioResult accepted = ScenarioReader.Parse(converted.Json);

        Assert.True(accepted.IsValid, string.Join('\n', accepted.Problems));
        Assert.Equal(converted.Reservations, accepted.Scenario.Reservations);
    }

    [Fact]
    public void Convert_GivenHoursAndAScale_takesAndScalesByThem()
    {
        ConvertedScenario converted = Convert(Options with
        {
            Trace = new TraceOptions { Hours = 30 / 3600.0, SlotsPerProcessor = 0.01 },
        });

        Assert.Equal([(0, 1), (20, 40)], converted.Reservations.Select(r => (r.AtSeconds, r.Slots)));
        Assert.Equal(3, Fixtures.Count(converted.Notes, ImportNoteKind.JobAfterHours));
    }

    [Fact]
    public void Convert_GivenMoreJobsThanAScenarioHolds_takesTheFirst()
    {
        WorkloadJob[] jobs = [.. Enumerable.Range(0, 100_002).Select(i => new WorkloadJob(i, i, 1, 1, 0))];

        ConvertedScenario converted = Convert(Options, new WorkloadTrace("", jobs, []));

        Assert.Equal(100_000, converted.Reservations.Count);
        Assert.Equal(2, Fixtures.Count(converted.Notes, ImportNoteKind.JobBeyondLimit));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(1001.0)]
    [InlineData(double.NaN)]
    public void Convert_GivenAScaleOutOfRange_throws(double slotsPerProcessor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Convert(Options with
        {
            Trace = new TraceOptions { SlotsPerProcessor = slotsPerProcessor },
        }));

    private static ConvertedScenario Convert(ImportOptions options, WorkloadTrace? trace = null)
    {
        ImportResult<ConvertedScenario> result = ScenarioConverter.Convert(
            TopologyCleaner.Clean(Fixtures.Read(GmlReader.Parse(Fixtures.Gml))), ScenarioFiles.Text("german-backbone"),
            options, trace ?? SwfReader.Parse(Fixtures.Swf).Value);
        Assert.True(result.IsValid, string.Join('\n', result.Problems));
        return result.Value;
    }
}
