using System.Text;
using Pqms.Benchmarks.Contracts;
using Pqms.Benchmarks.Harness;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Transactions;

namespace Pqms.Benchmarks.Cases;

/// <summary>What a client of a chain does all day; the goals lie far below what other libraries need.</summary>
internal static class EthereumCases
{
    private const int Calls = 200_000;
    private const int Signatures = 500;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("abi-encode", "ns", 600.0, _ => Encode, Benchmark.CpuNanoseconds)
        {
            Note = "f(bytes32,uint256,address,uint64[8],(uint8,bytes)[3]) into a buffer; "
                + "Nethereum 6.1: 48,000 - 72,000",
        },
        new("abi-decode", "ns", double.NaN, _ => Decode, Benchmark.CpuNanoseconds)
        {
            Note = "the same values, strictly; the bytes are the array of eight, that of three, and three contents",
        },
        new("log-to-event", "ns", 1500.0, _ => ReadLog, Benchmark.CpuNanoseconds)
        {
            Note = "a node's JSON of a Transfer to the typed event; Nethereum 6.1: 48,000",
        },
        new("sign-1559", "us", 210.0, _ => Sign, m => Benchmark.CpuNanoseconds(m) / 1000.0)
        {
            Note = "build, sign and encode a transaction; Nethereum 6.1: 1,697",
        },
    ];

    private static Address Account => Address.Parse("0x00000000219ab540356cBB839Cbe05303d7705Fa");

    private static Item[] Items => [new(1, new byte[20]), new(2, new byte[32]), new(3, new byte[100])];

    private static Measurement Encode()
    {
        AbiEncoder encoder = new();
        byte[] buffer = new byte[2048];
        (Bytes32 hash, Address account) = (Keccak256.Hash("a"u8), Account);
        ulong[] numbers = [1, 2, 3, 4, 5, 6, 7, 8];
        Item[] items = Items;
        EncodeOnce(0);
        return Meter.Time(Calls, () =>
        {
            int sum = 0;
            for (int i = 0; i < Calls; i++)
            {
                sum += EncodeOnce((ulong)i);
            }

            return sum;
        });

        int EncodeOnce(ulong value)
        {
            PeerContract.EncodeF(encoder, hash, value, account, numbers, items);
            return encoder.CopyTo(buffer);
        }
    }

    private static Measurement Decode()
    {
        PeerContract contract = new(Account);
        byte[] data =
            contract.F(Keccak256.Hash("a"u8), 7UL, Account, [1, 2, 3, 4, 5, 6, 7, 8], Items).Data[4..];
        ContractCall<PeerGResult> call = contract.G();
        return Meter.Time(Calls, () =>
        {
            int sum = 0;
            for (int i = 0; i < Calls; i++)
            {
                sum += call.Decode(data).E[2].Content.Length;
            }

            return sum;
        });
    }

    private static Measurement ReadLog()
    {
        byte[] json = Encoding.UTF8.GetBytes($$"""
            {"address":"{{Account}}","topics":["{{PeerContract.TransferEvent.Topic0}}",
            "0x000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266",
            "0x00000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c8"],
            "data":"0x0000000000000000000000000000000000000000000000000de0b6b3a7640000",
            "blockHash":"0x{{new string('1', 64)}}","blockNumber":"0x10d4f","blockTimestamp":"0x66aabbcc",
            "transactionHash":"0x{{new string('2', 64)}}","transactionIndex":"0x1","logIndex":"0x5","removed":false}
            """);
        LogBuffer log = new();
        return Meter.Time(Calls, () =>
        {
            double sum = 0.0;
            for (int i = 0; i < Calls; i++)
            {
                log.Read(json);
                sum += PeerContract.TransferEvent.TryDecode(log.Topics, log.Data, out var transfer)
                    && transfer.To != transfer.From ? 1.0 : throw new InvalidOperationException("no Transfer");
            }

            return sum;
        });
    }

    private static Measurement Sign()
    {
        using EthereumKey key = EthereumKey.FromMnemonic(Mnemonic.Development, index: 0);
        byte[] data = new byte[68];
        return Meter.Time(Signatures, () =>
        {
            int sum = 0;
            for (int i = 0; i < Signatures; i++)
            {
                Eip1559Transaction transaction = new(
                    31_337, (ulong)i, 1_000_000_000UL, 3_000_000_000UL, 100_000, Account, UInt256.Zero, data);
                sum += transaction.Sign(key).Raw.Length;
            }

            return sum;
        });
    }
}
