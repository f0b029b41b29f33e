namespace Pqms.EndToEnd.Tests;

/// <summary>Where the repository lies, seen from the built test assembly.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Pqms.sln, absolute.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pqms.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Pqms.sln above {AppContext.BaseDirectory}.");
    }
}
