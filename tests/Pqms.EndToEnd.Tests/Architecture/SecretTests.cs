using System.Text.RegularExpressions;

namespace Pqms.EndToEnd.Tests.Architecture;

/// <summary>Nothing that looks like a key lies in what ships. Tests may hold published vectors.</summary>
public sealed partial class SecretTests
{
    // A 32-byte constant with a pattern uses few digits; a random one has at least 10 of 16 with probability > 0.9999.
    private const int DistinctDigitsOfAKey = 10;

    private static readonly string[] _folders = ["src", "contracts", "scripts", "scenarios", "tools/node"];
    private static readonly string[] _extensions =
        [".cs", ".sol", ".mjs", ".js", ".json", ".md", ".csproj", ".props", ".cmd", ""];

    private static readonly string[] _builtFolders = ["bin", "obj", "node_modules"];

    public static IEnumerable<string> ShippedFiles()
    {
        var roots = _folders.Select(name => new DirectoryInfo(Path.Combine(Repository.Root, name)));
        var nested = roots.Where(folder => folder.Exists).SelectMany(Walk);
        var top = new DirectoryInfo(Repository.Root).GetFiles();
        return top.Concat(nested).Where(file => _extensions.Contains(file.Extension)).Select(file => file.FullName);
    }

    [Fact]
    public void ShippedFiles_GivenTheRepository_holdNoKeyLikeString()
    {
        var found = ShippedFiles().Where(path => !IsGenerated(path)).SelectMany(Suspects).ToList();
        Assert.Empty(found);
    }

    [Fact]
    public void DevelopmentMnemonic_GivenTheSources_isNamedInOnePlace()
    {
        var words = string.Join(' ', Enumerable.Repeat("test", 11));
        var holders = ShippedFiles().Where(path => File.ReadAllText(path).Contains(words, StringComparison.Ordinal));
        Assert.Equal([Path.Combine("Crypto", "Mnemonic.cs")], holders.Select(path => Path.Combine(
            Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path))).Take(2));
    }

    [Theory]
    [InlineData("key = 0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45;", true)]
    [InlineData("-----BEGIN EC PRIVATE KEY-----", true)]
    [InlineData("0x0001000100010001000100010001000100010001000100010001000100010001", false)]
    [InlineData("0x5FbDB2315678afecb367f032d93F642f64180aa3", false)]
    public void LooksLikeAKey_GivenALine_knowsKeysFromConstants(string line, bool expected) =>
        Assert.Equal(expected, LooksLikeAKey(line));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.GetFiles().Concat(
            folder.GetDirectories().Where(child => !_builtFolders.Contains(child.Name)).SelectMany(Walk));

    private static bool IsGenerated(string path) =>
        path.EndsWith(".abi.json", StringComparison.Ordinal) || path.EndsWith("lock.json", StringComparison.Ordinal);

    private static IEnumerable<string> Suspects(string path) =>
        from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
        where LooksLikeAKey(line.Text)
        select $"{Path.GetRelativePath(Repository.Root, path)}:{line.Number}";

    private static bool LooksLikeAKey(string line) =>
        line.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
        || ThirtyTwoBytes().Matches(line).Any(match =>
            match.Groups["key"].Value.ToUpperInvariant().Distinct().Count() >= DistinctDigitsOfAKey);

    [GeneratedRegex(@"\b(0x)?(?<key>[0-9a-fA-F]{64})\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ThirtyTwoBytes();
}
