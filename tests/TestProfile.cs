namespace Pqms.Tests;

/// <summary>How long tests may run: short for every change, long for <c>npm run test:nightly</c>.</summary>
internal static class TestProfile
{
    private static readonly bool _nightly = Environment.GetEnvironmentVariable("PQMS_PROFILE") == "nightly";

    /// <summary>One figure for every change, another for the nightly run.</summary>
    public static int Count(int usual, int nightly) => _nightly ? nightly : usual;
}
