using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Node.Settings;
using Pqms.Sdk;

namespace Pqms.Cli.Commands;

/// <summary><c>sign-request</c> and <c>relay</c>: a request by signature, whose gas somebody else pays.</summary>
internal static class SignedRequestCommands
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "the new file",
        DefaultValueFactory = _ => "request.json",
    };

    private static readonly Argument<string> Source = new("file") { Description = "a file of 'pqms sign-request'" };

    private static readonly Option<UInt256?> Escrow = Inputs.Amount(
        "--escrow", "wei to send, the payer's credit; nothing when not given");

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        host.Make(
            "sign-request", "sign a request into a file, without sending anything; the signer needs no ether for gas",
            "sign-request --pool berlin-muenchen --slots 2 --duration 10m --deadline 2030-01-01T00:00:00Z --out r.json",
            [.. TermsOptions.All, Out], SignAsync),
        host.Make(
            "relay", "send a request that somebody else has signed, and pay its gas", "relay r.json --account provider",
            [Source, Escrow], RelayAsync),
    ];

    private static async Task<int> SignAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var (draft, _) = await TermsOptions.QuotedAsync(run, access);
        if (draft.DeadlineSeconds == 0)
        {
            throw new RefusedException(
                ExitCode.Usage, "a signed request without a deadline", "a chain time in the future",
                "name one with --deadline: whoever holds the file may relay it until then");
        }

        var terms = draft.ToTerms();
        var client = access.Key!.Address;
        var nonce = (await access.ReadAsync(access.Allocation.ClientOf(client))).Nonce;
        var id = ReservationIds.New();
        var chainId = access.Session.ChainId;
        var digest = RequestDigest.Of(chainId, access.Addresses.ParticleAllocation, id, terms, client, nonce);
        var file = new SignedRequestFile(
            chainId, access.Addresses.ParticleAllocation.ToString(), client.ToString(), nonce,
            ReservationIds.ToText(id), SignedTerms.Of(terms), Hex.Encode(access.Key.Sign(digest).To65Bytes()));
        var path = ProjectFolders.Resolve(Directory.GetCurrentDirectory(), run.Get(Out)!);
        file.Write(path);
        access.DrawnIds.Keep(id, client);
        if (run.Json)
        {
            run.Screen.Document(new { file = path, id = file.Id, client = file.Client, nonce, digest = $"{digest}" });
        }
        else
        {
            run.Screen.Facts([("file", path), ("reservation", file.Id), ("client", file.Client),
                ("nonce", $"{nonce}")]);
        }

        return (int)ExitCode.Ok;
    }

    private static async Task<int> RelayAsync(Invocation run)
    {
        var path = ProjectFolders.Resolve(Directory.GetCurrentDirectory(), run.Get(Source));
        var file = SignedRequestFile.Read(path);
        var (id, terms, client, signature) = file.Parse(path);
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        if (file.ChainId != access.Session.ChainId || file.Allocation != $"{access.Addresses.ParticleAllocation}")
        {
            throw new RefusedException(
                ExitCode.Refused, $"{path} was signed for {file.Allocation} on chain {file.ChainId}",
                $"{access.Addresses.ParticleAllocation} on chain {access.Session.ChainId}",
                "relay it to its own ledger, or sign anew");
        }

        var escrow = run.Get(Escrow) is { } given ? LedgerInputs.Wei(given, "--escrow") : UInt128.Zero;
        return await access.SendAsync(
            access.Allocation.RequestSigned(id, terms, client, file.Nonce, signature), escrow, id);
    }
}
