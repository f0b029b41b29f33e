using FsCheck;
using FsCheck.Fluent;
using Pqms.Sdk.Leaves;
using Pqms.Tests;

namespace Pqms.Sdk.Tests.Leaves;

public sealed class LeafCodecTests
{
    private const string One = "00000000000000000000000000000001";

    public static TheoryData<Leaf, string> Golden => new()
    {
        {
            new DecisionLeaf(1, DecisionOutcome.Granted, 981_234, 5_000, 33_000_000, 999_000),
            "01" + One + "01" + "000ef8f2" + "0000000000001388" + "0000000001f78a40" + "000f3e58"
        },
        {
            new TakeLeaf(2, 3, 4, TakeResult.PoolEmpty, 5, 6, 7, -8, 9, 10, 11, 12, 13, 14),
            "02" + "00000000000000000000000000000002" + "0000000000000003" + "00000004" + "01" + "00000005"
            + "0000000000000006" + "0000000000000007" + "fffffffffffffff8" + "00000009" + "0000000a"
            + "000000000000000b" + "000000000000000c" + "000000000000000d" + "0000000e"
        },
        {
            new SettlementLeaf(UInt128.MaxValue, 15, 16),
            "03" + "ffffffffffffffffffffffffffffffff" + "0000000000000000000000000000000f"
            + "00000000000000000000000000000010"
        },
        {
            new PoolCountersLeaf(17, 18, 19, 20, 21, 22, 23, 24),
            "04" + "00000011" + "0000000000000012" + "0000000000000013" + "0000000000000014" + "0000000000000015"
            + "00000016" + "00000017" + "00000018"
        },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void ToPayload_GivenEachKind_givesTheGoldenBytes(Leaf leaf, string hex)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(leaf.ToPayload()));
        Assert.Equal(leaf, Leaf.FromPayload(Convert.FromHexString(hex)));
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void FromPayload_WhenCutOrExtended_isRefused(Leaf leaf, string hex)
    {
        Assert.NotNull(leaf);
        var payload = Convert.FromHexString(hex);
        for (var length = 0; length < payload.Length; length++)
        {
            Assert.Throws<FormatException>(() => Leaf.FromPayload(payload.AsSpan(0, length)));
        }

        Assert.Throws<FormatException>(() => Leaf.FromPayload([.. payload, 0]));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("06")]
    [InlineData("01" + One + "00" + "000ef8f2" + "0000000000001388" + "0000000001f78a40" + "000f3e58")]
    [InlineData("01" + One + "09" + "000ef8f2" + "0000000000001388" + "0000000001f78a40" + "000f3e58")]
    [InlineData("01" + One + "01" + "000f4241" + "0000000000001388" + "0000000001f78a40" + "000f3e58")]
    [InlineData("03" + One + "00000000000000000000000000000003" + "00000000000000000000000000000002")]
    [InlineData("05" + One + "00000001" + "00000002" + "000f4241" + "0000000000000003")]
    public void FromPayload_GivenAValueOutsideItsRange_isRefused(string hex) =>
        Assert.Throws<FormatException>(() => Leaf.FromPayload(Convert.FromHexString(hex)));

    [Fact]
    public void FromPayload_GivenAnyBytes_refusesOrGivesThemBack() =>
        Prop.ForAll(
            Gen.Choose(0, 6).SelectMany(kind => Gen.Choose(0, 255).ListOf(93)
                .Select(rest => Bytes(kind, rest))).ToArbitrary(),
            bytes =>
            {
                try
                {
                    return Leaf.FromPayload(bytes).ToPayload().AsSpan().SequenceEqual(bytes);
                }
                catch (FormatException)
                {
                    return true;
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestProfile.Count(500, 50000)).WithReplay(2, 3));

    // Takes have 94 bytes, settlements and counters 49, decisions 42.
    private static byte[] Bytes(int kind, IEnumerable<int> rest)
    {
        var length = kind switch { 1 => 41, 2 => 93, _ => 48 };
        var bytes = rest.Take(length).Select(value => (byte)value).Prepend((byte)kind).ToArray();
        if (kind == 2)
        {
            bytes[29] %= 3;
        }

        return bytes;
    }
}
