using Pqms.Ethereum;
using Pqms.Node;
using Registry = Pqms.Sdk.Contracts.RealmRegistryContract;
using static Pqms.Cli.Refusals.LedgerProblems;

namespace Pqms.Cli.Refusals;

/// <summary>Why the registry refused.</summary>
internal static class RegistryErrors
{
    public static IEnumerable<Func<byte[], Refusal?>> All() =>
    [
        On<Registry.NotAdminError>(Registry.NotAdminError.TryDecode, e => new Refusal(
            $"{e.Caller} is not the admin",
            "the admin only",
            "sign with the admin's key")),
        On<Registry.NotPendingAdminError>(Registry.NotPendingAdminError.TryDecode, e => new Refusal(
            $"{e.Caller} was not offered the office",
            e.PendingAdmin == Address.Zero ? "nobody was" : $"{e.PendingAdmin}",
            "sign with that account's key")),
        On<Registry.MissingRoleError>(Registry.MissingRoleError.TryDecode, e => new Refusal(
            $"{e.Caller} lacks the role {Role(e.Mask)}",
            "an account with that role",
            "sign with its key, or ask the admin for 'pqms role set'")),
        On<Registry.UnknownRolesError>(Registry.UnknownRolesError.TryDecode, e => new Refusal(
            $"the roles {e.Roles} are unknown",
            $"bits of {e.Known}",
            "correct the roles")),
        On<Registry.UnknownPauseBitsError>(Registry.UnknownPauseBitsError.TryDecode, e => new Refusal(
            $"the pause bits {e.Bits} are unknown, or none",
            $"bits of {e.Known}",
            "correct the bits")),
        On<Registry.ParameterOutOfRangeError>(Registry.ParameterOutOfRangeError.TryDecode, e => new Refusal(
            $"{e.Value} is out of range for {Parameter(e.Parameter)}",
            $"{e.Min} to {e.Max}",
            "correct the value; 'pqms parameter list' shows the ranges")),
        On<Registry.NothingScheduledError>(Registry.NothingScheduledError.TryDecode, e => new Refusal(
            $"no change of {Parameter(e.Parameter)} is announced",
            "an announced change",
            "'pqms parameter schedule' announces one")),
        On<Registry.NotYetError>(Registry.NotYetError.TryDecode, e => new Refusal(
            $"the change of {Parameter(e.Parameter)} cannot be applied yet",
            $"from {Time(e.ApplicableAt)} on",
            "try again then")),
        On<Registry.ZeroAddressError>(Registry.ZeroAddressError.TryDecode, _ => new Refusal(
            "the zero address is no account",
            "an account or contract",
            "correct the address")),
    ];

    private static string Parameter(byte parameter) =>
        Name(["ClientSlots", "ClientReservations", "MinSlotSeconds"], parameter);
}
