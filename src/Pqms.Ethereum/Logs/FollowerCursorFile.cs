namespace Pqms.Ethereum.Logs;

/// <summary>Keeps a follower's cursor in a file that is whole at every moment, whenever the process or the machine
/// stops.</summary>
/// <remarks>For consumers whose own changes may be told twice. Others keep <see cref="FollowerCursor.ToJson"/> beside
/// their changes, in one transaction.</remarks>
/// <param name="path">The file; its folder must exist.</param>
public sealed class FollowerCursorFile(string path)
{
    // A cursor of the greatest depth has about 30 MB.
    private const long LargestFile = 64 * 1024 * 1024;

    private readonly string _path = !string.IsNullOrEmpty(path)
        ? path
        : throw new ArgumentException("A path is needed.", nameof(path));

    /// <summary>Reads the cursor that was kept last.</summary>
    /// <returns>The cursor, or null when none was kept.</returns>
    /// <exception cref="FormatException">The file holds something else, or more than 64 MiB.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public FollowerCursor? Load()
    {
        var file = new FileInfo(_path);
        if (!file.Exists)
        {
            return null;
        }

        return file.Length <= LargestFile
            ? FollowerCursor.Parse(File.ReadAllText(_path))
            : throw new FormatException($"{_path} has {file.Length} bytes; at most {LargestFile} are read.");
    }

    /// <summary>Keeps a cursor in place of the one before. When it returns, it survives a loss of power.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <exception cref="IOException">The file can't be written; the cursor before is still there.</exception>
    public void Save(FollowerCursor cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        var next = _path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(cursor.ToJson()));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }
}
