using System.Security.Cryptography;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

public sealed class KeystoreTests
{
    // Web3 Secret Storage Definition, test vectors: the password is "testpassword".
    private const string Pbkdf2 = """
        {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
        "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2",
        "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
        "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
        "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
        "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
        """;

    private const string ScryptFile = """
        {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"83dbcc02d8ccb40e466191a123791e0e"},
        "ciphertext":"d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c","kdf":"scrypt",
        "kdfparams":{"dklen":32,"n":262144,"p":8,"r":1,
        "salt":"ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"},
        "mac":"2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"},
        "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
        """;

    private const string Secret = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";

    [Theory]
    [InlineData(Pbkdf2)]
    [InlineData(ScryptFile)]
    public void Open_GivenSpecificationsVector_givesItsKey(string json)
    {
        using var expected = EthereumKey.FromHex(Secret);
        using var key = Keystore.Open(json, "testpassword");
        Assert.Equal(expected.Address, key.Address);
        Assert.Equal("0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b", key.Address.ToString());
    }

    // RFC 7914, section 12.
    [Theory]
    [InlineData("", "", 16, 1, 1,
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc8"
        + "1f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16,
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d98"
        + "30dac727afb94a83ee6d8360cbdfa2cc0640")]
    public void Scrypt_GivenRfcVector_givesItsKey(string password, string salt, int n, int r, int p, string key)
    {
        var derived = Scrypt.Derive(
            System.Text.Encoding.ASCII.GetBytes(password), System.Text.Encoding.ASCII.GetBytes(salt), n, r, p, 64);
        Assert.Equal(key, Convert.ToHexStringLower(derived));
    }

    // By other people: geth, Parity, ethers; seven keystore files and two of a format that isn't read.
    [Fact]
    public void Open_GivenVectors_givesTheirKeysAndRefusesOtherFormats()
    {
        VectorFile.CheckAll("wallets", 9, item =>
        {
            var json = item.GetProperty("json").GetString()!;
            var password = item.GetProperty("password").GetString()!;
            if (item.GetProperty("type").GetString() == "crowdsale")
            {
                Assert.Throws<FormatException>(() => Keystore.Open(json, password));
                return;
            }

            using var key = Keystore.Open(json, password);
            Assert.Equal(Address.Parse(item.GetProperty("address").GetString()!), key.Address);
            Assert.Equal(item.GetProperty("privateKey").GetString(), Hex.Encode(key.CopySecret()));
        });
    }

