using Pqms.Node.Chain;

namespace Pqms.Node.Tests.Support;

// A fact that needs a Node.js with --import; skipped with a message where there is none.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    private static readonly Version WithImport = new(18, 19);

    public NodeFactAttribute()
    {
        if (!(NodeProgram.VersionOf("node") >= WithImport))
        {
            Skip = "needs Node.js 18.19 or later on the PATH";
        }
    }
}
