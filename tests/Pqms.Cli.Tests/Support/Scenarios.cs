using Pqms.Node.Settings;

namespace Pqms.Cli.Tests.Support;

// The scenarios of the repository.
internal static class Scenarios
{
    public static string PathOf(string name) => Path.Combine(ProjectFolders.Base, "scenarios", name + ".json");
}
