using System.Text.Json;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

public sealed class MnemonicTests
{
    private const string Phrase =
        "legal winner thank year wave sausage worth useful legal winner thank yellow";

    // Trezor's BIP-39 vectors (passphrase TREZOR).
    [Theory]
    [InlineData(
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
            "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c9"
            + "2f2cf141630c7a3c4ab7c81b2f001698e7463b04")]
    [InlineData(
        Phrase,
            "2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6fa457fe1296106559a3c80937"
            + "a1c1069be3a3a5bd381ee6260e8d9739fce1f607")]
    public void ToSeed_GivenBip39Vector_givesItsSeed(string phrase, string seed)
    {
        Assert.Equal(seed, Convert.ToHexStringLower(Mnemonic.ToSeed(phrase, "TREZOR")));
    }

    // Phrases in seven languages and of every length, all but one passphrase beyond ASCII, up to six paths.
    [Fact]
    public void FromMnemonic_GivenVectors_givesTheirEntropySeedAndKeys()
    {
        var keys = 0;
        var passphrases = 0;
        VectorFile.CheckAll("hdnode", 400, item =>
        {
            var phrase = item.GetProperty("mnemonic").GetString()!;
            var passphrase = item.TryGetProperty("password", out var text) ? text.GetString() ?? "" : "";
            passphrases += passphrase.Any(letter => letter > 127) ? 1 : 0;
            Assert.Equal(item.GetProperty("seed").GetString(), Hex.Encode(Mnemonic.ToSeed(phrase, passphrase)));
            if (item.GetProperty("locale").GetString() != "en")
            {
                return;
            }

            Assert.Equal(item.GetProperty("entropy").GetString(), Hex.Encode(Mnemonic.ToEntropy(phrase)));
            Assert.Equal(phrase, Mnemonic.FromEntropy(Mnemonic.ToEntropy(phrase)));
            foreach (var node in item.GetProperty("hdnodes").EnumerateArray())
            {
                CheckNode(item, node);
                keys++;
            }
        });
        Assert.Equal((601, 299), (keys, passphrases));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(15)]
    [InlineData(18)]
    [InlineData(21)]
    [InlineData(24)]
    public void Generate_GivenAWordCount_givesAnotherValidPhraseEachTime(int words)
    {
        var phrase = Mnemonic.Generate(words);
        Assert.Equal(words, phrase.Split(' ').Length);
        Assert.True(Mnemonic.IsValid(phrase));
        Assert.NotEqual(phrase, Mnemonic.Generate(words));
        Assert.Equal(phrase, Mnemonic.FromEntropy(Mnemonic.ToEntropy($"  {phrase.Replace(" ", " \t")} ")));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(27)]
    public void Generate_WhenWordCountIsOutOfRange_throwsNamingIt(int words)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.Generate(words));
        Assert.Contains($"{words}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(36)]
    public void FromEntropy_WhenSizeIsOutOfRange_throwsNamingIt(int size)
    {
        var exception = Assert.Throws<ArgumentException>(() => Mnemonic.FromEntropy(new byte[size]));
        Assert.StartsWith($"{size} bytes; entropy has 16, 20, 24, 28 or 32", exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "0 words")]
    [InlineData("legal winner", "2 words")]
    [InlineData("legal winner thank year wave sausage worth useful legal winner thank year", "checksum")]
    [InlineData("winner legal thank year wave sausage worth useful legal winner thank yellow", "checksum")]
    [InlineData("legal winner thank year wave sausage worth hunter2 legal winner thank yellow", "Word 8 ")]
    [InlineData("Legal winner thank year wave sausage worth useful legal winner thank yellow", "Word 1 ")]
    public void ToEntropy_WhenNoPhrase_throwsSayingWhyWithoutAWord(string phrase, string part)
    {
        Assert.False(Mnemonic.IsValid(phrase));
        var exception = Assert.Throws<FormatException>(() => Mnemonic.ToEntropy(phrase));
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        foreach (var word in phrase.Split(' ').Where(word => word.Length > 0 && word != "year"))
        {
            Assert.DoesNotContain(word, exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<FormatException>(() => EthereumKey.FromMnemonic(phrase, 0));
    }

    [Fact]
    public void Mnemonic_WhenTextIsTooLongOrMissing_throws()
    {
        var tooLong = new string('x', 2049);
        var exception = Assert.Throws<FormatException>(() => Mnemonic.ToEntropy(tooLong));
        Assert.Equal("2049 characters; at most 2048 are allowed.", exception.Message);
        Assert.False(Mnemonic.IsValid(tooLong));
        Assert.False(Mnemonic.IsValid(null));
        Assert.Throws<ArgumentException>(() => Mnemonic.ToSeed(tooLong));
        Assert.Throws<ArgumentException>(() => Mnemonic.ToSeed(Phrase, tooLong));
        Assert.Throws<ArgumentException>(() => Mnemonic.ToSeed(" "));
        Assert.Throws<ArgumentNullException>(() => Mnemonic.ToSeed(null!));
        Assert.Throws<ArgumentNullException>(() => Mnemonic.ToSeed(Phrase, null!));
        Assert.Throws<ArgumentNullException>(() => Mnemonic.ToEntropy(null!));
        Assert.Throws<ArgumentNullException>(() => EthereumKey.FromMnemonic(null!, 0));
        Assert.Throws<ArgumentNullException>(() => EthereumKey.FromMnemonic(Phrase, path: null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => EthereumKey.FromMnemonic(Phrase, -1));
        Assert.Throws<ArgumentException>(() => EthereumKey.FromMnemonic(Phrase, 0, tooLong));
    }

    // Composed, compatible and out-of-order forms of the same text; .NET's Normalize leaves them as they are here.
    [Theory]
    [InlineData("\u00e9", "e\u0301")]
    [InlineData("\ufb01", "fi")]
    [InlineData("\u3000", " ")]
    [InlineData("\uff21\u2460", "A1")]
    [InlineData("\uac01", "\u1100\u1161\u11a8")]
    [InlineData("\uac00", "\u1100\u1161")]
    [InlineData("a\u0301\u0323", "a\u0323\u0301")]
    [InlineData("\u1ec7b\u0301", "e\u0323\u0302b\u0301")]
    [InlineData("a\u0301\u0300", "a\u0301\u0300")]
    [InlineData("\ud834\udd5e", "\ud834\udd57\ud834\udd65")]
    [InlineData("plain", "plain")]
    public void Normalize_GivenAnyForm_givesTheDecomposition(string text, string expected)
    {
        Assert.Equal(expected, Nfkd.Normalize(text));
        Assert.Equal(expected, Nfkd.Normalize(expected));
        Assert.Equal(Mnemonic.ToSeed(Phrase, expected), Mnemonic.ToSeed(Phrase, text));
    }

    private static void CheckNode(JsonElement item, JsonElement node)
    {
        var path = KeyPath.Parse(node.GetProperty("path").GetString()!);
        using var key = EthereumKey.FromSeed(Hex.Decode(item.GetProperty("seed").GetString()!), path);
        Assert.Equal(node.GetProperty("privateKey").GetString(), Hex.Encode(key.CopySecret()));
        Assert.Equal(Address.Parse(node.GetProperty("address").GetString()!), key.Address);
    }
}
