using Pqms.Node.Settings;

namespace Pqms.Node.Tests.Support;

internal static class Repository
{
    public static string Root { get; } = ProjectFolders.FindRoot(AppContext.BaseDirectory)
        ?? throw new InvalidOperationException("the tests do not run inside a clone");
}
