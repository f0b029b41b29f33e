namespace Pqms.Ethereum.Tests.Generators;

/// <summary>What the generated code does: each test compiles it against the client and runs it.</summary>
public sealed class AbiGeneratorCodeTests
{
    [Fact]
    public void Call_GivenStaticArguments_encodesSelectorAndWords()
    {
        // transfer(address,uint256) has the selector a9059cbb everywhere.
        var harness = GeneratorHarness.Of(
            SampleAbi.Function("transfer", "address to, uint256 amount", "bool", "nonpayable"));
        var data = (byte[])harness.Probe(
            """
            var to = Address.Parse("0x00000000000000000000000000000000000000ff");
            return new SampleContract(Address.Zero).Transfer(to, (UInt256)7UL).Data;
            """)!;
        var expected = "a9059cbb" + new string('0', 62) + "ff" + new string('0', 63) + "7";
        Assert.Equal(expected, Convert.ToHexStringLower(data));
    }

    [Fact]
    public void Call_GivenNestedDynamicArguments_matchesTheSpecificationsExample()
    {
        // Solidity documentation, "Use of Dynamic Types": g(uint256[][],string[]) with
        // ([[1,2],[3]],["one","two","three"]).
        var harness = GeneratorHarness.Of(SampleAbi.Function("g", "uint256[][] n, string[] s"));
        var data = (byte[])harness.Probe(
            """
            UInt256[][] numbers = [[1UL, 2UL], [3UL]];
            return new SampleContract(Address.Zero).G(numbers, ["one", "two", "three"]).Data;
            """)!;
        var words = new[]
        {
            "40", "140", "2", "40", "a0", "2", "1", "2", "1", "3", "3", "60", "a0", "e0", "3", "6f6e65>", "3",
            "74776f>", "5", "7468726565>",
        };
        var expected = "2289b18c" + string.Concat(words.Select(
            word => word.EndsWith('>') ? word.TrimEnd('>').PadRight(64, '0') : word.PadLeft(64, '0')));
        Assert.Equal(expected, Convert.ToHexStringLower(data));
    }

    [Fact]
    public void Call_GivenArraysOfEveryShape_decodesWhatItEncoded()
    {
        // The echo's answer has the layout of its arguments, so the encoded arguments are fed to its decoder.
        const string list = "uint8[3][] v0, bytes[2] v1, string[] v2, uint32[][2] v3, bytes4 v4, int64 v5, "
            + "bool v6, uint24 v7, Pair p, Pair[] ps, Pair[2] p2";
        var harness = GeneratorHarness.Of(SampleAbi.Function("echo", list, list));
        var text = harness.Probe(
            """
            var call = new SampleContract(Address.Zero).Echo(
                [[1, 2, 3], [4, 5, 6]], [[7], [8, 9]], ["x", "yz"], [[10], [11, 12]], [1, 2, 3, 4], -5, true, 0xffffff,
                new Pair(13, [14, 15]),
                [new Pair(16, []), new Pair(17, [18])],
                [new Pair(19, [20]), new Pair(21, [22])]);
            var r = call.Decode(call.Data[4..]);
            return $"{r.V0[1][2]} {r.V1[1][1]} {r.V2[1]} {r.V3[1][1]} {r.V4[3]} {r.V5} {r.V6} {r.V7:x} " +
                $"{r.P.A} {r.P.B[1]} {r.Ps.Length} {r.Ps[1].B[0]} {r.P2[1].A} {r.P2[1].B[0]}";
            """);
        Assert.Equal("6 9 yz 12 4 -5 True ffffff 13 15 2 18 21 22", text);
    }

    [Theory]
    [InlineData("uint24", "0x1000000u", "ArgumentOutOfRangeException")]
    [InlineData("int24", "0x800000", "ArgumentOutOfRangeException")]
    [InlineData("int24", "-0x800001", "ArgumentOutOfRangeException")]
    [InlineData("bytes4", "new byte[5]", "ArgumentException")]
    [InlineData("uint8[2]", "new byte[3]", "ArgumentException")]
    public void Call_GivenAValueOutsideItsType_isRefusedBeforeSending(string type, string value, string refusal)
    {
        var harness = GeneratorHarness.Of(
            SampleAbi.Function("f", type + " v"));
        var thrown = Assert.ThrowsAny<ArgumentException>(
            () => harness.Probe($"return new SampleContract(Address.Zero).F({value});"));
        Assert.Equal(refusal, thrown.GetType().Name);
    }

    [Theory]
    [InlineData("uint24", "0xffffffu")]
    [InlineData("int24", "0x7fffff")]
    [InlineData("int24", "-0x800000")]
    [InlineData("uint96", "(UInt128.One << 96) - 1")]
    [InlineData("uint136", "(UInt256)UInt128.MaxValue")]
    public void Call_GivenTheLastValueOfItsType_isEncoded(string type, string value)
    {
        var harness = GeneratorHarness.Of(
            SampleAbi.Function("f", type + " v", type));
        Assert.Equal(
            true,
            harness.Probe(
                $"""
                var call = new SampleContract(Address.Zero).F({value});
                return call.Decode(call.Data[4..]) == {value};
                """));
    }

