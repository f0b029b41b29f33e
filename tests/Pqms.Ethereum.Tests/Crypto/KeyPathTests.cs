using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

public sealed class KeyPathTests
{
    // BIP-32, test vectors 1 and 3; the key of the latter begins with a zero.
    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f", "m/0'/1/2'/2/1000000000",
        "471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6e7c8")]
    [InlineData("000102030405060708090a0b0c0d0e0f", "m",
        "e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35")]
    [InlineData(
        "4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0c6"
        + "4d2e8a1e7d1457df2e5a3c51c73235be", "m",
        "00ddb80b067e0d4993197fe10f2657a844a384589847602d56f0c629c81aae32")]
    public void FromSeed_GivenBip32Vector_givesItsKey(string seed, string path, string secret)
    {
        using var key = EthereumKey.FromSeed(Hex.Decode(seed), KeyPath.Parse(path));
        Assert.Equal(secret, Convert.ToHexStringLower(key.CopySecret()));
    }

    [Theory]
    [InlineData("m", "m")]
    [InlineData("m/0", "m/0")]
    [InlineData("m/44h/60'/0h/0/7", "m/44'/60'/0'/0/7")]
    [InlineData("m/2147483647'/2147483647", "m/2147483647'/2147483647")]
    public void Parse_GivenAPath_showsIt(string text, string shown)
    {
        Assert.Equal(shown, KeyPath.Parse(text).ToString());
    }

    [Fact]
    public void Account_GivenAnIndex_isTheWalletsPath()
    {
        Assert.Equal("m/44'/60'/0'/0/2147483647", KeyPath.Account(int.MaxValue).ToString());
        Assert.Equal("m", KeyPath.Master.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyPath.Account(-1));
    }

    [Theory]
    [InlineData("m/")]
    [InlineData("m//0")]
    [InlineData("m/0/")]
    [InlineData("m/'")]
    [InlineData("m/-1")]
    [InlineData("m/ 1")]
    [InlineData("m/+1")]
    [InlineData("m/0x1")]
    [InlineData("m/1''")]
    [InlineData("m/2147483648")]
    [InlineData("m/2147483648'")]
    public void Parse_WhenNoPath_throwsNamingIt(string text)
    {
        Assert.False(KeyPath.TryParse(text, out _));
        var exception = Assert.Throws<FormatException>(() => KeyPath.Parse(text));
        Assert.StartsWith($"'{text}' is no path", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/0")]
    [InlineData("M/0")]
    [InlineData("legal winner thank year wave sausage worth useful legal winner thank yellow")]
    public void Parse_WhenItDoesNotBeginAsAPath_throwsWithoutShowingIt(string text)
    {
        Assert.False(KeyPath.TryParse(text, out _));
        var exception = Assert.Throws<FormatException>(() => KeyPath.Parse(text));
        Assert.StartsWith(
            $"a text of {text.Length} characters is no path", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_GivenManySteps_takesAtMost255()
    {
        var most = "m" + string.Concat(Enumerable.Repeat("/2147483647'", KeyPath.MaxSteps));
        Assert.Equal(most, KeyPath.Parse(most).ToString());
        Assert.Throws<FormatException>(() => KeyPath.Parse(most + "/0"));
        Assert.False(KeyPath.TryParse(new string('m', 1_000_000), out _));
        Assert.False(KeyPath.TryParse(null, out _));
        Assert.Throws<ArgumentNullException>(() => KeyPath.Parse(null!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(65)]
    public void FromSeed_WhenSizeIsOutOfRange_throwsNamingIt(int size)
    {
        var exception = Assert.Throws<ArgumentException>(() => EthereumKey.FromSeed(new byte[size], KeyPath.Master));
        Assert.StartsWith($"{size} bytes; a seed has 16 to 64", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => EthereumKey.FromSeed(new byte[16], null!));
    }
}
