namespace Pqms.Ethereum.Tests.Generators;

/// <summary>What the generated code does: each test compiles it against the client and runs it.</summary>
public sealed class AbiGeneratorCodeTests
{
    private const string Pair =
        """{"name":"p","type":"tuple","internalType":"struct Pair","components":[{"name":"a","type":"uint8"},{"name":"b","type":"bytes"}]}""";

    [Fact]
    public void Call_GivenStaticArguments_encodesSelectorAndWords()
    {
        // transfer(address,uint256) has the selector a9059cbb everywhere.
        var harness = GeneratorHarness.Of(
            """{"type":"function","name":"transfer","stateMutability":"nonpayable","inputs":[{"name":"to","type":"address"},{"name":"amount","type":"uint256"}],"outputs":[{"name":"","type":"bool"}]}""");
        var data = (byte[])harness.Probe(
            """return new SampleContract(Address.Zero).Transfer(Address.Parse("0x00000000000000000000000000000000000000ff"), (UInt256)7UL).Data;""")!;
        Assert.Equal("a9059cbb" + new string('0', 62) + "ff" + new string('0', 63) + "7", Convert.ToHexStringLower(data));
    }

    [Fact]
    public void Call_GivenNestedDynamicArguments_matchesTheSpecificationsExample()
    {
        // Solidity documentation, "Use of Dynamic Types": g(uint256[][],string[]) with ([[1,2],[3]],["one","two","three"]).
        var harness = GeneratorHarness.Of(
            """{"type":"function","name":"g","stateMutability":"view","inputs":[{"name":"n","type":"uint256[][]"},{"name":"s","type":"string[]"}],"outputs":[]}""");
        var data = (byte[])harness.Probe(
            """return new SampleContract(Address.Zero).G([[(UInt256)1UL, (UInt256)2UL], [(UInt256)3UL]], ["one", "two", "three"]).Data;""")!;
        var words = new[]
        {
            "40", "140", "2", "40", "a0", "2", "1", "2", "1", "3", "3", "60", "a0", "e0", "3", "6f6e65>", "3", "74776f>",
            "5", "7468726565>",
        };
        var expected = "2289b18c" + string.Concat(words.Select(
            word => word.EndsWith('>') ? word.TrimEnd('>').PadRight(64, '0') : word.PadLeft(64, '0')));
        Assert.Equal(expected, Convert.ToHexStringLower(data));
    }

