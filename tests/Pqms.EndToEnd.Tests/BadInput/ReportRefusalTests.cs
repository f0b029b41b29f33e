using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.BadInput;

/// <summary>A report is accepted only as the next one, over a true block, by known signers.</summary>
[Collection(ChainCollection.Name)]
public sealed class ReportRefusalTests(SmallRealm fixture) : IClassFixture<SmallRealm>
{
    private static readonly Bytes32 _wrong = Bytes32.Parse("0x" + new string('5', 64));

    private readonly RealmChain _realm = fixture.Realm;
    private readonly HandReporter _reporter = new(fixture.Realm);

    [HardhatFact]
    public async Task Submit_GivenARightReport_isAcceptedOnce()
    {
        var draft = await _reporter.DraftAsync();
        var receipt = await _reporter.SubmitAsync(draft, Key);
        Assert.Single(receipt.Events.OfType<ReportAccepted>());
        await RefusedAsync(draft, "WrongSequence", $"expected: {draft.Report.Sequence + 1}");
    }

    [HardhatFact]
    public async Task Submit_GivenAWrongSequence_isRefusedWithTheNextOne()
    {
        var draft = await _reporter.DraftAsync();
        var next = draft.Report.Sequence;
        await RefusedAsync(
            draft with { Report = draft.Report with { Sequence = next + 1 } }, "WrongSequence",
            $"sequence: {next + 1}", $"expected: {next}");
    }

    [HardhatFact]
    public async Task Submit_GivenAWrongHead_isRefusedWithTheHead()
    {
        var draft = await _reporter.DraftAsync();
        await RefusedAsync(
            draft with { Report = draft.Report with { PreviousHead = _wrong } }, "WrongHead",
            $"previousHead: {_wrong}", $"expected: {draft.Report.PreviousHead}");
    }

    [HardhatFact]
    public async Task Submit_GivenAWrongEra_isRefused()
    {
        var draft = await _reporter.DraftAsync();
        await RefusedAsync(draft with { Report = draft.Report with { Era = 2 } }, "WrongEra", "era: 2", "expected: 1");
    }

    [HardhatFact]
    public async Task Submit_GivenAWrongBlockHash_isRefusedWithTheTrueOne()
    {
        var draft = await _reporter.DraftAsync();
        await RefusedAsync(
            draft with { Report = draft.Report with { ToBlockHash = _wrong } }, "WrongBlockHash",
            $"blockNumber: {draft.Report.ToBlock}", $"given: {_wrong}", $"expected: {draft.Report.ToBlockHash}");
    }

    [HardhatFact]
    public async Task Submit_GivenABlockThatIsNotThere_isRefusedWithTheReach()
    {
        var draft = await _reporter.DraftAsync();
        var ahead = draft.Report.ToBlock + 5;
        await RefusedAsync(
            draft with { Report = draft.Report with { ToBlock = ahead } }, "BlockOutOfReach",
            $"blockNumber: {ahead}", $"latest: {draft.Report.ToBlock}");
    }

    [HardhatFact]
    public async Task Submit_GivenABlockOutOfReach_needsAnAnchor()
    {
        var draft = await _reporter.DraftAsync();
        await _realm.SendAsync("hardhat_mine", "0x12c");
        await RefusedAsync(draft, "BlockOutOfReach", $"blockNumber: {draft.Report.ToBlock}");

        var tip = await _realm.Rpc.GetBlockAsync(BlockTag.Latest);
        await RefusedAsync(
            draft with { AnchorBlock = tip!.Number, AnchorHash = _wrong }, "WrongBlockHash", $"expected: {tip.Hash}");
        await _reporter.SubmitAsync(draft with { AnchorBlock = tip.Number, AnchorHash = tip.Hash }, Key);
    }

    [HardhatFact]
    public async Task Submit_GivenAStrangersSignature_isRefusedNamingTheStranger()
    {
        using var stranger = EthereumKey.FromMnemonic(Mnemonic.Development, 9);
        var draft = await _reporter.DraftAsync();
        await RefusedAsync(draft, [stranger], "UnknownSigner", $"recovered: {stranger.Address}");
    }

    [HardhatFact]
    public async Task Submit_GivenNoSignature_isRefusedWithTheThreshold() => await RefusedAsync(
        await _reporter.DraftAsync(), [], "SignatureCount", "count: 0", "threshold: 1", "signers: 1");

    [HardhatFact]
    public async Task Submit_GivenOtherDecisionsThanSigned_isRefused()
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        var draft = await _reporter.DraftAsync();
        await RefusedAsync(
            draft with { Decisions = [new Decision(id, (byte)DecisionOutcome.Granted, 1, 1, 1, 1)] }, "WrongDecisions");
        Assert.Equal(ReservationStatus.Requested, (await _realm.Client().GetReservationAsync(id))!.Status);
    }

    [HardhatFact]
    public async Task Settle_GivenOtherLinesOrTwice_isRefused()
    {
        var line = new Line(ReservationIds.New(), 0);
        var receipt = await _reporter.SubmitAsync(await _reporter.DraftAsync(null, [line]), Key);
        var accepted = receipt.Events.OfType<ReportAccepted>().Single();
        var client = _realm.Client();
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.SettleAsync(accepted, [line with { Delivered = 1 }]));
        await client.SettleAsync(accepted, [line]);
        var refused = await Assert.ThrowsAsync<RevertException>(() => client.SettleAsync(accepted, [line]));
        Assert.Equal("ReportHub_AlreadySettled", refused.Decoded?.Name);
    }

    private EthereumKey Key => _realm.Signers[0];

    private Task RefusedAsync(HandReport draft, string error, params string[] values) =>
        RefusedAsync(draft, [Key], error, values);

    private async Task RefusedAsync(HandReport draft, EthereumKey[] keys, string error, params string[] values)
    {
        var head = await _realm.Client().Contracts.Hub.Head().CallAsync(_realm.Rpc);
        var refused = await Assert.ThrowsAsync<RevertException>(() => _reporter.SubmitAsync(draft, keys));
        Assert.Equal("ReportHub_" + error, refused.Decoded?.Name);
        Assert.All(values, value => Assert.Contains(value, refused.Message, StringComparison.Ordinal));
        Assert.Equal(head, await _realm.Client().Contracts.Hub.Head().CallAsync(_realm.Rpc));
    }
}
