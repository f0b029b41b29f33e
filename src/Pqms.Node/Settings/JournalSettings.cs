using Pqms.Oracle.Journal;

namespace Pqms.Node.Settings;

/// <summary>Makes the journal's options of the settings and the environment.</summary>
public static class JournalSettings
{
    /// <summary>Holds the connection to PostgreSQL; an environment variable, because it may hold a password.</summary>
    public const string ConnectionVariable = "PQMS_JOURNAL_CONNECTION";

    /// <summary>The options in force.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="environment">Reads one environment variable.</param>
    /// <exception cref="RefusedException">PostgreSQL is asked for and no connection is given.</exception>
    public static JournalOptions Read(SettingsReader settings, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(environment);
        var postgres = settings[SettingTable.Journal] == "postgres";
        var connection = postgres ? environment(ConnectionVariable) ?? string.Empty : string.Empty;
        if (postgres && connection.Length == 0)
        {
            throw new RefusedException(
                ExitCode.Usage, $"journal = 'postgres' needs a connection, and {ConnectionVariable} is not set",
                "words of Npgsql, as Host=/var/run/postgresql;Database=pqms;Username=pqms",
                $"set {ConnectionVariable}, and leave the password to PGPASSFILE or PGPASSWORD where you can");
        }

        return new JournalOptions
        {
            Store = postgres ? JournalStoreKind.Postgres : JournalStoreKind.Sqlite,
            Connection = connection,
            Name = settings[SettingTable.JournalName],
            SnapshotBlocks = settings.Number(SettingTable.SnapshotBlocks),
            KeepLogBlocks = (ulong)settings.Number(SettingTable.KeepLogBlocks),
            KeepBatchBlocks = (ulong)settings.Number(SettingTable.KeepBatchBlocks),
        };
    }
}
