namespace Pqms.Mesh.Import;

/// <summary>A recorded workload of a parallel computer, taken as demand.</summary>
/// <param name="Origin">Computer and installation as the log names them; empty when it does not.</param>
/// <param name="Jobs">Jobs by submit time, then by id.</param>
/// <param name="Notes">What was found and repaired.</param>
public sealed record WorkloadTrace(
    string Origin, IReadOnlyList<WorkloadJob> Jobs, IReadOnlyList<ImportNote> Notes);

/// <summary>One job of a workload.</summary>
/// <param name="Id">Its number in the log, at least 0.</param>
/// <param name="SubmitSeconds">When it was submitted, in s after the log's start, 0 to 1e11.</param>
/// <param name="RunSeconds">How long it ran, in s, 0 to 1e11; null when unknown.</param>
/// <param name="Processors">Processors allocated, or requested when that is unknown; null when both are.</param>
/// <param name="User">Number of its user, at least 0; null when unknown.</param>
public sealed record WorkloadJob(long Id, long SubmitSeconds, long? RunSeconds, int? Processors, int? User);
