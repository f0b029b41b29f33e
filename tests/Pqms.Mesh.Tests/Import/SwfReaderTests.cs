using Pqms.Mesh.Import;

namespace Pqms.Mesh.Tests.Import;

public sealed class SwfReaderTests
{
    private const string Rest = " -1 -1 -1 -1 -1 1 1 1 -1 -1 -1 -1 -1";

    [Fact]
    public void Parse_GivenALog_readsJobsBySubmitTimeWithUnknownsAndOrigin()
    {
        ImportResult<WorkloadTrace> result = SwfReader.Parse(Fixtures.Swf);

        Assert.True(result.IsValid, string.Join('\n', result.Problems));
        Assert.Equal("Testing machine, Nowhere", result.Value.Origin);
        Assert.Equal(
            [
                new WorkloadJob(1, 0, 600, 64, 1), new WorkloadJob(5, 20, 70, 5000, 4),
                new WorkloadJob(2, 30, 20_000, 8, 2), new WorkloadJob(3, 30, 60, 9, null),
                new WorkloadJob(4, 40, null, 8, 3),
            ],
            result.Value.Jobs);
        Assert.Equal(
            [(ImportNoteKind.PartialJobSkipped, 1), (ImportNoteKind.JobsSorted, 1)],
            result.Value.Notes.Select(note => (note.Kind, note.Count)));
    }

    [Fact]
    public void Parse_GivenNoJobs_isAnEmptyTrace() =>
        Assert.Empty(SwfReader.Parse("\uFEFF; Version: 2.2\r\n\r\n \t\n").Value!.Jobs);

    [Theory]
    [InlineData("1 0 -1 5 8", 1, "5 fields", "18 numbers")]
    [InlineData("\n1 0 -1 5 8" + Rest + " 7", 2, "more than 18 fields", "18 numbers")]
    [InlineData("1 0 -1 five 8" + Rest, 1, "five", "a number in field 4")]
    [InlineData("1 0 -1 5 8 NaN" + Rest, 1, "more than 18 fields", "18 numbers")]
    [InlineData("1 0 NaN 5 8" + Rest, 1, "NaN", "a number in field 3")]
    [InlineData("1 0 -1 5.5 8" + Rest, 1, "5.5", "from -1 to 100000000000 in field 4")]
    [InlineData("1 -1 -1 5 8" + Rest, 1, "-1", "from 0 to 100000000000 in field 2")]
    [InlineData("1 100000000001 -1 5 8" + Rest, 1, "100000000001", "in field 2")]
    [InlineData("-1 0 -1 5 8" + Rest, 1, "-1", "in field 1")]
    [InlineData("1 0 -1 5 2147483648" + Rest, 1, "2147483648", "from -1 to 2147483647 in field 5")]
    [InlineData("1 0 -1 5 8" + Rest + "\n1 3 -1 5 8" + Rest, 2, "job 1", "no other job")]
    public void Parse_GivenAMalformedLine_namesLineValueAndWhatIsAllowed(
        string swf, int line, string value, string allowed)
    {
        ImportProblem problem = Assert.Single(SwfReader.Parse(swf).Problems);

        Assert.Equal((line, value), (problem.Line, problem.Value));
        Assert.Contains(allowed, problem.Allowed);
    }

    // A quadratic reader would take hours over these; nothing here looks at a clock.
    [Theory]
    [InlineData("1 ")]
    [InlineData("\n")]
    [InlineData(";")]
    [InlineData("; Computer: x\n")]
    [InlineData("9")]
    [InlineData("1 0\n")]
    public void Parse_GivenAMillionRepetitions_answers(string part)
    {
        ImportResult<WorkloadTrace> result = SwfReader.Parse(string.Concat(Enumerable.Repeat(part, 1_000_000)));

        Assert.True(result.IsValid ? result.Value.Jobs.Count == 0 : result.Problems.Count is > 0 and <= 100);
    }
}
