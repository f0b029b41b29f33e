using Pqms.Ethereum;
using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Providers, and lots from production to disposal.</summary>
internal sealed class LotOperations(LedgerUse use)
{
    private const byte Consumed = 5;
    private const byte Expired = 6;
    private const byte Retired = 7;

    private static readonly Dictionary<byte, byte[]> Steps = new()
    {
        [1] = [2, 2, 2, Expired],
        [2] = [3, 3, 3, Expired],
        [3] = [4, 4, 2],
        [4] = [Consumed, Expired],
    };

    public IEnumerable<Operation> All =>
    [
        Operation.Of("register a provider", 4, Register),
        Operation.Of("resign", 1, () => Provider() is { } account
            ? new Sending(account, Inventory.Resign()) : null),
        Operation.Of("register a lot", 6, RegisterLot),
        Operation.Of("move a lot", 14, Move),
        Operation.Of("retire a lot", 4, () => Lot(IsOver) is not { } lot ? null
            : new Sending(use.AccountOf(lot.Provider), Inventory.RetireLot(lot.Id, Evidence()))),
        Operation.Refused("ParticleInventory_WrongStep", () => Lot(static lot => lot.Status < 4) is not { } lot ? null
            : new Sending(use.AccountOf(lot.Provider), Inventory.MoveLot(lot.Id, Consumed, Evidence()))),
        Operation.Refused("ParticleInventory_NotOwner", () => Lot(static lot => lot.Status < Retired) is not { } lot
            ? null : new Sending(Cast.Stranger, Inventory.MoveLot(lot.Id, Expired, Evidence()))),
        Operation.Refused("ParticleInventory_BadProvenance", Twice),
        Operation.Refused("ParticleInventory_NotProvider", () => new Sending(
            Cast.Stranger, Inventory.RegisterLot(use.Seed.NewId(), Terms()))),
    ];

    private ParticleInventoryContract Inventory => use.Contracts.Inventory;

    private static bool IsOver(KnownLot lot) => lot.Status is Consumed or Expired;

    private int? Provider()
    {
        int[] active = [.. Cast.Providers.Where(account =>
            use.Known.Providers.GetValueOrDefault(use.AddressOf(account)))];
        return active.Length == 0 ? null : use.Seed.One(active);
    }

    private Sending? Register()
    {
        int[] others = [.. Cast.Providers.Where(account =>
            !use.Known.Providers.GetValueOrDefault(use.AddressOf(account))
            && use.Known.Bonds.GetValueOrDefault(use.AddressOf(account)).Free >= RealmPreparation.Ether(1))];
        return others.Length == 0 ? null
            : new Sending(use.Seed.One(others), Inventory.RegisterProvider($"provider {use.Seed.Next(100)}"));
    }

    private LotTerms Terms() => new(
        use.Seed.One(use.Known.Kinds).Id, 1, (uint)use.Seed.Next(1, 100), (uint)use.Seed.Next(1_000_001),
        use.Now - (ulong)use.Seed.Next(1_000), 5, Evidence());

    private Sending? RegisterLot() => Provider() is not { } account ? null
        : new Sending(account, Inventory.RegisterLot(use.Seed.NewId(), Terms()));

    private Sending? Move() => Lot(lot => Steps.ContainsKey(lot.Status)) is not { } lot ? null : new Sending(
        use.AccountOf(lot.Provider), Inventory.MoveLot(lot.Id, use.Seed.One(Steps[lot.Status]), Evidence()));

    private Sending? Twice() => Provider() is not { } account || Lot(static _ => true) is not { } lot ? null
        : new Sending(
            account, Inventory.RegisterLot(use.Seed.NewId(), Terms() with { Provenance = lot.Terms.Provenance }));

    private KnownLot? Lot(Func<KnownLot, bool> fits) => use.Seed.Pick(use.Known.Lots.Where(fits));

    private Bytes32 Evidence() => Bytes32.FromBytes(use.Seed.Bytes(32));
}
