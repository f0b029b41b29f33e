using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Pqms.Oracle.Journal;

/// <summary>Binds the managed SQLite provider to the operating system's library; no native code is shipped.</summary>
internal static class SqliteLibrary
{
    private const string ManagedName = "e_sqlite3";
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Loads the library once per process.</summary>
    /// <exception cref="JournalException">No library was found; names the package to install.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (_loaded)
            {
                return;
            }

            nint handle = Find(Candidates(), TryLoad);
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                (name, _, _) => name == ManagedName ? handle : 0);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            _loaded = true;
        }
    }

    /// <summary>The first candidate that loads.</summary>
    /// <param name="candidates">File names, best first.</param>
    /// <param name="load">Gives a handle, or 0.</param>
    /// <exception cref="JournalException">None loads.</exception>
    internal static nint Find(IReadOnlyList<string> candidates, Func<string, nint> load)
    {
        foreach (string candidate in candidates)
        {
            nint handle = load(candidate);
            if (handle != 0)
            {
                return handle;
            }
        }

        throw new JournalException(
            $"The SQLite library was not found (tried {string.Join(", ", candidates)}). "
            + "On Debian and Ubuntu install the package libsqlite3-0: apt-get install libsqlite3-0");
    }

    private static string[] Candidates()
    {
        if (OperatingSystem.IsWindows())
        {
            return ["winsqlite3.dll", "winsqlite3"];
        }

        return OperatingSystem.IsMacOS()
            ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]
            : ["libsqlite3.so.0", "libsqlite3.so"];
    }

    private static nint TryLoad(string name) =>
        NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out nint handle) ? handle : 0;
}
