using Pqms.Node.Chain;

namespace Pqms.Node.Tests.Support;

// A fact against a real development chain; skipped with a message where it is not installed.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HardhatFactAttribute : FactAttribute
{
    public HardhatFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("PQMS_REQUIRE_CHAIN") == "1")
        {
            return;
        }

        try
        {
            ChainLaunch.Hardhat(Repository.Root, 1);
        }
        catch (RefusedException error)
        {
            Skip = error.Refusal.ToString();
        }
    }
}
