using Pqms.Benchmarks.Harness;

namespace Pqms.Benchmarks.Cases;

/// <summary>Every benchmark, in the order of the table.</summary>
internal static class AllCases
{
    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        .. PhysicsCases.Benchmarks,
        .. BulkPoolCases.Benchmarks,
        .. ZoneMeshCases.Benchmarks,
        .. EngineCases.Benchmarks,
        .. ComparisonCases.Benchmarks,
        .. JournalCases.Benchmarks,
        .. RestartCases.Benchmarks,
        .. RingCases.Benchmarks,
        .. EthereumCases.Benchmarks,
        .. CryptoCases.Benchmarks,
    ];
}
