using Pqms.Node.Settings;

namespace Pqms.Node.Tests.Settings;

public sealed class ConfirmationRuleTests
{
    private const ulong Development = 31_337;
    private const ulong Sepolia = 11_155_111;

    [Theory]
    [InlineData("auto", Development, false, 0)]
    [InlineData("auto", Sepolia, true, 0)]
    [InlineData("safe", Development, true, 0)]
    [InlineData("0", Sepolia, false, 0)]
    [InlineData("12", Sepolia, false, 12)]
    [InlineData("250", Development, false, 250)]
    public void TryParse_GivenARule_tellsWhatCountsOnAChain(string text, ulong chain, bool onlySafe, int blocks)
    {
        Assert.True(ConfirmationRule.TryParse(text, out var rule));
        Assert.Equal((onlySafe, blocks), (rule.IsOnlySafe(chain), rule.Blocks));
        Assert.Equal(text, rule.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("251")]
    [InlineData("1e1")]
    [InlineData("Safe")]
    [InlineData("finalized")]
    public void TryParse_GivenAnythingElse_isFalseAndByChain(string text)
    {
        Assert.False(ConfirmationRule.TryParse(text, out var rule));
        Assert.Equal(ConfirmationRule.ByChain, rule);
        Assert.Equal("auto, safe or an integer in [0, 250]", ConfirmationRule.Allowed);
    }
}
