using System.Globalization;
using Pqms.Node.Keys;
using Pqms.Oracle;

namespace Pqms.Node.Settings;

/// <summary>When a block counts for an oracle: after so many more, when the chain calls it safe, or by the chain: at
/// once on a development chain, when safe elsewhere.</summary>
public sealed record ConfirmationRule
{
    private const string Auto = "auto";
    private const string Safe = "safe";

    private readonly string _text;

    private ConfirmationRule(string text) => _text = text;

    /// <summary>What <see cref="TryParse"/> takes.</summary>
    public static readonly string Allowed = $"{Auto}, {Safe} or an integer in [0, {OracleOptions.MaxConfirmations}]";

    /// <summary>The default.</summary>
    public static readonly ConfirmationRule ByChain = new(Auto);

    /// <summary>Reads a setting.</summary>
    /// <param name="text">As <see cref="Allowed"/> says.</param>
    /// <param name="rule">The rule, when the text is one.</param>
    public static bool TryParse(string text, out ConfirmationRule rule)
    {
        var known = text is Auto or Safe
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var blocks)
                && blocks <= OracleOptions.MaxConfirmations);
        rule = known ? new ConfirmationRule(text) : ByChain;
        return known;
    }

    /// <summary>Whether only safe blocks count on a chain.</summary>
    /// <param name="chainId">The chain's id.</param>
    public bool IsOnlySafe(ulong chainId) =>
        _text == Safe || (_text == Auto && chainId != KeyRing.DevelopmentChainId);

    /// <summary>Blocks that must follow; 0 where only safe ones count.</summary>
    public int Blocks => _text is Auto or Safe ? 0 : int.Parse(_text, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => _text;
}
