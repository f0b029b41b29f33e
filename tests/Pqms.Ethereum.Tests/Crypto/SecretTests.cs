using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

/// <summary>Where a key must not be seen, and when it must be gone.</summary>
public sealed class SecretTests
{
    private const string Secret = "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181";

    [Fact]
    public void Dispose_GivenAKey_overwritesItsBytes()
    {
        var key = EthereumKey.FromHex(Secret);
        var held = SecretBytes(key);
        Assert.Equal(Secret, Convert.ToHexStringLower(held));
        key.Dispose();
        Assert.All(held, item => Assert.Equal(0, item));
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(Bytes32.Zero));
        Assert.Throws<ObjectDisposedException>(key.CopySecret);
        Assert.DoesNotContain("0000000000", key.ToString(), StringComparison.Ordinal);
    }

    // The caller's own bytes stay the caller's: he may overwrite them without harm to the key.
    [Fact]
    public void FromPrivateKey_GivenBytes_keepsACopy()
    {
        var bytes = Hex.Decode(Secret);
        using var key = EthereumKey.FromPrivateKey(bytes);
        bytes.AsSpan().Clear();
        Assert.Equal(Secret, Convert.ToHexStringLower(SecretBytes(key)));
    }

    [Fact]
    public void Key_GivenAnyPrinting_showsOnlyTheAddress()
    {
        using var key = EthereumKey.FromHex(Secret);
        Assert.Equal($"Key of {key.Address}", key.ToString());
        Assert.Equal($"{{\"Address\":\"{key.Address}\"}}", JsonSerializer.Serialize(key));
        Assert.Equal($"Key of {key.Address}", string.Create(null, $"{key}"));
        Assert.Equal("{Address}", typeof(EthereumKey).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
    }

    // A debugger expands fields: each that could hold the key must be hidden.
    [Fact]
    public void Key_GivenADebugger_hidesTheFieldOfTheKey()
    {
        var fields = typeof(EthereumKey).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(byte[]));
        Assert.Equal(
            DebuggerBrowsableState.Never,
            Assert.Single(fields).GetCustomAttribute<DebuggerBrowsableAttribute>()?.State);
    }

    // What a logger or a serializer walks: no public member of the key gives bytes or digits of it.
    [Fact]
    public void Key_GivenItsPublicProperties_hasOnlyTheAddress()
    {
        var property = Assert.Single(typeof(EthereumKey).GetProperties());
        Assert.Equal(typeof(Address), property.PropertyType);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1")]
    [InlineData("c0ffee")]
    [InlineData("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba034290418")]
    [InlineData("zzffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd036414")]
    public void FromHex_WhenNoKey_throwsWithoutShowingIt(string text)
    {
        var exception = Assert.ThrowsAny<Exception>(() => EthereumKey.FromHex(text));
        Assert.True(exception is FormatException or ArgumentException, exception.GetType().Name);
        Assert.DoesNotContain(text, exception.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(text[..6], exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void FromPrivateKey_WhenSizeIsWrong_throwsNamingIt(int size)
    {
        var exception = Assert.Throws<ArgumentException>(() => EthereumKey.FromPrivateKey(new byte[size]));
        Assert.StartsWith($"{size} bytes; a private key has exactly 32", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => EthereumKey.FromHex(null!));
    }

    // A user may give the key where the file belongs: what JSON's reader says must not repeat it.
    [Fact]
    public void Open_WhenGivenAKeyInsteadOfAFile_throwsWithoutShowingIt()
    {
        var exception = Assert.Throws<FormatException>(() => Keystore.Open(Secret, Secret));
        Assert.DoesNotContain(Secret[..6], exception.ToString(), StringComparison.OrdinalIgnoreCase);
        exception = Assert.Throws<FormatException>(() => Keystore.Open($"\"{Secret}\"", Secret));
        Assert.DoesNotContain(Secret[..6], exception.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Generate_GivenTwoCalls_givesTwoKeys()
    {
        using var one = EthereumKey.Generate();
        using var other = EthereumKey.Generate();
        Assert.NotEqual(one.Address, other.Address);
    }

    private static byte[] SecretBytes(EthereumKey key) => (byte[])typeof(EthereumKey)
        .GetField("_secret", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(key)!;
}
