using Pqms.Ethereum.Crypto;

namespace Pqms.Node.Keys;

/// <summary>Where a signing key may come from: a keystore file, the environment, or a development account.</summary>
/// <remarks>Development keys are public knowledge, so they are only used on chain id 31337.</remarks>
public static class KeyRing
{
    /// <summary>Chain id of Hardhat's and anvil's development chains.</summary>
    public const ulong DevelopmentChainId = 31337;

    /// <summary>Holds a private key as 64 hexadecimal digits.</summary>
    public const string KeyVariable = "PQMS_PRIVATE_KEY";

    /// <summary>Holds the keystore file's password.</summary>
    public const string PasswordVariable = "PQMS_KEYSTORE_PASSWORD";

    /// <summary>Largest keystore file read: real ones have under 1 KB.</summary>
    private const int KeystoreBytes = 64 * 1024;

    /// <summary>The key of a development account.</summary>
    /// <param name="account">Whose.</param>
    public static EthereumKey Development(DevelopmentAccount account) =>
        EthereumKey.FromMnemonic(Mnemonic.Development, (int)account);

    /// <summary>Opens the key that signs: keystore before environment before development account.</summary>
    /// <param name="keystorePath">A keystore file; null when none is named.</param>
    /// <param name="account">The development account wanted.</param>
    /// <param name="chainId">The chain's id.</param>
    /// <param name="environment">Reads one environment variable.</param>
    /// <param name="askPassword">Asks a person for the password; null where nobody can be asked.</param>
    /// <exception cref="RefusedException">No key, or it cannot be opened.</exception>
    public static EthereumKey Open(
        string? keystorePath,
        DevelopmentAccount account,
        ulong chainId,
        Func<string, string?> environment,
        Func<string?>? askPassword)
    {
        if (keystorePath is not null)
        {
            return OpenKeystore(keystorePath, environment(PasswordVariable) ?? askPassword?.Invoke());
        }

        var text = environment(KeyVariable);
        if (!string.IsNullOrEmpty(text))
        {
            return FromVariable(text);
        }

        return chainId == DevelopmentChainId
            ? Development(account)
            : throw new RefusedException(
                ExitCode.Usage, $"chain {chainId} is no development chain, and no key was given",
                $"--keystore FILE, or {KeyVariable} in the environment",
                "name a key; the development accounts are public and only used on chain 31337");
    }

    private static EthereumKey FromVariable(string text)
    {
        try
        {
            return EthereumKey.FromHex(text);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new RefusedException(
                ExitCode.Usage, $"{KeyVariable} holds no private key (its value is not shown)",
                "64 hexadecimal digits, with or without 0x, not zero and below the curve's order", "correct it");
        }
    }

    private static EthereumKey OpenKeystore(string path, string? password)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > KeystoreBytes)
        {
            throw new RefusedException(
                ExitCode.Usage, $"no keystore file at {path}", "a Web3 Secret Storage JSON file under 64 KB",
                "check the path given with --keystore");
        }

        if (password is null)
        {
            throw new RefusedException(
                ExitCode.Usage, "the keystore needs a password", "text in " + PasswordVariable,
                "set it, or run on a terminal to be asked");
        }

        try
        {
            return Keystore.Open(File.ReadAllText(path), password);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or NullReferenceException))
        {
            throw new RefusedException(
                new Refusal(
                    $"the keystore {path} cannot be opened: {error.Message}", "the right password and an intact file",
                    $"check {PasswordVariable}", ExitCode.Usage),
                error);
        }
    }
}
