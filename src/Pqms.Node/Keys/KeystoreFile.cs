using Pqms.Ethereum.Crypto;

namespace Pqms.Node.Keys;

/// <summary>Writes keystore files, which <see cref="KeyRing"/> opens.</summary>
public static class KeystoreFile
{
    /// <summary>Characters a password needs; scrypt makes each guess take about a second.</summary>
    public const int LeastPasswordLength = 8;

    /// <summary>Locks a key into a new file that only its owner may read.</summary>
    /// <param name="path">A file that does not exist yet, in a folder that does.</param>
    /// <param name="key">The key.</param>
    /// <param name="password">At least <see cref="LeastPasswordLength"/> characters; null when nobody gave one.</param>
    /// <exception cref="RefusedException">No or too short a password, or the file cannot be made.</exception>
    public static void Create(string path, EthereumKey key, string? password)
    {
        if (password is null || password.Length < LeastPasswordLength)
        {
            throw new RefusedException(
                ExitCode.Usage, $"the password has {password?.Length ?? 0} characters",
                $"at least {LeastPasswordLength}", $"set {KeyRing.PasswordVariable}, or type one on a terminal");
        }

        var text = Keystore.Create(key, password);
        try
        {
            using var writer = new StreamWriter(path, NewOwnersFile());
            writer.Write(text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                new Refusal(
                    $"no keystore can be written to {path}: {error.Message}",
                    "a new file in a folder that exists and is writable", "choose another path", ExitCode.Usage),
                error);
        }
    }

    private static FileStreamOptions NewOwnersFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
