namespace Pqms.Cli.Tests.Support;

// One run of the program with everything captured.
internal sealed record Ran(int ExitCode, string Output, string Error)
{
    public static async Task<Ran> PqmsAsync(
        string line, Dictionary<string, string>? environment = null, byte[]? input = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var code = await App.RunAsync(
            words, new Screen(output, error), name => environment?.GetValueOrDefault(name),
            () => new MemoryStream(input ?? throw new InvalidOperationException("standard input was read unasked")));
        return new Ran(code, output.ToString(), error.ToString());
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pqms-test-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
