using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

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
}
