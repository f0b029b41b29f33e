using System.Text;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

public sealed class KeyTests
{
    [Theory]
    [InlineData(0, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData(1, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8")]
    [InlineData(2, "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC")]
    [InlineData(3, "0x90F79bf6EB2c4f870365E785982E1f101E93b906")]
    public void FromMnemonic_GivenDevelopmentPhrase_givesHardhatsAccounts(int index, string address)
    {
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, index);
        Assert.Equal(address, key.Address.ToString());
    }

    [Fact]
    public void FromPrivateKey_GivenVectors_givesTheirAddresses()
    {
        VectorFile.CheckAll("accounts", 1038, item =>
        {
            var checksummed = item.GetProperty("checksumAddress").GetString()!;
            Assert.Equal(checksummed, Address.Parse(item.GetProperty("address").GetString()!).ToString());
            if (item.TryGetProperty("privateKey", out var secret))
            {
                using var key = EthereumKey.FromHex(secret.GetString()!);
                Assert.Equal(checksummed, key.Address.ToString());
            }
        });
    }

    // RFC 6979 with SHA-256 on secp256k1, the vectors that bitcoin libraries share; the digest is SHA-256 of the text.
    [Theory]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001",
        "Satoshi Nakamoto",
        "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8",
        "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5")]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001",
        "All those moments will be lost in time, like tears in rain. Time to die...",
        "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b",
        "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21")]
    [InlineData(
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
        "Satoshi Nakamoto",
        "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0",
        "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5")]
    [InlineData(
        "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181",
        "Alan Turing",
        "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c",
        "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea")]
    public void Sign_GivenRfc6979Vector_givesItsSignature(string secret, string message, string r, string s)
    {
        using var key = EthereumKey.FromHex(secret);
        var digest = Bytes32.FromBytes(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(message)));
        var signature = key.Sign(digest);
        Assert.Equal(Bytes32.Parse(r), signature.R);
        Assert.Equal(Bytes32.Parse(s), signature.S);
        Assert.Equal(key.Address, Signature.Recover(digest, signature));
    }

    [Fact]
    public void Recover_GivenManySignatures_givesTheSigner()
    {
        for (var i = 0; i < 40; i++)
        {
            using var key = EthereumKey.FromPrivateKey(Keccak256.Hash([(byte)i, 1]).ToArray());
            var digest = Keccak256.Hash([(byte)i, 2]);
            var signature = key.Sign(digest);
            Assert.Equal(key.Address, Signature.Recover(digest, signature));
            Assert.Equal(signature, Signature.From65Bytes(signature.To65Bytes()));
            Assert.NotEqual(key.Address, TryRecover(digest, signature with { V = (byte)(1 - signature.V) }));
            Assert.NotEqual(key.Address, TryRecover(Keccak256.Hash([(byte)i, 3]), signature));
        }
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("1", "0")]
    [InlineData("115792089237316195423570985008687907852837564279074904382605163141518161494337", "1")]
    [InlineData("1", "115792089237316195423570985008687907852837564279074904382605163141518161494337")]
    [InlineData("1", "57896044618658097711785492504343953926418782139537452191302581570759080747169")]
    [InlineData("5", "1")]
    public void Recover_WhenNoValidSignature_throwsFormatException(string r, string s)
    {
        var signature = new Signature(Word(r), Word(s), 0);
        Assert.Throws<FormatException>(() => Signature.Recover(Bytes32.Zero, signature));
        Assert.Throws<FormatException>(() => Signature.Recover(Bytes32.Zero, signature with { V = 2 }));
    }

    [Theory]
    [InlineData(64, 27, true)]
    [InlineData(65, 2, true)]
    [InlineData(66, 27, true)]
    [InlineData(0, 0, false)]
    public void From65Bytes_WhenNoSignature_throwsNamingBytesAndLast(int length, byte last, bool hasLast)
    {
        byte[] bytes = [.. Enumerable.Repeat(last, length)];
        var exception = Assert.Throws<FormatException>(() => Signature.From65Bytes(bytes));
        Assert.StartsWith(hasLast ? $"{length} bytes, the last being {last};" : "0 bytes;", exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void To65Bytes_WhenVIsOutOfRange_throwsNamingIt(byte v)
    {
        var signature = new Signature(Bytes32.Zero, Bytes32.Zero, v);
        var exception = Assert.Throws<InvalidOperationException>(signature.To65Bytes);
        Assert.Contains($"v = {v}", exception.Message, StringComparison.Ordinal);
    }

    private static Address TryRecover(Bytes32 digest, Signature signature) =>
        Signature.TryRecover(digest, signature, out var account) ? account : Address.Zero;

    private static Bytes32 Word(string number)
    {
        var bytes = new byte[32];
        UInt256.Parse(number).WriteBigEndian(bytes);
        return Bytes32.FromBytes(bytes);
    }
}
