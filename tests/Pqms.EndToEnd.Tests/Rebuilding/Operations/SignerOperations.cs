using Pqms.Ethereum;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Rotation of the hub's signers.</summary>
internal sealed class SignerOperations(LedgerUse use)
{
    public IEnumerable<Operation> All =>
    [
        Operation.Of("announce a rotation", 3, Schedule) with { Follow = "ReportHub_RotationNotYet" },
        Operation.Of("withdraw a rotation", 1, () => use.Known.RotationAt == 0 ? null
            : new Sending(Admin, use.Contracts.Hub.CancelRotation())),
        Operation.Of("rotate", 5, () => use.Known.RotationAt == 0 || use.Now < use.Known.RotationAt ? null
            : new Sending(use.Seed.One(Cast.All), use.Contracts.Hub.Rotate())),
        Operation.Refused("ReportHub_RotationNotYet", () => use.Now < use.Known.RotationAt
            ? new Sending(Cast.Stranger, use.Contracts.Hub.Rotate()) : null, 2),
        Operation.Refused("ReportHub_NoRotation", () => use.Known.RotationAt == 0
            ? new Sending(Cast.Stranger, use.Contracts.Hub.Rotate()) : null),
        Operation.Refused("ReportHub_NotAdmin", () => new Sending(
            Cast.Stranger, use.Contracts.Hub.ScheduleRotation([use.AddressOf(Cast.Stranger)], 1))),
    ];

    private int Admin => use.AccountOf(use.Known.Admin);

    private Sending Schedule()
    {
        var signers = Cast.Signers.ToArray();
        use.Seed.Shuffle(signers.AsSpan());
        Address[] wanted = [.. signers.Take(use.Seed.Next(1, 4)).Select(use.AddressOf).Order()];
        var threshold = (byte)use.Seed.Next(1, wanted.Length + 1);
        return new Sending(Admin, use.Contracts.Hub.ScheduleRotation(wanted, threshold));
    }
}
