using Pqms.Ethereum.Crypto;
using Pqms.Node.Keys;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary>Opens the key that a command signs with, and asks for passwords.</summary>
internal static class Signer
{
    /// <summary>The key: keystore before environment before development account.</summary>
    public static EthereumKey Open(Invocation run, ulong chainId)
    {
        var keystore = run.Settings[SettingTable.Keystore];
        var path = keystore.Length == 0 ? null : ProjectFolders.Resolve(Directory.GetCurrentDirectory(), keystore);
        return KeyRing.Open(path, Account(run), chainId, run.Environment, Console.IsInputRedirected ? null : Ask);
    }

    /// <summary>The development account in force.</summary>
    public static DevelopmentAccount Account(Invocation run) =>
        Enum.Parse<DevelopmentAccount>(run.Settings[SettingTable.Account], ignoreCase: true);

    /// <summary>The password from the environment, else from whoever sits at the terminal; null without one.</summary>
    public static string? Password(Invocation run) =>
        run.Environment(KeyRing.PasswordVariable) ?? (Console.IsInputRedirected ? null : Ask());

    private static string? Ask()
    {
        Console.Error.Write("password of the keystore: ");
        var password = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                password.Length = Math.Max(0, password.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                password.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return password.ToString();
    }
}
