using System.IO.Compression;
using System.Text.Json;

namespace Pqms.Ethereum.Tests;

/// <summary>The files of tests/vectors/ethereum.</summary>
internal static class VectorFile
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Runs a check on every case and names the first that fails; the count is part of the expectation, so
    /// that none is left out unseen.</summary>
    public static void CheckAll(string name, int count, Action<JsonElement> check)
    {
        using var file = Open(name + ".json.gz");
        using var document = JsonDocument.Parse(file);
        CheckAll(document.RootElement.EnumerateArray(), count, check);
    }

    public static void CheckAll(IEnumerable<JsonElement> cases, int count, Action<JsonElement> check)
    {
        var passed = 0;
        foreach (var item in cases)
        {
            try
            {
                check(item);
            }
            catch (Exception exception)
            {
                var text = item.GetRawText();
                throw new InvalidOperationException(
                    $"case {passed}: {exception.Message}\n{text[..Math.Min(text.Length, 2000)]}", exception);
            }

            passed++;
        }

        Assert.Equal(count, passed);
    }

    public static IEnumerable<JsonElement> Lines(Stream compressed)
    {
        using var text = new StreamReader(new GZipStream(compressed, CompressionMode.Decompress));
        while (text.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement;
        }
    }

    public static string Path(string name) => System.IO.Path.Combine(Root, "tests", "vectors", "ethereum", name);

    private static GZipStream Open(string name) => new(File.OpenRead(Path(name)), CompressionMode.Decompress);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Pqms.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
