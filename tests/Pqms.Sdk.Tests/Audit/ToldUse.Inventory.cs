using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;
using Inventory = Pqms.Sdk.Contracts.ParticleInventoryContract;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>Bonds, lots and orders of a told ledger.</summary>
internal sealed partial class ToldUse
{
    private const ulong UnbondingSeconds = 40 * 86_400;

    public void Unbond(UInt128 amount)
    {
        Next();
        ChangeBond(
            Bond with
            {
                Free = Bond.Free - amount,
                Unbonding = Bond.Unbonding + amount,
                ReleasableAt = Time + UnbondingSeconds,
            },
            0);
    }

    public void FinishUnbonding()
    {
        Next(UnbondingSeconds);
        var amount = Bond.Unbonding;
        ChangeBond(Bond with { Unbonding = 0, ReleasableAt = 0 }, 0);
        Change(Provider, (Int128)amount, 0, 0);
    }

    public void Enrol()
    {
        Next();
        Tell(place => new ProviderSet(place, new Inventory.ProviderSetEvent(Provider, "p", true)));
    }

    public void Lot(UInt128 id, UInt128 order = default, byte provenance = 1, uint count = 5, uint fidelity = 990_000)
    {
        var terms = new LotTerms(1, 1, count, fidelity, Time, 0, SyntheticLedger.Word(provenance));
        Tell(place => new LotRegistered(place, new Inventory.LotRegisteredEvent(id, Provider, order, terms)));
    }

    public void MoveLot(UInt128 id, byte status, byte evidence = 9)
    {
        Next();
        Tell(place => new LotMoved(
            place, new Inventory.LotMovedEvent(id, status, SyntheticLedger.Word(evidence))));
    }

    public void Order(UInt128 id, UInt128 reward, UInt128 bond, uint count = 5)
    {
        Next();
        var terms = new OrderTerms(1, Pool, count, 900_000, Time + 1_000, reward, bond, Address.Zero);
        Tell(place => new OrderOpened(place, new Inventory.OrderOpenedEvent(id, Client, Client, terms)));
        Change(Client, -(Int128)reward, (Int128)reward, id);
    }

    public void Accept(UInt128 id, UInt128 bond, ulong hourCount)
    {
        Next();
        var at = Time;
        Tell(place => new OrderAccepted(place, new Inventory.OrderAcceptedEvent(id, Provider, at, hourCount)));
        ChangeBond(Bond with { Free = Bond.Free - bond, Locked = Bond.Locked + bond }, id);
    }

    public void Deliver(UInt128 id, UInt128 reward, UInt128 bond, byte provenance)
    {
        Next();
        Tell(place => new OrderDelivered(place, new Inventory.OrderDeliveredEvent(id, id, 5, 990_000)));
        Lot(id, id, provenance);
        ChangeBond(Bond with { Free = Bond.Free + bond, Locked = Bond.Locked - bond }, id);
        Change(Client, 0, -(Int128)reward, id);
        Change(Provider, (Int128)reward, 0, id);
    }

    public void Fail(UInt128 id, UInt128 reward, UInt128 bond)
    {
        Next(9_000);
        Tell(place => new OrderFailed(place, new Inventory.OrderFailedEvent(id)));
        ChangeBond(Bond with { Locked = Bond.Locked - bond }, id);
        Change(Client, (Int128)bond, 0, id);
        Change(Client, (Int128)reward, -(Int128)reward, id);
    }
}
