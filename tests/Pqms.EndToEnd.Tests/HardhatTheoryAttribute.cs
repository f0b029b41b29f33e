namespace Pqms.EndToEnd.Tests;

/// <summary>As <see cref="HardhatFactAttribute"/>, for tests with data.</summary>
public sealed class HardhatTheoryAttribute : TheoryAttribute
{
    public HardhatTheoryAttribute()
    {
        Skip = HardhatFactAttribute.SkipReason;
    }
}
