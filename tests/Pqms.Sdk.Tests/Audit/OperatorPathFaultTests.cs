using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class OperatorPathFaultTests
{
    private static readonly Address Operator = SyntheticLedger.Account(44);
    private static readonly ulong Start = ToldLedger.Genesis + 9_000;
    private static readonly ulong End = Start + 1_800;

    private readonly ToldUse _ledger = new();

    public OperatorPathFaultTests()
    {
        _ledger.Next();
        _ledger.Tell(static place => new RolesSet(place, new(Operator, (UInt256)4UL)));
        _ledger.Next();
        _ledger.ChangePath(Key(), Start, End, 2, 2);
        _ledger.Next();
        _ledger.Tell(static place => new RolesSet(place, new(Operator, UInt256.Zero)));
        _ledger.Next();
        _ledger.ChangePath(Key(), Start, End, 0, 0);
    }

    [Fact]
    public void Rebuild_GivenAnOperatorsPath_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_WhenItIsOfAStranger_namesThePath() => Planted.Named(
        _ledger.With<RolesSet>(static e => e with { Data = e.Data with { Account = ToldLedger.Other } }), null,
        $"path {Key()} of 2 lanes in");

    [Fact]
    public void Rebuild_WhenHeHasAnotherRole_namesThePath() => Planted.Named(
        _ledger.With<RolesSet>(static e => e with { Data = e.Data with { Roles = (UInt256)8UL } }), null,
        "is the path of no operator");

    [Fact]
    public void Rebuild_WhenItEndsAtAnotherSecond_namesThePath() => Planted.Named(
        _ledger.With<PathChanged>(static e => e with { Data = e.Data with { End = e.Data.End - 1 } }), null,
        "is the path of no operator");

    private static Bytes32 Key()
    {
        var encoder = new AbiEncoder();
        encoder.WriteAddress(Operator);
        encoder.WriteUInt(ToldUse.Path(2, 1, 2));
        encoder.WriteUInt(Start);
        encoder.WriteUInt(End);
        return Keccak256.Hash(encoder.ToArray());
    }
}
