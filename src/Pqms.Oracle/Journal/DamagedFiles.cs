namespace Pqms.Oracle.Journal;

/// <summary>Puts damaged files out of the way and keeps them: they are evidence.</summary>
internal static class DamagedFiles
{
    private const int MostKept = 1_000;

    /// <summary>Moves a file to a free name beside it, with the files that belong to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="companions">Endings of files that go with it, as SQLite's log.</param>
    /// <returns>Where it is now.</returns>
    /// <exception cref="JournalException">It cannot be moved.</exception>
    public static string MoveAside(string path, params string[] companions)
    {
        for (int number = 1; number <= MostKept; number++)
        {
            string target = $"{path}.damaged-{number}";
            if (File.Exists(target) || companions.Any(companion => File.Exists(target + companion)))
            {
                continue;
            }

            try
            {
                Move(path, target);
                foreach (string companion in companions)
                {
                    Move(path + companion, target + companion);
                }

                return target;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new JournalException($"The damaged {path} cannot be moved aside: {failure.Message}", failure);
            }
        }

        throw new JournalException(
            $"{MostKept} damaged files lie beside {path}. The disk fails: replace it, and move them away.");
    }

    private static void Move(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Move(from, to);
        }
    }
}
