using System.IO.Compression;
using System.Text;

namespace Pqms.Ethereum.Crypto;

/// <summary>The compressed texts inside the assembly: see the README of the folder Data.</summary>
internal static class Resources
{
    /// <summary>The lines of a text.</summary>
    /// <param name="name">The file's name without .txt.gz.</param>
    public static string[] Lines(string name)
    {
        var path = $"Pqms.Ethereum.Crypto.Data.{name}.txt.gz";
        using var compressed = typeof(Resources).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"The assembly has no resource {path}.");
        using var text = new StreamReader(new GZipStream(compressed, CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