    [Fact]
    public void Names_GivenKeywordsCollisionsAndBlanks_compile()
    {
        var harness = GeneratorHarness.Of(
            string.Join(
                ',',
                SampleAbi.Function("event", "bool class, bool _class, bool"),
                SampleAbi.Function("deploy", ""),
                SampleAbi.Function("address", ""),
                SampleAbi.Function("toString", "", "string"),
                SampleAbi.Event("fooEvent", "bool fooEventEvent, bool topic0"),
                SampleAbi.Error("Sample_Equals", "uint8 selector, uint8")),
            "0x6000");
        Assert.Equal(
            "event(bool,bool,bool) deploy() address() toString()",
            harness.Probe(
                """
                var c = new SampleContract(Address.Zero);
                return $"{c.Event(true, false, true).Signature} {c.DeployFunction().Signature} " +
                    $"{c.AddressFunction().Signature} {c.ToStringFunction().Signature}";
                """));
    }

    [Fact]
    public void Overloads_GivenTheSameCSharpTypes_getNamesOfTheirOwn()
    {
        var harness = GeneratorHarness.Of(
            string.Join(
                ',',
                SampleAbi.Function("f", "bytes a"),
                SampleAbi.Function("f", "bytes4 a"),
                SampleAbi.Function("f", "uint8 a")));
        Assert.Equal(
            "f(bytes) f(bytes4) f(uint8)",
            harness.Probe(
                """
                var c = new SampleContract(Address.Zero);
                var four = new byte[4];
                return $"{c.F(four).Signature} {c.F_bytes4(four).Signature} {c.F((byte)1).Signature}";
                """));
    }

    [Fact]
    public void Deploy_GivenConstructorArguments_appendsThemToTheBytecode()
    {
        var harness = GeneratorHarness.Of(SampleAbi.Constructor("uint8 threshold"), "0x60aa");
        Assert.Equal(
            "60aa" + new string('0', 63) + "5",
            Convert.ToHexStringLower((byte[])harness.Probe("return SampleContract.Deploy(5).InitCode;")!));
    }

    [Fact]
    public void Event_GivenIndexedDynamicAndPlainValues_isDecoded()
    {
        var harness = GeneratorHarness.Of(EventAbi);
        Assert.Equal("7 0x" + new string('1', 64) + " hi True", harness.Probe(
            EventProbe + """
            var ok = SampleContract.HappenedEvent.TryDecode(log, out var e);
            return $"{e.Id} {e.Label} {e.Text} {ok}";
            """));
    }

    [Theory]
    [InlineData("log with { Topics = [log.Topics[0], log.Topics[1]] }")]
    [InlineData("log with { Topics = [log.Topics[1], log.Topics[1], log.Topics[2]] }")]
    [InlineData("log with { Data = log.Data[..64] }")]
    [InlineData("log with { Data = [] }")]
    [InlineData("log with { Topics = [log.Topics[0], log.Topics[2], log.Topics[2]] }")]
    public void Event_GivenAForeignOrMalformedLog_isNotDecoded(string spoiled)
    {
        var harness = GeneratorHarness.Of(EventAbi);
        var probe = EventProbe + $"return SampleContract.HappenedEvent.TryDecode({spoiled}, out _);";
        Assert.Equal(false, harness.Probe(probe));
    }

    [Fact]
    public void Error_GivenItsRevertData_isNamedWithItsValues()
    {
        var harness = GeneratorHarness.Of(
            SampleAbi.Error("Sample_NotActive", "uint128 id, uint8 status"));
        Assert.Equal(
            "Sample_NotActive Sample_NotActive(id: 5, status: 2)",
            harness.Probe(
                """
                var encoder = new AbiEncoder();
                encoder.WriteUInt(5UL);
                encoder.WriteUInt(2UL);
                var data = encoder.ToArray(SampleContract.NotActiveError.Selector);
                var error = SampleContract.DecodeError(data)!;
                return $"{error.Name} {error.Text}";
                """));
        Assert.Null(GeneratorHarness.Of(SampleAbi.Error("Sample_NotActive", "uint128 id"))
            .Probe("return SampleContract.DecodeError(new byte[] { 1, 2, 3, 4, 5 });"));
    }

    private static readonly string EventAbi =
        SampleAbi.Event("Happened", "uint32 indexed id, string text, string indexed label");

    private const string EventProbe =
        """
        var encoder = new AbiEncoder();
        encoder.WriteString("hi");
        var one = Bytes32.Parse("0x" + new string('1', 64));
        var seven = Bytes32.Parse("0x" + new string('0', 63) + "7");
        var log = new LogEntry(
            Address.Zero, [SampleContract.HappenedEvent.Topic0, seven, one], encoder.ToArray(), 1, one, one, 0, 0);

        """;
}
