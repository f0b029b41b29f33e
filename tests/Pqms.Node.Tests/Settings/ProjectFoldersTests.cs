using Pqms.Node.Settings;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Settings;

public sealed class ProjectFoldersTests
{
    [Fact]
    public void FindRoot_GivenFolderInsideAClone_climbsToIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Pqms.sln", "");
        folder.Write("hardhat.config.js", "");
        var inside = Directory.CreateDirectory(Path.Combine(folder.Path, "src", "deep")).FullName;

        Assert.Equal(folder.Path, ProjectFolders.FindRoot(inside));
    }

    [Fact]
    public void FindRoot_GivenNoClone_isNull()
    {
        using var folder = new TemporaryFolder();

        Assert.Null(ProjectFolders.FindRoot(folder.Path));
    }

    [Fact]
    public void RequireWritable_GivenAFileInTheWay_refusesWithPathAndFlag()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data", "not a folder");

        var refused = Assert.Throws<RefusedException>(() => ProjectFolders.RequireWritable(path)).Refusal;

        Assert.Equal(ExitCode.Prerequisite, refused.Code);
        Assert.Contains(path, refused.What);
        Assert.Contains("--data-folder", refused.Next);
    }
}
