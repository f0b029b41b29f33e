namespace Pqms.Mesh.Tests.Engine;

/// <summary>Keeps every event of a run.</summary>
internal sealed class EventRecorder : IMeshObserver
{
    public List<MeshEvent> Events { get; } = [];

    public void Observe(in MeshEvent meshEvent) => Events.Add(meshEvent);

    /// <summary>Events of a kind, of one pool.</summary>
    public List<MeshEvent> Of(MeshEventKind kind, int pool = 0) =>
        Events.FindAll(e => e.Kind == kind && e.Entity == pool);

    /// <summary>Events of a kind within [from, until) in s, of one pool.</summary>
    public List<MeshEvent> Within(MeshEventKind kind, double from, double until, int pool = 0) =>
        Of(kind, pool).FindAll(e => e.At.Nanoseconds >= from * 1e9 && e.At.Nanoseconds < until * 1e9);
}
