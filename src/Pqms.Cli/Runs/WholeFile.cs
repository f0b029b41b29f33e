using Pqms.Node;

namespace Pqms.Cli.Runs;

/// <summary>Files that are there whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file, then renames; the folder is made if it is missing.</summary>
    /// <exception cref="RefusedException">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        var draft = $"{path}.{Environment.ProcessId}.draft";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(draft, text);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                new Refusal(
                    $"{path} cannot be written: {error.Message}", "a folder this user may write",
                    "name another folder, or change its owner", ExitCode.Prerequisite),
                error);
        }
        finally
        {
            // Gone already after the rename; left only by a failure.
            if (File.Exists(draft))
            {
                File.Delete(draft);
            }
        }
    }
}
