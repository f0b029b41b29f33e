using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>Getters of ReportHub.</summary>
internal sealed class HubComparison(Getters getters, LedgerHistory history)
{
    // The hub keeps the digests of so many reports.
    private const ulong RingSize = 65_536;

    public async Task CompareAsync(ulong timeSeconds)
    {
        var hub = getters.Contracts.Hub;
        var chain = history.Parts.Reports;
        await getters.ExpectAsync(AuditRule.Reports, null, "sequence", hub.Sequence(), (ulong)chain.Reports.Count);
        await getters.ExpectAsync(AuditRule.Reports, null, "era", hub.Era(), (ulong)chain.Eras.Count);
        await getters.ExpectAsync(AuditRule.Reports, null, "head", hub.Head(), chain.Head);
        await getters.ExpectAsync(AuditRule.Reports, null, "closed era", hub.EraClosed(), chain.EraClosed);
        await getters.ExpectAsync(AuditRule.Reports, null, "void reports", hub.VoidThrough(), chain.VoidThrough);
        foreach (var report in chain.Reports)
        {
            var number = report.Data.Sequence;
            await getters.ExpectAsync(
                AuditRule.Reports, null, $"lines of report {number}", hub.IsSettled(number),
                chain.Settled.Contains(number));
            var digest = (ulong)chain.Reports.Count - number < RingSize ? DigestOf(report) : Bytes32.Zero;
            await getters.ExpectAsync(
                AuditRule.Reports, null, $"digest of report {number}", hub.DigestOf(number), digest);
            var window = history.Parts.Registry.Config?.Data.ChallengeSeconds ?? 0;
            await getters.ExpectAsync(
                AuditRule.Reports, null, $"report {number} is final",
                hub.IsFinal(report.Data.Report, report.Data.AcceptedAt),
                digest != Bytes32.Zero && timeSeconds >= report.Data.AcceptedAt + window);
            await getters.ExpectAsync(
                AuditRule.Reports, null, $"hash of report {number}", hub.ReportHash(report.Data.Report),
                report.Data.ReportHash);
        }

        if (history.Parts.Registry.Config is { Data: var config })
        {
            await getters.ExpectAsync(
                AuditRule.Reports, null, "configuration", hub.ConfigDigest(), config.ConfigDigest);
            await getters.ExpectAsync(AuditRule.Reports, null, "threshold", hub.Threshold(), config.Threshold);
            await getters.ExpectAsync(
                AuditRule.Reports, null, "challenge seconds", hub.ChallengeSeconds(), config.ChallengeSeconds);
            await getters.ExpectAsync(
                AuditRule.Reports, null, "configurations", hub.ConfigCount(), config.ConfigCount);
            var signers = await getters.ReadAsync(hub.Signers());
            getters.Expect(AuditRule.Reports, null, "signers agree", signers.SequenceEqual(config.Signers), true);
        }

        var rotation = await getters.ReadAsync(hub.Rotation());
        var at = history.Parts.Registry.Rotation?.Data.ExecutableAt ?? 0;
        getters.Expect(AuditRule.Reports, null, "rotation", rotation.ExecutableAt, at);
    }

    private static Bytes32 DigestOf(ReportAccepted report)
    {
        var encoder = new AbiEncoder();
        encoder.WriteBytes32(report.Data.ReportHash);
        encoder.WriteUInt(report.Data.AcceptedAt);
        return Keccak256.Hash(encoder.ToArray());
    }
}
