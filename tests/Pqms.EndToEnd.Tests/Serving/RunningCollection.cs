namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>Tests whose chain mines by the clock, and which therefore wait, run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class RunningCollection
{
    public const string Name = "running";
}
