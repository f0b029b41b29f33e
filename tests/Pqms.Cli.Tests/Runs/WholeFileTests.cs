using Pqms.Cli.Runs;
using Pqms.Cli.Tests.Support;
using Pqms.Node;

namespace Pqms.Cli.Tests.Runs;

public sealed class WholeFileTests
{
    [Fact]
    public void Write_GivenAMissingFolder_makesItAndLeavesNoDraft()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "new", "x.csv");
        WholeFile.Write(path, "one");
        WholeFile.Write(path, "two");

        Assert.Equal("two", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Write_WhenTheFolderIsAFile_namesThePathAndTheNextStep()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("file", "");

        var refused = Assert.Throws<RefusedException>(() => WholeFile.Write(Path.Combine(file, "x.csv"), "one"));
        Assert.Contains(file, refused.Refusal.What);
        Assert.Equal(ExitCode.Prerequisite, refused.Refusal.Code);
    }
}
