using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Cli.Commands;

/// <summary>A request that its client has signed, as a JSON file that anybody may relay.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="Allocation">The allocation contract.</param>
/// <param name="Client">Who signed.</param>
/// <param name="Nonce">The client's next nonce when it signed.</param>
/// <param name="Id">The reservation, in its text form.</param>
/// <param name="Terms">What was asked for.</param>
/// <param name="Signature">65 bytes r, s, v in hexadecimal.</param>
internal sealed record SignedRequestFile(
    ulong ChainId, string Allocation, string Client, uint Nonce, string Id, SignedTerms Terms, string Signature)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="RefusedException">No such file, or not a signed request.</exception>
    public static SignedRequestFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<SignedRequestFile>(File.ReadAllText(path), Json);
            return file is { Terms: { MaxCostWei: not null, Payer: not null }, Client: not null }
                && file is { Allocation: not null, Id: not null, Signature: not null }
                    ? file
                    : throw Broken(path, "fields are missing", null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            throw Broken(path, error.Message, error);
        }
    }

    /// <summary>Writes a new file; an existing one is never overwritten.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="RefusedException">The file exists.</exception>
    public void Write(string path)
    {
        if (File.Exists(path))
        {
            throw new RefusedException(ExitCode.Usage, $"{path} exists", "a new file", "name another with --out");
        }

        File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");
    }

    /// <summary>The call that relays it.</summary>
    /// <param name="path">Where it was read, for messages.</param>
    /// <exception cref="RefusedException">A field is none of what it should be.</exception>
    public (UInt128 Id, Terms Terms, Address Client, byte[] Signature) Parse(string path)
    {
        try
        {
            return (ReservationIds.Parse(Id), Terms.Parse(), Address.Parse(Client), Hex.Decode(Signature));
        }
        catch (FormatException error)
        {
            throw Broken(path, error.Message, error);
        }
    }

    private static RefusedException Broken(string path, string why, Exception? inner) => new(
        new Refusal(
            $"{path} cannot be read: {why}", "a file of 'pqms sign-request'", "sign again", ExitCode.Usage),
        inner);
}

/// <summary>The ledger's terms as JSON; wei as text.</summary>
internal sealed record SignedTerms(
    uint Pool, uint Slots, ulong StartSeconds, ulong DurationSeconds, uint FidelityMinPpm,
    ulong CoherenceMinMicroseconds, uint TakesPerMinute, byte Purpose, byte Priority, string MaxCostWei,
    ulong DeadlineSeconds, string Payer)
{
    /// <summary>From the ledger's struct.</summary>
    public static SignedTerms Of(Terms terms) => new(
        terms.Pool, terms.Slots, terms.Start, terms.Duration, terms.FidelityMinPpm, terms.CoherenceMinMicroseconds,
        terms.TakesPerMinute, terms.Purpose, terms.Priority, terms.MaxCost.ToString(), terms.Deadline,
        terms.Payer.ToString());

    /// <summary>The ledger's struct.</summary>
    /// <exception cref="FormatException">An amount or address is none.</exception>
    public Terms Parse() => new(
        Pool, Slots, StartSeconds, DurationSeconds, FidelityMinPpm, CoherenceMinMicroseconds, TakesPerMinute, Purpose,
        Priority, UInt128.Parse(MaxCostWei, System.Globalization.CultureInfo.InvariantCulture), DeadlineSeconds,
        Address.Parse(Payer));
}
