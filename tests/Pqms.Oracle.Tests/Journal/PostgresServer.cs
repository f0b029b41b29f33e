using System.Diagnostics;
using Npgsql;

namespace Pqms.Tests;

/// <summary>A PostgreSQL server of our own, in a temporary folder, behind a Unix socket; gone with this
/// object.</summary>
/// <remarks>initdb refuses root, which containers run as: then it runs as the user postgres, by setpriv.</remarks>
internal sealed class PostgresServer : IDisposable
{
    private const int ReadyTries = 300;
    private const string User = "postgres";
    private readonly string _folder = Directory.CreateTempSubdirectory("pqms-pg-").FullName;
    private Process? _server;

    public PostgresServer()
    {
        try
        {
            if (IsRoot)
            {
                Run("chown", User, _folder);
            }

            Run(Program("initdb"), "-D", Data, "-U", User, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C");
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why there is no server; null where one can be started.</summary>
    public static string? SkipReason { get; } = Find() is null
        ? "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        : IsRoot && !File.Exists("/usr/bin/setpriv") ? "initdb refuses root, and setpriv is not installed" : null;

    public string Connection => $"Host={_folder};Database=postgres;Username={User};Timeout=15";

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts it, with nothing that a test does not need; durability is a matter of the operator's
    /// server.</summary>
    public void Start()
    {
        _server = Process.Start(As(
            Program("postgres"), "-D", Data, "-k", _folder, "-c", "listen_addresses=", "-c", "fsync=off",
            "-c", "logging_collector=off", "-c", "max_connections=20"))!;
        _server.ErrorDataReceived += (_, _) => { };
        _server.OutputDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
        _server.BeginOutputReadLine();
        WaitUntilReady();
    }

    /// <summary>Ends it at once, as a crash does: connections break.</summary>
    public void Stop()
    {
        if (_server is { } server)
        {
            Run(Program("pg_ctl"), "stop", "-D", Data, "-m", "immediate", "-w");
            server.WaitForExit();
            server.Dispose();
            _server = null;
        }
    }

    /// <summary>Runs SQL over a connection of its own.</summary>
    public object? Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Find()
    {
        string[] folders = Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(f => Path.Combine(f, "bin"))]
            : [];
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return folders.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private static string Program(string name) => Path.Combine(Find()!, name);

    private static ProcessStartInfo As(string program, params string[] arguments)
    {
        string[] prefix = IsRoot && program != "chown"
            ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups"]
            : [];
        string[] line = [.. prefix, program, .. arguments];
        var start = new ProcessStartInfo(line[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        foreach (string argument in line[1..])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(As(program, arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error}{output.Result}");
        }
    }

    // pg_isready asks the server itself; each try takes as long as a process needs to start, so 300 are seconds.
    private void WaitUntilReady()
    {
        for (int i = 0; i < ReadyTries; i++)
        {
            using Process asked = Process.Start(As(Program("pg_isready"), "-h", _folder, "-t", "1"))!;
            asked.WaitForExit();
            if (asked.ExitCode == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException("The PostgreSQL server did not get ready.");
    }
}
