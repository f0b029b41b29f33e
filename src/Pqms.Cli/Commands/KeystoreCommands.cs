using System.CommandLine;
using Pqms.Ethereum.Crypto;
using Pqms.Node;
using Pqms.Node.Keys;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms keystore</c>: encrypted files for keys that no configuration may hold.</summary>
internal static class KeystoreCommands
{
    private static readonly Argument<string> File = new("file") { Description = "the new file" };

    public static Command Create(CommandHost host) => CommandHost.Group(
        "keystore", "make keystore files for --keystore",
        host.Make(
            "create",
            $"lock a key into a new file: {KeyRing.KeyVariable}'s, else the one of --account, else a new random one",
            "keystore create oracle.json", [File], Run));

    private static Task<int> Run(Invocation run)
    {
        var path = ProjectFolders.Resolve(Directory.GetCurrentDirectory(), run.Get(File));
        using var key = ChooseKey(run);
        KeystoreFile.Create(path, key, Signer.Password(run));
        if (run.Json)
        {
            run.Screen.Document(new { file = path, address = key.Address.ToString() });
        }
        else
        {
            run.Screen.Facts([("file", path), ("address", key.Address.ToString())]);
        }

        return Task.FromResult((int)ExitCode.Ok);
    }

    private static EthereumKey ChooseKey(Invocation run)
    {
        var given = !string.IsNullOrEmpty(run.Environment(KeyRing.KeyVariable));
        return given || run.Settings.IsSet(SettingTable.Account)
            ? KeyRing.Open(
                null, Signer.Account(run), KeyRing.DevelopmentChainId, run.Environment, askPassword: null)
            : EthereumKey.Generate();
    }
}
