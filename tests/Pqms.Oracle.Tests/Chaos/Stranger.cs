using Pqms.Oracle.Tests.Peers;
using Pqms.Oracle.Tests.Simulation;

namespace Pqms.Oracle.Tests.Chaos;

/// <summary>Somebody who took no part, has no journal, and computes every report of the chain again.</summary>
internal sealed class Stranger(Council council) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Fails, naming the report, when a root on the chain is not what its blocks lead to.</summary>
    public void Check()
    {
        using var process = new OracleProcess(
            _folder.Path, () => council.Chain, [council.Keys[0]], era => new FakeMesh(era));
        process.Follow(int.MaxValue);
        Assert.Equal(council.Chain.Tip.After.Sequence, process.Book.Accepted);
        Assert.Equal((0, 0), process.Book.CountOwed());
        Verdict.Check(council.Chain, process.Journal, "stranger");
    }

    public void Dispose() => _folder.Dispose();
}
