using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pqms.Ethereum.Tests.Transactions;

/// <summary>The operating system's SQLite behind ADO.NET, as a user of the store would bring it.</summary>
internal static class SystemSqlite
{
    static SystemSqlite()
    {
        var name = OperatingSystem.IsWindows() ? "winsqlite3"
            : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (asked, _, _) =>
                asked == "e_sqlite3" ? NativeLibrary.Load(name, Assembly.GetExecutingAssembly(), null) : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=1");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE;";
        command.ExecuteNonQuery();
        return connection;
    }
}
