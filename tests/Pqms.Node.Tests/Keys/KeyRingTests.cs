using Pqms.Ethereum.Crypto;
using Pqms.Node.Keys;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Keys;

public sealed class KeyRingTests
{
    [Theory]
    [InlineData(DevelopmentAccount.Admin, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData(DevelopmentAccount.Client, "0x90F79bf6EB2c4f870365E785982E1f101E93b906")]
    public void Open_GivenDevelopmentChain_usesHardhatsAccounts(DevelopmentAccount account, string address)
    {
        using var key = KeyRing.Open(null, account, KeyRing.DevelopmentChainId, _ => null, null);

        Assert.Equal(address, key.Address.ToString());
    }

    [Fact]
    public void Open_GivenAnotherChain_refusesDevelopmentAccounts()
    {
        var refused = Assert.Throws<RefusedException>(
            () => KeyRing.Open(null, DevelopmentAccount.Client, 1, _ => null, null)).Refusal;

        Assert.Contains("chain 1 is no development chain", refused.What);
        Assert.Contains("--keystore", refused.Allowed);
    }

    [Fact]
    public void Open_GivenBrokenVariable_neverShowsIt()
    {
        const string secret = "0xsecretsecret";

        var refused = Assert.Throws<RefusedException>(() => KeyRing.Open(
            null, DevelopmentAccount.Client, 1, name => name == KeyRing.KeyVariable ? secret : null, null)).Refusal;

        Assert.DoesNotContain(secret, refused.ToString());
        Assert.Contains("64 hexadecimal digits", refused.Allowed);
    }

    [Fact]
    public void Open_GivenKeystoreWithoutPassword_saysWhereToPutIt()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("key.json", "{}");

        var refused = Assert.Throws<RefusedException>(
            () => KeyRing.Open(path, DevelopmentAccount.Client, 1, _ => null, null)).Refusal;

        Assert.Contains(KeyRing.PasswordVariable, refused.Allowed);
    }

    [Fact]
    public void Open_GivenKeystoreAndPassword_prefersItToTheEnvironment()
    {
        using var folder = new TemporaryFolder();
        using var provider = KeyRing.Development(DevelopmentAccount.Provider);
        var path = folder.Write("key.json", Keystore.Create(provider, "password"));

        using var key = KeyRing.Open(
            path, DevelopmentAccount.Client, 1, name => name == KeyRing.PasswordVariable ? "password" : "0x01", null);

        Assert.Equal(provider.Address, key.Address);
    }

    [Fact]
    public void Open_GivenBrokenKeystore_namesTheFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("key.json", "{}");

        var refused = Assert.Throws<RefusedException>(
            () => KeyRing.Open(path, DevelopmentAccount.Client, 1, _ => "password", null)).Refusal;

        Assert.Contains(path, refused.What);
    }
}
