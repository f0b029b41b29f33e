namespace Pqms.Mesh.Import;

/// <summary>Reads logs in the Standard Workload Format, version 2.2. Opens no files.</summary>
/// <remarks>
/// A line holds 18 numbers, -1 meaning unknown; ';' begins a line of comment. Taken are the job's number (field 1),
/// submit time (2), run time (4), processors (5, else 8), status (11) and user (12). Lines of status 2 to 4 are parts
/// of a job that has a line of its own and are left out. Takes time in proportion to the text, but for sorting. Source:
/// Chapin et al., Benchmarks and Standards for the Evaluation of Parallel Job Schedulers, JSSPP 1999, LNCS 1659, 67.
/// </remarks>
public static class SwfReader
{
    private const int FieldCount = 18;
    private const long MaxSeconds = 100_000_000_000;

    // Positions from 0.
    private const int JobField = 0;
    private const int SubmitField = 1;
    private const int RunField = 3;
    private const int AllocatedField = 4;
    private const int RequestedField = 7;
    private const int StatusField = 10;
    private const int UserField = 11;

    /// <summary>Reads the text of a log.</summary>
    /// <param name="swf">At most 64 Mi characters and 1,000,000 jobs.</param>
    /// <returns>The jobs by submit time, or every problem found.</returns>
    public static ImportResult<WorkloadTrace> Parse(string swf)
    {
        ArgumentNullException.ThrowIfNull(swf);
        return swf.Length > ImportLimits.MaxTraceCharacters
            ? ImportResult<WorkloadTrace>.Refused(
                0, $"{swf.Length} characters", $"at most {ImportLimits.MaxTraceCharacters} characters")
            : new Run(swf).Read();
    }

    private sealed class Run(string swf)
    {
        private readonly ProblemList _problems = new();
        private readonly List<WorkloadJob> _jobs = [];
        private readonly HashSet<long> _ids = [];
        private readonly List<string> _origin = [];
        private readonly NoteCounter _partial = new(
            ImportNoteKind.PartialJobSkipped, "partial executions left out: the job's whole line counts");

        private readonly NoteCounter _late = new(
            ImportNoteKind.JobsSorted, "jobs stood before one of earlier submit time: sorted");

        private int _line;

        public ImportResult<WorkloadTrace> Read()
        {
            ReadOnlySpan<char> rest = swf.StartsWith('\uFEFF') ? swf.AsSpan(1) : swf;
            while (!rest.IsEmpty && !_problems.IsFull && _jobs.Count <= ImportLimits.MaxJobs)
            {
                int end = rest.IndexOf('\n');
                _line++;
                ReadLine((end < 0 ? rest : rest[..end]).Trim());
                rest = end < 0 ? [] : rest[(end + 1)..];
            }

            if (_problems.Problems.Count > 0)
            {
                return ImportResult<WorkloadTrace>.Refused(_problems.Problems);
            }

            var notes = new List<ImportNote>();
            _partial.AppendTo(notes);
            _late.AppendTo(notes);
            IEnumerable<WorkloadJob> jobs = _jobs.OrderBy(job => job.SubmitSeconds).ThenBy(job => job.Id);
            return ImportResult<WorkloadTrace>.Of(new WorkloadTrace(string.Join(", ", _origin), [.. jobs], notes));
        }

        private void ReadLine(ReadOnlySpan<char> line)
        {
            if (line.StartsWith(";"))
            {
                ReadComment(line[1..].Trim());
            }
            else if (!line.IsEmpty)
            {
                ReadJob(line);
            }
        }

        private void ReadComment(ReadOnlySpan<char> line)
        {
            foreach (string key in (string[])["Computer:", "Installation:"])
            {
                if (line.StartsWith(key) && _origin.Count < 2)
                {
                    _origin.Add(ImportText.Shorten(line[key.Length..].Trim().ToString()));
                }
            }
        }

        private void ReadJob(ReadOnlySpan<char> line)
        {
            Span<Range> fields = stackalloc Range[FieldCount + 1];
            int count = line.SplitAny(fields, " \t", StringSplitOptions.RemoveEmptyEntries);
            if (count != FieldCount)
            {
                string found = count > FieldCount ? $"more than {FieldCount} fields" : $"{count} fields";
                _problems.Report(_line, found, $"{FieldCount} numbers, -1 for what is unknown");
                return;
            }

            for (int i = 0; i < FieldCount; i++)
            {
                ReadOnlySpan<char> field = line[fields[i]];
                if (field.Length > ImportLimits.MaxWordCharacters || !ImportNumber.TryReal(field, out _))
                {
                    _problems.Report(_line, ImportText.Start(field), $"a number in field {i + 1}");
                    return;
                }
            }

            if (Whole(line, fields, JobField, 0, long.MaxValue) is { } id
                && Whole(line, fields, SubmitField, 0, MaxSeconds) is { } submit
                && Whole(line, fields, RunField, -1, MaxSeconds) is { } run
                && Whole(line, fields, AllocatedField, -1, int.MaxValue) is { } allocated
                && Whole(line, fields, RequestedField, -1, int.MaxValue) is { } requested
                && Whole(line, fields, StatusField, -1, int.MaxValue) is { } status
                && Whole(line, fields, UserField, -1, int.MaxValue) is { } user)
            {
                long processors = allocated >= 0 ? allocated : requested;
                Add(
                    new WorkloadJob(
                        id, submit, run < 0 ? null : run, processors < 0 ? null : (int)processors,
                        user < 0 ? null : (int)user),
                    isPart: status is >= 2 and <= 4);
            }
        }

        private long? Whole(
            ReadOnlySpan<char> line, ReadOnlySpan<Range> fields, int index, long least, long greatest)
        {
            ReadOnlySpan<char> field = line[fields[index]];
            if (ImportNumber.TryWhole(field, out long value) && value >= least && value <= greatest)
            {
                return value;
            }

            _problems.Report(
                _line, field.ToString(), $"a whole number from {least} to {greatest} in field {index + 1}");
            return null;
        }

        private void Add(WorkloadJob job, bool isPart)
        {
            if (isPart)
            {
                _partial.Add();
                return;
            }

            if (!_ids.Add(job.Id))
            {
                _problems.Report(_line, $"job {job.Id}", "a number that no other job has");
            }

            if (_jobs.Count >= ImportLimits.MaxJobs)
            {
                _problems.Report(_line, $"job {job.Id}", $"at most {ImportLimits.MaxJobs} jobs");
            }

            if (_jobs.Count > 0 && job.SubmitSeconds < _jobs[^1].SubmitSeconds)
            {
                _late.Add($"{_jobs[^1].Id}");
            }

            _jobs.Add(job);
        }
    }
}
