using Pqms.Ethereum;
using Pqms.Node.Running;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Running;

public sealed class DrawnIdsTests
{
    [Fact]
    public void Read_GivenKeptIds_hasThemInOrder()
    {
        using var folder = new TemporaryFolder();
        var ids = new DrawnIds(Path.Combine(folder.Path, "chain"));

        Assert.Empty(ids.Read());
        ids.Keep(UInt128.MaxValue, Address.Zero);
        ids.Keep(5, Address.Zero);

        Assert.Equal([UInt128.MaxValue, 5], ids.Read());
    }

    [Fact]
    public void Read_GivenALineTornByACrash_leavesItOut()
    {
        using var folder = new TemporaryFolder();
        folder.Write("drawn-ids.jsonl", """
            {"id":"resource-id-7","client":"0x00"}
            {"id":"resour
            """);

        Assert.Equal([(UInt128)7], new DrawnIds(folder.Path).Read());
    }
}
