using Pqms.Benchmarks.Harness;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Leaves;

namespace Pqms.Benchmarks.Cases;

/// <summary>Hashes, trees, signatures and key files of the Ethereum client. The goals are those of the client's design:
/// what other libraries take, or a fraction of it.</summary>
internal static class CryptoCases
{
    private const int Leaves = 1_000_000;
    private const int StandardScryptN = 1 << 18;
    private const string Password = "a password";

    private static readonly ICurve Managed = new BouncyCastleCurve();
    private static readonly NativeCurve? Native = NativeCurve.TryLoad();
    private static readonly Bytes32 Digest = Keccak256.Hash("digest"u8);
    private static readonly byte[] Secret = Keccak256.Hash("secret"u8).ToArray();

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("keccak-32", "ns", 650.0, _ => () => Hashes(2_000_000, 32), Benchmark.CpuNanoseconds)
        {
            Note = "one message of 32 bytes",
        },
        new("keccak-64k", "MB/s CPU", 170.0, _ => () => Hashes(1_000, 65_536),
            m => Benchmark.PerCpuSecond(m) * 65_536 / 1e6)
        {
            MoreIsBetter = true,
            Note = "one message of 64 KiB",
        },
        new("keccak-many", "ns", double.NaN, _ => Many, Benchmark.CpuNanoseconds)
        {
            Note = "one of many messages of 64 bytes: a node of a tree",
        },
        new("merkle-nodes", "s CPU", double.NaN, _ => Nodes(), Benchmark.CpuSeconds)
        {
            Note = "the tree over 1,000,000 leaf hashes",
        },
        new("merkle-batch", "s CPU", 1.5, _ => Trees(), Benchmark.CpuSeconds)
        {
            Note = "1,000,000 leaves of a report encoded, hashed twice, and their tree",
            MostRepetitions = 5,
        },
        .. Curves("bouncycastle", Managed, 158.0, 306.0),
        .. Native is null ? [] : Curves("libsecp256k1", Native, 29.0, 51.0),
        new("key-from-phrase", "ms CPU", double.NaN, _ => Phrases, Benchmark.CpuMilliseconds)
        {
            Note = "an account of 12 words, with " + Secp256k1.Backend,
        },
        new("keystore-scrypt", "s CPU", 1.0, _ => Files(StandardScryptN), Benchmark.CpuSeconds)
        {
            Note = "a file of geth's standard work opened: n = 2^18, r = 8; its 256 MB included",
            MostRepetitions = 5,
        },
    ];

    private static Benchmark[] Curves(string name, ICurve curve, double signGoal, double recoverGoal) =>
    [
        new("sign-" + name, "us CPU", signGoal, _ => () => Signatures(curve), Microseconds),
        new("recover-" + name, "us CPU", recoverGoal, _ => () => Recoveries(curve), Microseconds),
    ];

    private static double Microseconds(Measurement m) => Benchmark.CpuNanoseconds(m) / 1e3;

    private static Measurement Hashes(int calls, int length)
    {
        byte[] message = new byte[length];
        return Meter.Time(calls, () =>
        {
            Span<byte> digest = stackalloc byte[Keccak256.Size];
            for (int i = 0; i < calls; i++)
            {
                Keccak256.Hash(message, digest);
                message[0] = digest[0];
            }

            return message[0];
        });
    }

    private static Measurement Many()
    {
        const int Rounds = 2_000, Messages = 1_024;
        byte[] messages = new byte[Messages * 64];
        byte[] digests = new byte[Messages * Keccak256.Size];
        return Meter.Time(Rounds * Messages, () =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                Keccak256.HashMany(messages, 64, digests);
                messages[0] = digests[0];
            }

            return digests[0];
        });
    }

    private static Func<Measurement> Nodes()
    {
        Bytes32[] leaves = [.. Enumerable.Range(0, Leaves).Select(i => Keccak256.Hash(BitConverter.GetBytes(i)))];
        return () => Meter.Time(1, () => First(new MerkleTree(leaves).Root));
    }

    // A batch keeps its tree, so each repetition needs one of its own, made outside what is measured.
    private static Func<Measurement> Trees()
    {
        Leaf[] leaves = [.. Enumerable.Range(0, Leaves).Select(Take)];
        return () =>
        {
            Batch batch = new(1, 1, leaves);
            return Meter.Time(1, () => First(batch.Tree.Root));
        };
    }

    private static Leaf Take(int i) => new TakeLeaf(
        (UInt128)i, 1, 1, TakeResult.Delivered, 7, (ulong)i, i, i, 970_000, 970_000, 0, 1_000, (ulong)i, 3);

    private static Measurement Signatures(ICurve curve)
    {
        const int Calls = 2_000;
        return Meter.Time(Calls, () =>
        {
            Bytes32 digest = Digest;
            for (int i = 0; i < Calls; i++)
            {
                digest = curve.Sign(digest, Secret).R;
            }

            return First(digest);
        });
    }

    private static Measurement Recoveries(ICurve curve)
    {
        const int Calls = 1_000;
        Signature signature = curve.Sign(Digest, Secret);
        return Meter.Time(Calls, () =>
        {
            Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeySize];
            double sum = 0.0;
            for (int i = 0; i < Calls; i++)
            {
                sum += curve.TryRecover(Digest, signature, publicKey) ? publicKey[0] : 0.0;
            }

            return sum;
        });
    }

    private static Measurement Phrases()
    {
        const int Calls = 50;
        return Meter.Time(Calls, () =>
        {
            double sum = 0.0;
            for (int i = 0; i < Calls; i++)
            {
                using EthereumKey key = EthereumKey.FromMnemonic(Mnemonic.Development, i);
                sum += key.Address.ToArray()[0];
            }

            return sum;
        });
    }

    private static Func<Measurement> Files(int scryptN)
    {
        using EthereumKey key = EthereumKey.FromPrivateKey(Secret);
        string json = Keystore.Create(key, Password, scryptN);
        return () => Meter.Time(1, () =>
        {
            using EthereumKey opened = Keystore.Open(json, Password);
            return opened.Address.ToArray()[0];
        });
    }

    private static double First(Bytes32 hash) => hash.ToArray()[0];
}
