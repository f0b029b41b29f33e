using System.Security.Cryptography;
using Pqms.Mesh.Control;
using Pqms.Mesh.Engine;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh;

/// <summary>Snapshots.</summary>
public sealed partial class MeshEmulator
{
    private const uint SnapshotMark = 0x50514D53;
    private const int MaxReservations = 10_000_000;

    /// <summary>The whole state as canonical bytes: equal states give equal bytes.</summary>
    /// <remarks>
    /// The last 32 bytes are the SHA-256 of the others, so that a damaged snapshot is refused as a whole. They do not
    /// protect against somebody who forges one, which may be refused or stop the mesh later: compare the hash with a
    /// trusted one for that, as an era's start does.
    /// A mesh restored from them, with the same scenario and seed, goes on byte by byte as this one does. Taking a
    /// snapshot changes nothing.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Report items wait: drain them first, they are not kept.</exception>
    public byte[] Snapshot()
    {
        if (PendingItems > 0)
        {
            throw new InvalidOperationException($"{PendingItems} report items wait; drain them before a snapshot.");
        }

        var state = StateExchange.Writer();
        Exchange(state);
        byte[] bytes = state.ToBytes();
        return [.. bytes, .. SHA256.HashData(bytes)];
    }

    /// <summary>A mesh that goes on where a snapshot was taken.</summary>
    /// <param name="scenario">The scenario of the snapshot; another one is refused where it shows.</param>
    /// <param name="seed">Seed of the snapshot's run.</param>
    /// <param name="eraStart">The era's timestamp of the snapshot's run.</param>
    /// <param name="snapshot">Bytes of <see cref="Snapshot"/>.</param>
    /// <param name="options">How to run; per-attempt must be as it was.</param>
    /// <exception cref="ArgumentException">The bytes are no snapshot of this version, scenario and seed.</exception>
    public static MeshEmulator Restore(
        Scenario scenario, ulong seed, MeshTime eraStart, ReadOnlySpan<byte> snapshot, MeshOptions? options = null)
    {
        int length = snapshot.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !snapshot[length..].SequenceEqual(SHA256.HashData(snapshot[..length])))
        {
            throw new ArgumentException("Not a snapshot, or a damaged one: its digest is wrong.", nameof(snapshot));
        }

        MeshEmulator mesh = new(scenario, seed, eraStart, options);
        var state = StateExchange.Reader(snapshot[..length]);
        try
        {
            mesh.Exchange(state);
            state.End();
        }
        catch (Exception e) when (IsOfTheBytes(e))
        {
            throw new ArgumentException($"Not a snapshot of this mesh: {e.Message}", nameof(snapshot), e);
        }

        return mesh;
    }

    // A forged state can break any rule that its parts check for themselves when they are put together.
    private static bool IsOfTheBytes(Exception e) => e is StateFormatException or ArithmeticException
        or ArgumentException or InvalidOperationException or IndexOutOfRangeException;

    private void Exchange(StateExchange state)
    {
        state.Mark(SnapshotMark);
        state.Mark(MeshVersion.Current);
        ulong seed = _settings.Seed;
        state.Value(ref seed);
        bool perAttempt = _options.PerAttempt;
        state.Value(ref perAttempt);
        if (seed != _settings.Seed || perAttempt != _options.PerAttempt)
        {
            throw new StateFormatException($"It belongs to seed {seed}, per-attempt {perAttempt}.");
        }

        long now = Now.Nanoseconds;
        state.Value(ref now);
        Now = new MeshTime(now);
        ExchangeReservations(state);
        ExchangeOrders(state);
        _unaddressed.Exchange(state);
        _settings.Power.Exchange(state);
        foreach (PoolEngine pool in _pools)
        {
            pool.Exchange(state, _reservations);
        }

        foreach (PoolGroup group in _groups)
        {
            group.Exchange(state);
        }

        _slowLoop.Exchange(state);
    }

    private void ExchangeReservations(StateExchange state)
    {
        List<Reservation> reservations = [.. _reservations.Values.OrderBy(reservation => reservation.Id)];
        state.Items(reservations, MaxReservations, ExchangeOne);
        if (state.IsReading)
        {
            _reservations.Clear();
            reservations.ForEach(reservation => _reservations.Add(reservation.Id, reservation));
        }
    }

    private void ExchangeOrders(StateExchange state)
    {
        List<(UInt128 Id, int Pool)> orders = [.. _orders.OrderBy(order => order.Key).Select(o => (o.Key, o.Value))];
        state.Items(orders, MaxReservations, (StateExchange s, ref (UInt128 Id, int Pool) item) =>
        {
            s.Value(ref item.Id);
            s.Value(ref item.Pool, 0, _pools.Length - 1);
        });
        if (state.IsReading)
        {
            _orders.Clear();
            orders.ForEach(order => _orders.Add(order.Id, order.Pool));
        }
    }

    private void ExchangeOne(StateExchange state, ref Reservation item)
    {
        RequestCommand terms = state.IsReading
            ? new RequestCommand(0, 0, 0, default, default, 0.0, 0.0, 0, 0)
            : item.Terms;
        (UInt128 id, int pool, int slots) = (terms.ReservationId, terms.PoolIndex, terms.Slots);
        (long start, long end) = (terms.Start.Nanoseconds, terms.End.Nanoseconds);
        (double fidelity, double coherence) = (terms.FidelityMin, terms.CoherenceMinSeconds);
        (int takes, int priority) = (terms.TakesPerMinute, terms.Priority);
        state.Value(ref id);
        state.Value(ref pool, 0, _pools.Length - 1);
        state.Value(ref slots);
        state.Value(ref start);
        state.Value(ref end);
        state.Value(ref fidelity);
        state.Value(ref coherence);
        state.Value(ref takes);
        state.Value(ref priority);
        if (state.IsReading)
        {
            item = new Reservation(id, new RequestCommand(
                id, pool, slots, new MeshTime(start), new MeshTime(end), fidelity, coherence, takes, priority));
        }

        item.Exchange(state);
    }
}
