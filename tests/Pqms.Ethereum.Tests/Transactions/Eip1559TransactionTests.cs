using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Transactions;

// Signed by ethers 6.17 with account 0 of the development phrase.
public sealed class Eip1559TransactionTests
{
    [Fact]
    public void Sign_GivenTransfer_givesEthersBytes()
    {
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, 0);
        var to = Address.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
        var signed = new Eip1559Transaction(31337, 0, Ether.Parse("1 gwei"), Ether.Parse("3 gwei"), 21000, to, 1,
            []).Sign(key);
        Assert.Equal(
            "0x02f86c827a6980843b9aca0084b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c80180c001"
            + "a0d88980f37a8935c23f1c351cc55f4ed8641bf9d83b653de340f6cd516725197e"
            + "a02c92763070333bf460cf77eb3f613d5177b7a63b37d324c744a94a1946edc0db",
            Hex.Encode(signed.Raw));
        Assert.Equal("0x825fff6864eea97503409cf8b78949f7d27f7d1658275b59983108948a9c7918", signed.Hash.ToString());
    }

    [Fact]
    public void Sign_GivenDeployment_givesEthersBytes()
    {
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, 0);
        var code = Hex.Decode("0x600a600c600039600a6000f3602a60005260206000f3");
        var signed = new Eip1559Transaction(
            1, 300, 0, UInt256.Parse("123456789012345678901"), 16777216, null, UInt256.Zero, code).Sign(key);
        Assert.Equal(
            "0x02f8710182012c808906b14e9f812f366c358401000000808096600a600c600039600a6000f3602a60005260206000f3c001"
            + "a0439d4a859348c2d686564faa14f69bee491961aa7db3306ebefa8230db0a75dd"
            + "a02a260707b0808c5d5514f6253e222776e4a95e2acb17347ddd4d006a1c97526b",
            Hex.Encode(signed.Raw));
        Assert.Equal("0x7efc0fbaf5f7c7a075a0938ca04d26d74b5ee167bedd05fc08e2be200156d8ca", signed.Hash.ToString());
    }

    [Theory]
    [InlineData(0, "0x5FbDB2315678afecb367f032d93F642f64180aa3")]
    [InlineData(1, "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512")]
    [InlineData(127, "0x5fc748f1FEb28d7b76fa1c6B07D8ba2d5535177c")]
    [InlineData(128, "0xB82008565FdC7e44609fA118A4a681E92581e680")]
    [InlineData(70000, "0x3808BBF68110240E59B12334b301d8F31ab36363")]
    public void PredictContractAddress_GivenNonce_givesEthersAddress(ulong nonce, string address)
    {
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, 0);
        Assert.Equal(address, TransactionSender.PredictContractAddress(key.Address, nonce).ToString());
    }

    [Fact]
    public void Decode_GivenSignedBytes_givesTheTransactionBack()
    {
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, 0);
        Eip1559Transaction[] transactions =
        [
            new(1, 0, 0, 0, 0, null, 0, []),
            new(31337, ulong.MaxValue, 5, UInt256.MaxValue, 21_000, key.Address, 7, [1]),
            new(31337, 128, 5, 6, 21_000, key.Address, UInt256.MaxValue, new byte[70_000]),
        ];
        foreach (var transaction in transactions)
        {
            var decoded = Eip1559Transaction.Decode(transaction.Sign(key).Raw);
            Assert.Equal(transaction with { Data = [] }, decoded with { Data = [] }, Fields);
            Assert.Equal(transaction.Data, decoded.Data);
        }
    }

    // Any damage: a FormatException or another transaction, and nothing else.
    [Fact]
    public void Decode_GivenDamagedBytes_throwsNothingButFormatException()
    {
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, 0);
        var raw = new Eip1559Transaction(31337, 3, 5, 6, 21_000, key.Address, 7, new byte[60]).Sign(key).Raw;
        var random = new Random(3);
        Assert.Throws<FormatException>(() => Eip1559Transaction.Decode([]));
        Assert.Throws<FormatException>(() => Eip1559Transaction.Decode([3, .. raw[1..]]));
        Assert.Throws<FormatException>(() => Eip1559Transaction.Decode(raw[..^1]));
        Assert.Throws<FormatException>(() => Eip1559Transaction.Decode([.. raw, 0]));
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = raw.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged = random.Next(3) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
            try
            {
                Eip1559Transaction.Decode(damaged);
            }
            catch (FormatException)
            {
                // Refused: as documented.
            }
        }
    }

    private static readonly IEqualityComparer<Eip1559Transaction> Fields =
        EqualityComparer<Eip1559Transaction>.Create((left, right) => left!.ToString() == right!.ToString());
}