    [Fact]
    public void Open_WhenPasswordIsWrong_throwsWithoutShowingIt()
    {
        var exception = Assert.Throws<CryptographicException>(() => Keystore.Open(Pbkdf2, "hunter2"));
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    // The check must rest on the whole of what the password gives: zeros and any changed digit are no proof.
    [Theory]
    [InlineData("517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b3")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void Open_WhenTheCheckIsForged_throws(string mac)
    {
        var json = Pbkdf2.Replace(
            "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2", mac, StringComparison.Ordinal);
        Assert.Throws<CryptographicException>(() => Keystore.Open(json, "testpassword"));
    }

    [Fact]
    public void Create_GivenKey_opensAgain()
    {
        using var key = EthereumKey.FromHex(Secret);
        var json = Keystore.Create(key, "a password", scryptN: 16);
        using var opened = Keystore.Open(json, "a password");
        Assert.Equal(key.Address, opened.Address);
        Assert.Equal(key.Sign(Bytes32.Zero), opened.Sign(Bytes32.Zero));
        Assert.DoesNotContain(Secret, json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"version\":3}")]
    [InlineData("{\"version\":1,\"crypto\":{}}")]
    [InlineData("not json")]
    public void Open_WhenNoKeystore_throwsFormatException(string json)
    {
        Assert.Throws<FormatException>(() => Keystore.Open(json, "x"));
    }

    [Theory]
    [InlineData("\"version\":3", "\"version\":4")]
    [InlineData("\"kdf\":\"scrypt\"", "\"kdf\":\"argon2\"")]
    [InlineData("\"salt\":\"ab", "\"salt\":\"zz")]
    [InlineData("\"iv\":\"83", "\"iv\":\"")]
    [InlineData("\"mac\":\"21", "\"mac\":\"")]
    [InlineData("\"ciphertext\":\"d1", "\"ciphertext\":\"")]
    [InlineData("\"version\":3", "\"address\":\"12\",\"version\":3")]
    [InlineData("\"n\":262144", "\"n\":262143")]
    [InlineData("\"n\":262144", "\"n\":1")]
    [InlineData("\"n\":262144,", "")]
    [InlineData("\"p\":8", "\"p\":17")]
    [InlineData("\"p\":8,\"r\":1", "\"p\":16,\"r\":64")]
    [InlineData("\"n\":262144", "\"n\":1073741824")]
    [InlineData("\"r\":1", "\"r\":1000000")]
    [InlineData("\"p\":8", "\"p\":-1")]
    [InlineData("\"dklen\":32", "\"dklen\":16")]
    [InlineData("aes-128-ctr", "aes-128-cbc")]
    public void Open_WhenWorkOrCipherIsOutOfRange_throwsFormatException(string part, string replacement)
    {
        Assert.Throws<FormatException>(
            () => Keystore.Open(ScryptFile.Replace(part, replacement, StringComparison.Ordinal), "testpassword"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10000001")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    public void Open_WhenRoundsAreOutOfRange_throwsNamingThemAndTheRange(string rounds)
    {
        var json = Pbkdf2.Replace("262144", rounds, StringComparison.Ordinal);
        var exception = Assert.Throws<FormatException>(() => Keystore.Open(json, "testpassword"));
        Assert.Contains($"'c' is '{rounds}'; 1 to 10000000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhenPseudorandomFunctionIsUnknown_throwsFormatException()
    {
        var json = Pbkdf2.Replace("hmac-sha256", "hmac-sha512", StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Keystore.Open(json, "testpassword"));
    }

    [Fact]
    public void Open_WhenFileOrPasswordIsTooLong_throwsNamingTheLimit()
    {
        var file = Assert.Throws<FormatException>(() => Keystore.Open(new string(' ', 65537), "x"));
        Assert.Contains("65537 characters; a keystore file has at most 65536", file.Message, StringComparison.Ordinal);
        var password = Assert.Throws<ArgumentException>(() => Keystore.Open(Pbkdf2, new string('x', 2049)));
        Assert.Contains("2049 characters; a password has at most 2048", password.Message, StringComparison.Ordinal);
        using var key = EthereumKey.FromHex(Secret);
        Assert.Throws<ArgumentException>(() => Keystore.Create(key, new string('x', 2049), scryptN: 16));
    }

    [Fact]
    public void Open_WhenTheAddressIsAnothers_throwsNamingBoth()
    {
        using var key = EthereumKey.FromHex(Secret);
        var json = Keystore.Create(key, "x", scryptN: 16);
        var own = Convert.ToHexStringLower(key.Address.ToArray());
        var changed = json.Replace(own, "12" + own[2..], StringComparison.Ordinal);
        var exception = Assert.Throws<CryptographicException>(() => Keystore.Open(changed, "x"));
        Assert.Contains(key.Address.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhenKeyIsDisposed_throws()
    {
        var key = EthereumKey.FromHex(Secret);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Keystore.Create(key, "x", scryptN: 16));
    }

    [Fact]
    public void Keystore_WhenAnArgumentIsMissing_throws()
    {
        using var key = EthereumKey.FromHex(Secret);
        Assert.Throws<ArgumentNullException>(() => Keystore.Open(null!, "x"));
        Assert.Throws<ArgumentNullException>(() => Keystore.Open("{}", null!));
        Assert.Throws<ArgumentNullException>(() => Keystore.Create(null!, "x"));
        Assert.Throws<ArgumentNullException>(() => Keystore.Create(key, null!));
    }
}
