namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>Tests that mine their chain's blocks themselves run one after the other, beside the running ones.</summary>
[CollectionDefinition(Name)]
public sealed class ChainCollection
{
    public const string Name = "chain";
}
