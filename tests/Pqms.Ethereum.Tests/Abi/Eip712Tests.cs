using System.Text;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Abi;

public sealed class Eip712Tests
{
    // The example of EIP-712: Cow mails Bob; key = keccak256("cow").
    [Fact]
    public void Digest_GivenMailExample_givesItsDigestAndSignature()
    {
        var domain = Eip712.DomainSeparator(
            "Ether Mail", "1", 1, Address.Parse("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"));
        Assert.Equal("0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f", domain.ToString());

        var mail = new AbiEncoder();
        mail.WriteBytes32(
            Eip712.TypeHash("Mail(Person from,Person to,string contents)Person(string name,address wallet)"));
        mail.WriteBytes32(Person("Cow", "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"));
        mail.WriteBytes32(Person("Bob", "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"));
        mail.WriteBytes32(Keccak256.Hash(Encoding.UTF8.GetBytes("Hello, Bob!")));
        var digest = Eip712.Digest(domain, Keccak256.Hash(mail.ToArray()));
        Assert.Equal("0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2", digest.ToString());

        using var key = EthereumKey.FromPrivateKey(Keccak256.Hash("cow"u8).ToArray());
        Assert.Equal(
            "0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d"
            + "07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562" + "1c",
            Hex.Encode(key.Sign(digest).To65Bytes()));
    }

    private static Bytes32 Person(string name, string wallet)
    {
        var person = new AbiEncoder();
        person.WriteBytes32(Eip712.TypeHash("Person(string name,address wallet)"));
        person.WriteBytes32(Keccak256.Hash(Encoding.UTF8.GetBytes(name)));
        person.WriteAddress(Address.Parse(wallet));
        return Keccak256.Hash(person.ToArray());
    }
}
