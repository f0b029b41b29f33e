namespace Pqms.EndToEnd.Tests;

/// <summary>How thorough a run is: PQMS_PROFILE=nightly widens some tests.</summary>
internal static class Profile
{
    public static bool IsNightly { get; } =
        string.Equals(Environment.GetEnvironmentVariable("PQMS_PROFILE"), "nightly", StringComparison.Ordinal);

    /// <summary>A range of numbers as test data: the short one, or the nightly one.</summary>
    public static TheoryData<int> Range(int first, int last, int nightlyLast) =>
        [.. Enumerable.Range(first, (IsNightly ? nightlyLast : last) - first + 1)];
}
