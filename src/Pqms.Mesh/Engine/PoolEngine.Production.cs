using Pqms.Mesh.Pools;
using Pqms.Physics.States;

namespace Pqms.Mesh.Engine;

/// <summary>Production orders: pairs that leave the stock for whoever ordered them.</summary>
internal sealed partial class PoolEngine
{
    private readonly ProductionQueue _orders = new();

    /// <summary>Takes an order, or answers at once that too many are open.</summary>
    public void Produce(ProduceCommand command)
    {
        ulong count = (ulong)command.Count;
        _log.Append(_now, MeshEventKind.CommandApplied, CommandCode.Produce, count, command.OrderId);
        if (_orders.Count >= ProductionQueue.MaxOpen)
        {
            Report(new ProductionItem(command.OrderId, Index, 0, 0.0, 0.0, new MeshTime(_now)));
            return;
        }

        _orders.Add(command.OrderId, command.Count);
        SetAside();
    }

    /// <summary>Ends an order that is not collected yet.</summary>
    public void CancelProduction(UInt128 orderId)
    {
        _log.Append(_now, MeshEventKind.CommandApplied, CommandCode.CancelProduction, 0, orderId);
        _orders.Remove(orderId);
    }

    /// <summary>Pairs that orders leave alone: the places that the pool has to fill, and half of what it keeps above
    /// them, so that an order takes no place's next pair.</summary>
    private int KeptForReservations
    {
        get
        {
            int slots = _book.SlotsToFill(_now);
            return slots == 0 || _target <= slots ? slots : slots + ((_target - slots + 1) / 2);
        }
    }

    private void SetAside()
    {
        while (_orders.Count > 0 && _stock.Count > KeptForReservations
            && TryUse(_plan.Pool.FidelityFloor, out StoredPair pair))
        {
            double estimate = EstimateOf(pair);
            BellDiagonal truth = _probe.State(pair.Truth, _now);
            _tally.Delivered++;
            _tally.SetAside++;
            ulong bits = BitConverter.DoubleToUInt64Bits(truth.PhiPlus);
            _log.Append(_now, MeshEventKind.PairTaken, pair.Counter, bits, _orders.First.Id);
            Occupy();
            Refill();
            if (_orders.Collect(estimate, truth.PhiPlus, out ProductionOrder order))
            {
                Collected(order);
            }
        }
    }

    private void Collected(in ProductionOrder order)
    {
        double truth = order.TruthSum / order.Collected;
        ulong bits = BitConverter.DoubleToUInt64Bits(truth);
        _log.Append(_now, MeshEventKind.OrderCollected, (ulong)order.Collected, bits, order.Id);
        Report(new ProductionItem(
            order.Id, Index, order.Collected, order.EstimateSum / order.Collected, truth, new MeshTime(_now)));
    }
}
