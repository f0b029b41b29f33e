using System.Globalization;
using Pqms.Ethereum.Rpc;
using Pqms.Node;
using Pqms.Sdk;

namespace Pqms.Cli.Refusals;

/// <summary>What a person is told when the ledger reverts: the value, the allowed range, the next step.</summary>
internal static class LedgerProblems
{
    private static readonly Func<byte[], Refusal?>[] Table =
    [
        .. RequestErrors.Values(), .. RequestErrors.MoneyAndTime(), .. RequestErrors.Groups(), .. LifeErrors.Lives(),
        .. LifeErrors.Shares(), .. TreasuryErrors.All(), .. NetworkErrors.Bookings(), .. NetworkErrors.Paths(),
        .. NetworkErrors.Registrations(), .. HubErrors.Reports(), .. HubErrors.Office(), .. InventoryErrors.Kinds(),
        .. InventoryErrors.Lots(), .. InventoryErrors.Orders(), .. RegistryErrors.All(),
    ];

    /// <summary>Reads an error's values; the generated one of each error.</summary>
    internal delegate bool TryDecode<T>(ReadOnlySpan<byte> revertData, out T error);

    /// <summary>Explains revert data.</summary>
    /// <param name="reverted">What the chain answered.</param>
    public static Refusal Explain(RevertException reverted)
    {
        foreach (var entry in Table)
        {
            if (entry(reverted.RevertData) is { } refusal)
            {
                return refusal with { What = $"{refusal.What} [{NameOf(reverted)}]" };
            }
        }

        return new Refusal($"the ledger refused: {reverted.Message}", "", "'pqms status' shows the ledger's state");
    }

    /// <summary>An entry of the table.</summary>
    internal static Func<byte[], Refusal?> On<T>(TryDecode<T> decode, Func<T, Refusal> say) =>
        data => decode(data, out var error) ? say(error) : null;

    /// <summary>A fraction as people read it.</summary>
    internal static string Fraction(uint ppm) => Ppm.FromParts(Math.Min(ppm, Ppm.One)).ToString();

    /// <summary>A moment as people read it, with the number.</summary>
    internal static string Time(Ethereum.UInt256 seconds) => seconds > 253_402_300_799UL
        ? seconds.ToString()
        : DateTimeOffset.FromUnixTimeSeconds((long)(ulong)seconds).ToString("yyyy-MM-dd HH:mm:ss'Z'",
            CultureInfo.InvariantCulture)
            + $" ({seconds})";

    /// <summary>A role's name.</summary>
    internal static string Role(Ethereum.UInt256 mask) => (ulong)mask switch
    {
        1 => "PAUSER",
        2 => "UNPAUSER",
        4 => "OPERATOR",
        8 => "GUARDIAN",
        _ => $"mask {mask}",
    };

    /// <summary>Where a lot stands, in the ledger's words.</summary>
    internal static string Name(string[] names, byte value) =>
        value < names.Length ? names[value] : value.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(RevertException reverted) =>
        (reverted.Decoded ?? Sdk.Ledger.LedgerErrors.Decode(reverted.RevertData))?.Name ?? "unknown error";
}