    [Fact]
    public void Call_GivenArraysOfEveryShape_decodesWhatItEncoded()
    {
        // The echo's answer has the layout of its arguments, so the encoded arguments are fed to its decoder.
        var parameters = string.Join(',', "uint8[3][]", "bytes[2]", "string[]", "uint32[][2]", "bytes4", "int64", "bool", "uint24")
            .Split(',')
            .Select((type, i) => $$"""{"name":"v{{i}}","type":"{{type}}"}""")
            .Append(Pair)
            .Append(Pair.Replace("\"tuple\"", "\"tuple[]\"").Replace("\"p\"", "\"ps\""))
            .Append(Pair.Replace("\"tuple\"", "\"tuple[2]\"").Replace("\"p\"", "\"p2\""));
        var list = string.Join(',', parameters);
        var harness = GeneratorHarness.Of(
            $$"""{"type":"function","name":"echo","stateMutability":"view","inputs":[{{list}}],"outputs":[{{list}}]}""");
        var text = harness.Probe(
            """
            var call = new SampleContract(Address.Zero).Echo(
                [[1, 2, 3], [4, 5, 6]], [[7], [8, 9]], ["x", "yz"], [[10], [11, 12]], [1, 2, 3, 4], -5, true, 0xffffff,
                new Pair(13, [14, 15]), [new Pair(16, []), new Pair(17, [18])], [new Pair(19, [20]), new Pair(21, [22])]);
            var r = call.Decode(call.Data[4..]);
            return $"{r.V0[1][2]} {r.V1[1][1]} {r.V2[1]} {r.V3[1][1]} {r.V4[3]} {r.V5} {r.V6} {r.V7:x} {r.P.A} {r.P.B[1]} " +
                $"{r.Ps.Length} {r.Ps[1].B[0]} {r.P2[1].A} {r.P2[1].B[0]}";
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
            $$"""{"type":"function","name":"f","stateMutability":"view","inputs":[{"name":"v","type":"{{type}}"}],"outputs":[]}""");
        var thrown = Assert.ThrowsAny<ArgumentException>(
            () => harness.Probe($"return new SampleContract(Address.Zero).F({value});"));
        Assert.Equal(refusal, thrown.GetType().Name);
    }

    [Theory]
    [InlineData("uint24", "0xffffffu")]
    [InlineData("int24", "0x7fffff")]
    [InlineData("int24", "-0x800000")]
    [InlineData("uint96", "(UInt128.One << 96) - 1")]
    public void Call_GivenTheLastValueOfItsType_isEncoded(string type, string value)
    {
        var harness = GeneratorHarness.Of(
            $$"""{"type":"function","name":"f","stateMutability":"view","inputs":[{"name":"v","type":"{{type}}"}],"outputs":[{"name":"","type":"{{type}}"}]}""");
        Assert.Equal(
            true,
            harness.Probe($"var call = new SampleContract(Address.Zero).F({value}); return call.Decode(call.Data[4..]) == {value};"));
    }

    [Fact]
    public void Names_GivenKeywordsCollisionsAndBlanks_compile()
    {
        var harness = GeneratorHarness.Of(
            """
            {"type":"function","name":"event","stateMutability":"view","inputs":[{"name":"class","type":"bool"},{"name":"_class","type":"bool"},{"name":"","type":"bool"}],"outputs":[]},
            {"type":"function","name":"deploy","stateMutability":"view","inputs":[],"outputs":[]},
            {"type":"function","name":"address","stateMutability":"view","inputs":[],"outputs":[]},
            {"type":"function","name":"toString","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"string"}]},
            {"type":"event","name":"fooEvent","anonymous":false,"inputs":[{"name":"fooEventEvent","type":"bool","indexed":false},{"name":"topic0","type":"bool","indexed":false}]},
            {"type":"error","name":"Sample_Equals","inputs":[{"name":"selector","type":"uint8"},{"name":"","type":"uint8"}]}
            """,
            "0x6000");
        Assert.Equal(
            "event(bool,bool,bool) deploy() address() toString()",
            harness.Probe(
                """
                var c = new SampleContract(Address.Zero);
                return $"{c.Event(true, false, true).Signature} {c.DeployFunction().Signature} {c.AddressFunction().Signature} {c.ToStringFunction().Signature}";
                """));
    }

    [Fact]
    public void Overloads_GivenTheSameCSharpTypes_getNamesOfTheirOwn()
    {
        var harness = GeneratorHarness.Of(
            """
            {"type":"function","name":"f","stateMutability":"nonpayable","inputs":[{"name":"a","type":"bytes"}],"outputs":[]},
            {"type":"function","name":"f","stateMutability":"nonpayable","inputs":[{"name":"a","type":"bytes4"}],"outputs":[]},
            {"type":"function","name":"f","stateMutability":"nonpayable","inputs":[{"name":"a","type":"uint8"}],"outputs":[]}
            """);
        Assert.Equal(
            "f(bytes) f(bytes4) f(uint8)",
            harness.Probe(
                """
                var c = new SampleContract(Address.Zero);
                return $"{c.F(new byte[4]).Signature} {c.F_bytes4(new byte[4]).Signature} {c.F((byte)1).Signature}";
                """));
    }

    [Fact]
    public void Deploy_GivenConstructorArguments_appendsThemToTheBytecode()
    {
        var harness = GeneratorHarness.Of(
            """{"type":"constructor","stateMutability":"nonpayable","inputs":[{"name":"threshold","type":"uint8"}]}""", "0x60aa");
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
        Assert.Equal(false, harness.Probe(EventProbe + $"return SampleContract.HappenedEvent.TryDecode({spoiled}, out _);"));
    }

    [Fact]
    public void Error_GivenItsRevertData_isNamedWithItsValues()
    {
        var harness = GeneratorHarness.Of(
            """{"type":"error","name":"Sample_NotActive","inputs":[{"name":"id","type":"uint128"},{"name":"status","type":"uint8"}]}""");
        Assert.Equal(
            "Sample_NotActive Sample_NotActive(id: 5, status: 2)",
            harness.Probe(
                """
                var encoder = new AbiEncoder();
                encoder.WriteUInt(5UL);
                encoder.WriteUInt(2UL);
                var error = SampleContract.DecodeError(encoder.ToArray(SampleContract.NotActiveError.Selector))!;
                return $"{error.Name} {error.Text}";
                """));
        Assert.Null(GeneratorHarness.Of(
            """{"type":"error","name":"Sample_NotActive","inputs":[{"name":"id","type":"uint128"}]}""")
            .Probe("return SampleContract.DecodeError(new byte[] { 1, 2, 3, 4, 5 });"));
    }

    private const string EventAbi =
        """{"type":"event","name":"Happened","anonymous":false,"inputs":[{"name":"id","type":"uint32","indexed":true},{"name":"text","type":"string","indexed":false},{"name":"label","type":"string","indexed":true}]}""";

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
