using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Client;

namespace Pqms.Cli.Commands;

/// <summary>Options and arguments that name things on the ledger: accounts, amounts, lots, orders, pools,
/// evidence.</summary>
internal static class LedgerInputs
{
    private const string AddressAllowed = "0x and 40 hexadecimal digits, in one case or with its checksum";

    private const string EvidenceAllowed = "0x and 64 hexadecimal digits, or a file whose keccak-256 is taken";

    /// <summary>A pool, by id or name.</summary>
    public static Argument<string> Pool() => new("pool") { Description = "pool, by id or name" };

    /// <summary>An account; null when not given.</summary>
    public static Option<Address?> Account(string name, string meaning) => new(name)
    {
        Description = meaning,
        HelpName = "0x...",
        CustomParser = result => Address.TryParse(result.Tokens[0].Value, out var address)
            ? address
            : Inputs.Refuse<Address?>(result, "is no address", AddressAllowed),
    };

    /// <summary>An account, as an argument.</summary>
    public static Argument<Address> AccountArgument(string name, string meaning) => new(name)
    {
        Description = meaning,
        CustomParser = result => Address.TryParse(result.Tokens[0].Value, out var address)
            ? address
            : Inputs.Refuse<Address>(result, "is no address", AddressAllowed),
    };

    /// <summary>An amount of money, as an argument.</summary>
    public static Argument<UInt256> AmountArgument(string meaning) => new("amount")
    {
        Description = meaning + ": \"1.5 ether\", 20gwei or 1000",
        CustomParser = result => Inputs.TryAmount(result.Tokens[0].Value, out var wei)
            ? wei
            : Inputs.Refuse<UInt256>(
                result, "is no amount", "a decimal number with wei, gwei or ether, below 2^256 wei"),
    };

    /// <summary>The number of a lot or an order.</summary>
    public static Argument<UInt128> Number(string what) => new("id")
    {
        Description = $"the {what}'s number",
        CustomParser = result => ParseNumber(result, what),
    };

    /// <summary>The number of a lot or an order; drawn when not given.</summary>
    public static Option<UInt128?> OwnNumber(string what) => new("--id")
    {
        Description = $"the new {what}'s number, to repeat it safely; drawn when not given",
        HelpName = "1..2^128-1",
        CustomParser = result => ParseNumber(result, what),
    };

    /// <summary>A hash, or a file to take it of; null when not given.</summary>
    public static Option<string?> Evidence(string name, string meaning) => new(name)
    {
        Description = $"{meaning}: {EvidenceAllowed}",
        HelpName = "0x...|file",
    };

    /// <summary>The hash that was named.</summary>
    /// <exception cref="RefusedException">Neither a hash nor a file.</exception>
    public static Bytes32 HashOf(string? text, string option)
    {
        if (text is null)
        {
            return Bytes32.Zero;
        }

        if (Bytes32.TryParse(text, out var hash))
        {
            return hash;
        }

        return File.Exists(text)
            ? Keccak256.Hash(File.ReadAllBytes(text))
            : throw new RefusedException(
                ExitCode.Usage, $"'{text}' is neither a hash nor a file", EvidenceAllowed, $"correct {option}");
    }

    /// <summary>An amount that the ledger can hold.</summary>
    /// <exception cref="RefusedException">2^128 wei or more.</exception>
    public static UInt128 Wei(UInt256 amount, string option) => amount <= (UInt256)UInt128.MaxValue
        ? (UInt128)amount
        : throw new RefusedException(
            ExitCode.Usage, $"{amount} wei are out of range", "below 2^128 wei", $"correct {option}");

    /// <summary>Whole seconds of a duration.</summary>
    /// <exception cref="RefusedException">Not a whole number of seconds.</exception>
    public static ulong Seconds(TimeSpan duration, string option) => duration.Ticks % TimeSpan.TicksPerSecond == 0
        ? (ulong)duration.TotalSeconds
        : throw new RefusedException(
            ExitCode.Usage, $"the duration {Node.Settings.Durations.Format(duration)} is no whole number of seconds",
            "1s to 4h in whole seconds", $"correct {option}");

    /// <summary>The pool that was named.</summary>
    /// <exception cref="RefusedException">No pool has this id or name.</exception>
    public static async Task<PoolInfo> FindPoolAsync(LedgerClient client, string wanted, CancellationToken cancel)
    {
        var pools = await client.ListPoolsAsync(default, cancel);
        var isId = uint.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        return pools.FirstOrDefault(pool => isId ? pool.Id == id : pool.Name == wanted)
            ?? throw new RefusedException(
                ExitCode.Refused, $"pool '{wanted}' is unknown",
                string.Join(", ", pools.Select(pool => $"{pool.Id} {pool.Name}")),
                "'pqms pools' lists them");
    }

    private static UInt128 ParseNumber(ArgumentResult result, string what) =>
        ReservationIds.TryParse(result.Tokens[0].Value, out var id) && id != 0
            ? id
            : Inputs.Refuse<UInt128>(result, $"names no {what}", "a whole number from 1 to 2^128 - 1");
}
