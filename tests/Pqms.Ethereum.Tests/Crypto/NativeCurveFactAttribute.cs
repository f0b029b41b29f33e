using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

/// <summary>A test that needs libsecp256k1; skipped, saying how to get it, where it cannot be loaded.</summary>
internal sealed class NativeCurveFactAttribute : FactAttribute
{
    public NativeCurveFactAttribute()
    {
        Skip = NativeCurve.TryLoad() is null
            ? "libsecp256k1 is not installed: `apt-get install libsecp256k1-1` (Debian 12) or your system's package."
            : null;
    }
}
