using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Offices, pause bits, parameters and the directory.</summary>
internal sealed class RegistryOperations(LedgerUse use)
{
    private const uint Bookings = 1;
    private const uint Reports = 2;

    public IEnumerable<Operation> All =>
    [
        Operation.Of("pause bookings", 1, () => Pause(Bookings)) with { Follow = "ParticleAllocation_Paused" },
        Operation.Of("pause reports", 1, () => Pause(Reports)),
        Operation.Of("pause all", 1, () => Pause(Bookings | Reports)),
        Operation.Of("unpause", 20, () => use.Known.PauseBits == 0 ? null : new Sending(
            Cast.Admin, Registry.Unpause(use.Seed.Chance(2) ? use.Known.PauseBits : Bookings | Reports))),
        Operation.Of("set roles", 1, () => new Sending(
            Admin, Registry.SetRoles(use.AddressOf(Cast.Stranger), (ulong)use.Seed.Next(1, 8) & 6))),
        Operation.Of("set an address", 1, () => new Sending(Admin, Registry.SetAddress(
            Keccak256.Hash([(byte)use.Seed.Next(3)]), use.AddressOf(use.Seed.One(Cast.All))))),
        Operation.Of("announce a parameter", 3, Schedule) with { Follow = "RealmRegistry_NotYet" },
        Operation.Of("withdraw a parameter", 1, () => Scheduled(Admin, Registry.Unschedule, _ => true)),
        Operation.Of("apply a parameter", 4,
            () => Scheduled(use.Seed.One(Cast.All), Registry.ApplyParameter, at => use.Now >= at)),
        Operation.Of("offer the admin's office", 2, () => new Sending(Admin, Registry.TransferAdmin(
            use.AddressOf(Admin == Cast.Admin ? Cast.OtherAdmin : Cast.Admin)))),
        Operation.Of("take the admin's office", 3, () => use.Known.PendingAdmin == Address.Zero ? null
            : new Sending(use.AccountOf(use.Known.PendingAdmin), Registry.AcceptAdmin())),
        Operation.Refused("RealmRegistry_NotYet",
            () => Scheduled(Cast.Stranger, Registry.ApplyParameter, at => use.Now < at), 2),
        Operation.Refused("RealmRegistry_NothingScheduled", () => Idle(Registry.ApplyParameter)),
        Operation.Refused("RealmRegistry_MissingRole", () => new Sending(Cast.Clients[0], Registry.Pause(Bookings))),
        Operation.Refused("RealmRegistry_NotAdmin", () => new Sending(
            Cast.Clients[0], Registry.TransferAdmin(use.AddressOf(Cast.Clients[0])))),
        Operation.Refused("RealmRegistry_NotPendingAdmin",
            () => new Sending(Cast.Clients[0], Registry.AcceptAdmin())),
        Operation.Refused("RealmRegistry_ParameterOutOfRange", () => new Sending(Admin, Registry.Schedule(0, 0))),
    ];

    private RealmRegistryContract Registry => use.Contracts.Registry;

    private int Admin => use.AccountOf(use.Known.Admin);

    // What is paused already stays paused.
    private Sending Pause(uint bits) => new(Cast.Admin, Registry.Pause(bits));

    // Within the ranges, and wide enough for the other operations.
    private Sending Schedule()
    {
        var parameter = (byte)use.Seed.Next(3);
        var (least, most) = parameter switch { 0 => (300, 100_001), 1 => (200, 65_536), _ => (1, 120) };
        return new Sending(Admin, Registry.Schedule(parameter, (uint)use.Seed.Next(least, most)));
    }

    private Sending? Scheduled(
        int account, Func<byte, Pqms.Ethereum.Contracts.ContractCall> call, Func<ulong, bool> fits)
    {
        byte[] announced = [.. use.Known.Scheduled.Where(pair => pair.Value > 0 && fits(pair.Value))
            .Select(static pair => pair.Key)];
        return announced.Length == 0 ? null : new Sending(account, call(use.Seed.One(announced)));
    }

    private Sending? Idle(Func<byte, Pqms.Ethereum.Contracts.ContractCall> call)
    {
        byte[] idle = [.. new byte[] { 0, 1, 2 }.Where(one => use.Known.Scheduled.GetValueOrDefault(one) == 0)];
        return idle.Length == 0 ? null : new Sending(Cast.Stranger, call(use.Seed.One(idle)));
    }
}
