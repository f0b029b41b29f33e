namespace Pqms.Node.Settings;

/// <summary>Finds the folders that commands share: the project's root, the data folder, the run file.</summary>
public static class ProjectFolders
{
    /// <summary>The nearest folder, upwards from each start, that holds <c>Pqms.sln</c> and
    /// <c>hardhat.config.js</c>.</summary>
    /// <param name="starts">Where to look from, the best first; by default the current folder, then the
    /// program's.</param>
    /// <returns>The full path; null when no start lies in a clone.</returns>
    public static string? FindRoot(params IEnumerable<string> starts)
    {
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Pqms.sln"))
                    && File.Exists(Path.Combine(folder.FullName, "hardhat.config.js")))
                {
                    return folder.FullName;
                }
            }
        }

        return null;
    }

    /// <summary>The project's root, or the current folder for a tool installed outside a clone.</summary>
    public static string Base =>
        FindRoot(Directory.GetCurrentDirectory(), AppContext.BaseDirectory) ?? Directory.GetCurrentDirectory();

    /// <summary>A setting's path made absolute: relative ones count from <paramref name="baseFolder"/>.</summary>
    /// <param name="baseFolder">Usually <see cref="Base"/>.</param>
    /// <param name="path">Relative or absolute.</param>
    public static string Resolve(string baseFolder, string path) => Path.GetFullPath(path, baseFolder);

    /// <summary>Makes a folder and proves that it can be written.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <exception cref="RefusedException">It cannot be made or written.</exception>
    public static void RequireWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".write-test-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                new Refusal(
                    $"the data folder {folder} cannot be written: {error.Message}", "a folder this user may write",
                    "change its owner, or name another with --data-folder or PQMS_DATA_FOLDER", ExitCode.Prerequisite),
                error);
        }
    }
}
