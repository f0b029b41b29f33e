using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;

namespace Pqms.Oracle.Tests.Hosting;

public sealed class OracleOptionsTests
{
    private static readonly byte[] _file = [1, 2, 3];

    [Fact]
    public void ScenariosFrom_GivenAnUnknownHash_hasNoFileInsteadOfAnEmptyOne()
    {
        var find = OracleOptions.ScenariosFrom(_file);

        Assert.Null(find(Bytes32.Zero));
        Assert.Equal(_file, find(Keccak256.Hash(_file))!.Value.ToArray());
    }
    [Theory]
    [InlineData("", 512)]
    [InlineData("Oracle 1", 512)]
    [InlineData("abcdefghijklmnopqrstu", 512)]
    [InlineData("a;drop_schema", 512)]
    [InlineData("oracle", 15)]
    [InlineData("oracle", 1_000_001)]
    public void Validate_WhenJournalOptionOutOfRange_namesIt(string name, int snapshotBlocks)
    {
        var options = new JournalOptions { Name = name, SnapshotBlocks = snapshotBlocks };
        OracleException refusal = Assert.Throws<OracleException>(options.Validate);
        Assert.Contains("allowed:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_GivenPostgresWithoutAConnection_saysWhatIsMissing()
    {
        var options = new JournalOptions { Store = JournalStoreKind.Postgres };
        OracleException refusal = Assert.Throws<OracleException>(options.Validate);
        Assert.Contains("connection string", refusal.Message, StringComparison.Ordinal);
    }
}
