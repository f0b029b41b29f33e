using Pqms.Mesh.Control;
using Pqms.Mesh.Engine;

namespace Pqms.Mesh;

/// <summary>Commands that need more than one pool, or none.</summary>
public sealed partial class MeshEmulator
{
    private const int MaxGroup = 8;

    private void Request(RequestCommand command)
    {
        CheckRequest(command);
        if (IsUnknown(command.PoolIndex))
        {
            RefuseUnknown(command);
            return;
        }

        _pools[command.PoolIndex].Request(command, Register(command), _blockSeconds);
    }

    private void Request(RequestGroupCommand group)
    {
        int count = group.Requests.Count;
        if (count < 2 || count > MaxGroup)
        {
            throw new ArgumentException($"A group has 2 to {MaxGroup} requests, not {count}.", nameof(group));
        }

        Reservation?[] members = new Reservation?[count];
        for (int i = 0; i < count; i++)
        {
            CheckRequest(group.Requests[i]);
            members[i] = IsUnknown(group.Requests[i].PoolIndex) ? null : Register(group.Requests[i]);
        }

        GrantForecast?[] forecasts = new GrantForecast?[count];
        bool all = true;
        for (int i = 0; i < count; i++)
        {
            forecasts[i] = members[i] is { } member ? ForecastOf(member, members) : null;
            all &= forecasts[i]?.Outcome == GrantOutcome.Granted;
        }

        for (int i = 0; i < count; i++)
        {
            Answer(group.Requests[i], members[i], forecasts[i], all);
            CollectItems();
        }
    }

    // Called after each answer of a group, since otherwise answers would come in the order of the pools.
    private void CollectItems()
    {
        int first = _items.Count;
        foreach (PoolEngine pool in _pools)
        {
            _items.AddRange(pool.Items);
            pool.Items.Clear();
        }

        EventOrder.SortTail(_items, first);
    }

    private GrantForecast ForecastOf(Reservation member, Reservation?[] members)
    {
        List<Reservation> others = [];
        foreach (Reservation? other in members)
        {
            if (other is not null && !ReferenceEquals(other, member) && other.PoolIndex == member.PoolIndex)
            {
                others.Add(other);
            }
        }

        return _pools[member.PoolIndex].Forecast(member.Terms, others, _blockSeconds);
    }

    private void Answer(RequestCommand request, Reservation? member, GrantForecast? forecast, bool all)
    {
        if (member is null || forecast is null)
        {
            RefuseUnknown(request);
            return;
        }

        bool isPulledDown = !all && forecast.Outcome == GrantOutcome.Granted;
        PoolEngine pool = _pools[member.PoolIndex];
        pool.LogRequest(request);
        pool.Answer(request, member, isPulledDown ? forecast with { Outcome = GrantOutcome.GroupRefused } : forecast);
    }

    private static void CheckRequest(RequestCommand command)
    {
        bool whole = command.Start.Nanoseconds % MeshTime.NanosecondsPerSecond == 0
            && command.End.Nanoseconds % MeshTime.NanosecondsPerSecond == 0;
        if (command.Slots < 1 || command.TakesPerMinute < 0 || !whole)
        {
            throw new ArgumentException($"Not a request the ledger lets through: {command}.", nameof(command));
        }
    }

    private Reservation Register(RequestCommand command)
    {
        Reservation reservation = new(command.ReservationId, command);
        return _reservations.TryAdd(command.ReservationId, reservation)
            ? reservation
            : throw new ArgumentException(
                $"Reservation {command.ReservationId} was requested before.", nameof(command));
    }

    private bool IsUnknown(int poolIndex) => poolIndex < 0 || poolIndex >= _pools.Length;

    private void RefuseUnknown(RequestCommand command)
    {
        ulong outcome = (ulong)GrantOutcome.UnknownPool;
        _unaddressed.Append(Now.Nanoseconds, MeshEventKind.Decided, outcome, 0, command.ReservationId);
        _items.Add((
            Now.Nanoseconds,
            new DecisionItem(command.ReservationId, GrantOutcome.UnknownPool, 0.0, 0.0, 0.0, 0.0)));
    }

    private void Produce(ProduceCommand command)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(command.Count, 1, nameof(command));
        if (IsUnknown(command.PoolIndex))
        {
            _unaddressed.Append(Now.Nanoseconds, MeshEventKind.OrderCollected, 0, 0, command.OrderId);
            _items.Add((Now.Nanoseconds, new ProductionItem(command.OrderId, -1, 0, 0.0, 0.0, Now)));
            return;
        }

        if (!_orders.TryAdd(command.OrderId, command.PoolIndex))
        {
            throw new ArgumentException($"Order {command.OrderId} was given before.", nameof(command));
        }

        _pools[command.PoolIndex].Produce(command);
    }

    private void Take(TakeCommand command)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(command.Count, 1, nameof(command));
        if (_reservations.TryGetValue(command.ReservationId, out Reservation? reservation))
        {
            _pools[reservation.PoolIndex].Take(reservation, command);
            return;
        }

        for (int i = 0; i < command.Count; i++)
        {
            ulong number = command.FirstTake + (ulong)i;
            ulong outcome = (ulong)TakeOutcome.NotActive;
            _unaddressed.Append(Now.Nanoseconds, MeshEventKind.TakeAnswered, number, outcome, command.ReservationId);
            TakeItem item = new(
                command.ReservationId, number, -1, TakeOutcome.NotActive, default, Now, default, 0.0, 0.0, 0, 0, 0, 0);
            _items.Add((Now.Nanoseconds, item));
        }
    }
}
