using Pqms.Ethereum;
using Pqms.Node.Deployment;
using Pqms.Node.Running;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Deployment;

public sealed class DeploymentRecordTests
{
    private static readonly Bytes32 Genesis = Bytes32.Parse("0x" + new string('a', 64));
    private static readonly Bytes32 Other = Bytes32.Parse("0x" + new string('b', 64));

    [Fact]
    public void Read_GivenWrittenRecord_isTheSame()
    {
        using var folder = new TemporaryFolder();
        var record = new DeploymentRecord(
            31337, Genesis.ToString(), "0x1", 7, new RunAddresses("0x1", "0x2", "0x3", "0x4", "0x5", "0x6", 7), true);
        var path = DeploymentRecord.PathOf(folder.Path, 31337, Genesis);

        record.Write(path);

        Assert.Equal(record, DeploymentRecord.Read(path));
    }

    [Fact]
    public void PathOf_GivenAnotherGenesis_isAnotherFile() => Assert.NotEqual(
        DeploymentRecord.PathOf("/data", 31337, Genesis), DeploymentRecord.PathOf("/data", 31337, Other));

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    public void Read_GivenBrokenFile_isNone(string text)
    {
        using var folder = new TemporaryFolder();

        Assert.Null(DeploymentRecord.Read(folder.Write("addresses.json", text)));
    }
}
