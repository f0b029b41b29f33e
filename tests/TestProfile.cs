namespace Pqms.Tests;

/// <summary>How long tests may run: short for every change, long for <c>npm run test:nightly</c>.</summary>
internal static class TestProfile
{
    /// <summary>Whether PQMS_PROFILE asks for the long run.</summary>
    public static bool IsNightly { get; } =
        string.Equals(Environment.GetEnvironmentVariable("PQMS_PROFILE"), "nightly", StringComparison.Ordinal);

    /// <summary>One figure for every change, another for the nightly run.</summary>
    public static int Count(int usual, int nightly) => IsNightly ? nightly : usual;

    /// <summary>Numbers from <paramref name="first"/> on as test data: a short range, or the nightly one.</summary>
    public static TheoryData<int> Range(int first, int usualLast, int nightlyLast) =>
        [.. Enumerable.Range(first, Count(usualLast, nightlyLast) - first + 1)];
}
