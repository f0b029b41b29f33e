namespace Pqms.Cli.Commands.Calc;

/// <summary>Every operation of the calculator; options, help, JSON and the reference are made from it.</summary>
internal static class OperationTable
{
    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. PairOperations.All,
        .. MetricOperations.All,
        .. MemoryOperations.All,
        .. LinkOperations.All,
        .. WayOperations.All,
        .. ChainOperations.All,
        .. BufferOperations.All,
        .. PoolOperations.All,
    ];
}
