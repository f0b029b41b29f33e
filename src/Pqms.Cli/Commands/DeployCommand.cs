using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Node.Running;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms deploy</c>: the ledger on a chain, with the oracles whose signatures count.</summary>
internal static class DeployCommand
{
    /// <summary>Seconds in which clients can leave before signers or parameters change, elsewhere than here.</summary>
    private const uint TwoDays = 172_800;

    private static readonly Option<string[]> OracleAddresses = new("--oracle-address")
    {
        Description = "whose signature counts, once or several times; the development oracle on chain 31337",
        HelpName = "0x...",
    };

    private static readonly Option<int> Threshold = new("--threshold")
    {
        Description = "signatures that a report needs, 1 to the number of oracles; 1 unless given",
        HelpName = "k",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> ProviderAddress = new("--provider-address")
    {
        Description = "who is paid for the pools; the development provider on chain 31337",
        HelpName = "0x...",
    };

    public static Command Create(CommandHost host) => host.Make(
        "deploy", "deploy the ledger to a chain, or verify what stands there",
        "deploy --chain-url http://127.0.0.1:8545 --oracle-address 0x... --oracle-address 0x... --threshold 2",
        [OracleAddresses, Threshold, ProviderAddress], RunAsync);

    private static async Task<int> RunAsync(Invocation run)
    {
        ProjectFolders.RequireWritable(run.DataFolder);
        var scenario = ScenarioFile.Read(RealmCommands.ScenarioPath(run));
        var url = LedgerLocator.FindChain(run.Settings[SettingTable.ChainUrl], run.DataFolder);
        using var session = await ChainSession.ConnectAsync(url, patient: true, run.Screen.Say, run.Cancel);
        using var admin = run.Settings.IsSet(SettingTable.Account) || session.ChainId != KeyRing.DevelopmentChainId
            || run.Settings.IsSet(SettingTable.Keystore) || run.Environment(KeyRing.KeyVariable) is { Length: > 0 }
                ? Signer.Open(run, session.ChainId)
                : KeyRing.Development(DevelopmentAccount.Admin);
        var isDevelopment = session.ChainId == KeyRing.DevelopmentChainId;
        var oracles = Oracles(run, session.ChainId);
        var settings = new LedgerSettings(
            oracles, Signatures(run, oracles.Length),
            Given(run.Get(ProviderAddress), ProviderAddress.Name, session.ChainId, DevelopmentAccount.Provider))
        {
            ChallengeSeconds = isDevelopment ? 0U : 3600U,
            ParameterDelaySeconds = isDevelopment ? 60U : TwoDays,
            RotationDelaySeconds = isDevelopment ? 60U : TwoDays,
        };
        using var provider = isDevelopment && !run.Has(ProviderAddress)
            ? KeyRing.Development(DevelopmentAccount.Provider)
            : null;
        var addresses = await Deploying.RunAsync(
            session, admin, settings, scenario, provider, run.DataFolder, run.Screen.Say, run.Cancel);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                chainId = session.ChainId,
                genesis = session.Genesis.ToString(),
                addresses = RunAddresses.Of(addresses)
            });
        }
        else
        {
            run.Screen.Facts(addresses.Named());
        }

        return (int)ExitCode.Ok;
    }

    private static Address[] Oracles(Invocation run, ulong chainId)
    {
        var given = run.Get(OracleAddresses) ?? [];
        return given.Length == 0
            ? [Given(null, OracleAddresses.Name, chainId, DevelopmentAccount.Oracle)]
            : [.. given.Select(text => Given(text, OracleAddresses.Name, chainId, DevelopmentAccount.Oracle))
                .Distinct().OrderBy(address => address.ToString(), StringComparer.OrdinalIgnoreCase)];
    }

    private static byte Signatures(Invocation run, int oracles)
    {
        var threshold = run.Get(Threshold);
        return threshold >= 1 && threshold <= oracles && oracles <= LedgerSettings.MostSigners
            ? (byte)threshold
            : throw new RefusedException(
                ExitCode.Usage, $"{threshold} signatures of {oracles} oracles",
                $"1 to the number of oracles, of which there may be {LedgerSettings.MostSigners}",
                $"correct {Threshold.Name} or repeat {OracleAddresses.Name}");
    }

    private static Address Given(string? text, string option, ulong chainId, DevelopmentAccount development)
    {
        if (text is not null)
        {
            return Address.TryParse(text, out var address)
                ? address
                : throw new RefusedException(
                    ExitCode.Usage, $"'{text}' is no address", "0x and 40 hexadecimal digits",
                    $"correct {option}");
        }

        if (chainId != KeyRing.DevelopmentChainId)
        {
            throw new RefusedException(
                ExitCode.Usage, $"{option} is needed on chain {chainId}", "an address", "name it");
        }

        using var key = KeyRing.Development(development);
        return key.Address;
    }
}
