using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pqms.Ethereum.Crypto;

/// <summary>The way from a seed to one of its keys (BIP-32), for example m/44'/60'/0'/0/0.</summary>
/// <remarks>Immutable, safe across threads. A path is no secret.</remarks>
public sealed class KeyPath
{
    /// <summary>Most steps: BIP-32 counts a key's depth in one byte.</summary>
    public const int MaxSteps = 255;

    // BIP-32: a step from 2^31 on is hardened, which needs the parent's private key.
    internal const uint Hardened = 0x8000_0000;

    private readonly uint[] _steps;

    private KeyPath(uint[] steps) => _steps = steps;

    /// <summary>The seed's own key: m.</summary>
    public static KeyPath Master { get; } = new([]);

    /// <summary>The steps; hardened ones have their highest bit set.</summary>
    internal ReadOnlySpan<uint> Steps => _steps;

    /// <summary>The path of an Ethereum account that most wallets use: m/44'/60'/0'/0/index (BIP-44).</summary>
    /// <param name="index">The account, 0 to 2^31 - 1.</param>
    /// <returns>The path.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static KeyPath Account(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new KeyPath([44 | Hardened, 60 | Hardened, Hardened, 0, (uint)index]);
    }

    /// <summary>Reads a path.</summary>
    /// <param name="text">m, then at most <see cref="MaxSteps"/> steps /0 to /2147483647, each hardened by ' or
    /// h.</param>
    /// <returns>The path.</returns>
    /// <exception cref="ArgumentNullException">No text.</exception>
    /// <exception cref="FormatException">No such text.</exception>
    public static KeyPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var path)
            ? path
            : throw new FormatException(
                $"{Shown(text)} is no path of a key: m and at most {MaxSteps} steps /0 to /{int.MaxValue}, "
                + "hardened by ', are allowed, as in m/44'/60'/0'/0/0.");
    }

    // What does not even begin as a path may be a phrase or a key, given in the wrong place.
    private static string Shown(string text) =>
        text.StartsWith("m/", StringComparison.Ordinal)
            ? $"'{Hex.Excerpt(text)}'"
            : $"a text of {text.Length} characters";

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">Text to read.</param>
    /// <param name="path">The path, when the text is one.</param>
    /// <returns>Whether the text is a path.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out KeyPath? path)
    {
        path = null;
        if (text is null || text.Length > (MaxSteps + 1) * "/2147483647'".Length)
        {
            return false;
        }

        var parts = text.Split('/');
        if (parts[0] is not "m" || parts.Length - 1 > MaxSteps)
        {
            return false;
        }

        var steps = new uint[parts.Length - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            if (!TryReadStep(parts[i + 1], out steps[i]))
            {
                return false;
            }
        }

        path = new KeyPath(steps);
        return true;
    }

    /// <summary>The path as text, hardened steps with '.</summary>
    /// <returns>For example "m/44'/60'/0'/0/0".</returns>
    public override string ToString() => string.Concat(_steps.Select(Text).Prepend("m"));

    private static string Text(uint step) => (step & Hardened) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"/{step}")
        : string.Create(CultureInfo.InvariantCulture, $"/{step & ~Hardened}'");

    private static bool TryReadStep(ReadOnlySpan<char> text, out uint step)
    {
        var isHardened = text.EndsWith('\'') || text.EndsWith('h');
        var digits = isHardened ? text[..^1] : text;
        var isRead = uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out step)
            && step < Hardened;
        step |= isRead && isHardened ? Hardened : 0;
        return isRead;
    }
}
