using Pqms.Mesh.Scenarios;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Import;

/// <summary>Makes reservations of the jobs of a workload.</summary>
internal static class TraceConverter
{
    // Longest reservation of the ledger, 4 h; latest start of the scenario format.
    private const int MaxDurationSeconds = 14_400;
    private const long MaxAtSeconds = 1_000_000_000;

    private const double SecondsPerHour = 3600.0;

    /// <summary>One reservation per job: submit time is the start, run time the duration, the user chooses the
    /// pool.</summary>
    public static IReadOnlyList<ScenarioReservation> Convert(
        WorkloadTrace trace, IReadOnlyList<ScenarioPool> pools, TraceOptions options, List<ImportNote> notes)
    {
        var idle = new NoteCounter(
            ImportNoteKind.JobWithoutWork, "jobs of unknown or no run time or processors ask for nothing");
        var late = new NoteCounter(ImportNoteKind.JobAfterHours, "jobs after the wanted hours left out");
        var beyond = new NoteCounter(
            ImportNoteKind.JobBeyondLimit, $"jobs beyond {ImportLimits.MaxReservations} reservations left out");
        var strangers = new NoteCounter(ImportNoteKind.UserUnknown, "jobs of no known user count as user 0's");
        var longer = new NoteCounter(
            ImportNoteKind.DurationCapped, $"durations capped at {MaxDurationSeconds} s, the longest reservation");
        var greater = new NoteCounter(ImportNoteKind.SlotsCapped, "requests capped at the slots of their pool");
        var reservations = new List<ScenarioReservation>();
        foreach (WorkloadJob job in trace.Jobs)
        {
            if (job.SubmitSeconds >= options.Hours * SecondsPerHour || job.SubmitSeconds > MaxAtSeconds)
            {
                late.Add();
            }
            else if (job is not { RunSeconds: > 0, Processors: > 0 })
            {
                idle.Add();
            }
            else if (reservations.Count >= ImportLimits.MaxReservations)
            {
                beyond.Add();
            }
            else
            {
                ScenarioPool pool = pools[(job.User ?? 0) % pools.Count];
                double slots = PortableMath.Ceiling(job.Processors.Value * options.SlotsPerProcessor);
                Count(strangers, job.User is null);
                Count(longer, job.RunSeconds > MaxDurationSeconds);
                Count(greater, slots > pool.Slots);
                reservations.Add(new ScenarioReservation(
                    pool.Name, (int)job.SubmitSeconds,
                    job.RunSeconds > MaxDurationSeconds ? MaxDurationSeconds : (int)job.RunSeconds,
                    slots > pool.Slots ? pool.Slots : (int)slots, options.TakesPerMinute));
            }
        }

        foreach (NoteCounter counter in (NoteCounter[])[idle, late, beyond, strangers, longer, greater])
        {
            counter.AppendTo(notes);
        }

        return reservations;
    }

    private static void Count(NoteCounter counter, bool isOne)
    {
        if (isOne)
        {
            counter.Add();
        }
    }
}
