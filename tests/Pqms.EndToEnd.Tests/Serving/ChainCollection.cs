namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>Tests with a chain of their own run one after the other: two cores carry one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChainCollection
{
    public const string Name = "chain";
}
