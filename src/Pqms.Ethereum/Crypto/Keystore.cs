using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pqms.Ethereum.Crypto;

/// <summary>A key locked by a password, in the form that Ethereum's tools share (Web3 Secret Storage, version
/// 3).</summary>
public static class Keystore
{
    // geth's "standard" work: 2^18 rounds, 8 blocks, 1 lane: 256 MB and about a second.
    private const int StandardScryptN = 1 << 18;
    private const int ScryptR = 8;
    private const int ScryptP = 1;

    // A file may not make its reader use unbounded memory or time: 2^20 rounds of 8 blocks are 1 GB.
    private const long MaxScryptMemoryBytes = 1L << 30;
    private const long MaxScryptWorkBytes = 4L << 30;
    private const int MaxScryptP = 16;
    private const int MaxPbkdf2Iterations = 10_000_000;
    private const int MaxFileCharacters = 64 * 1024;

    // As long as a mnemonic's passphrase may be.
    private const int MaxPasswordCharacters = 2048;
    private const int MaxDepth = 8;
    private const int KeyBytes = 32;

    /// <summary>Opens a file's text with its password.</summary>
    /// <param name="json">The file: version 3, cipher aes-128-ctr, kdf scrypt or pbkdf2 (hmac-sha256).</param>
    /// <param name="password">The password; its UTF-8 bytes count, as in geth.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException">No file or no password.</exception>
    /// <exception cref="ArgumentException">A password of more than 2,048 characters.</exception>
    /// <exception cref="FormatException">No such file (more than 65,536 characters are none), or work beyond
    /// the limits: 1 GB of memory (128·n·r) filled four times, 10 million rounds. Refused before memory or time is
    /// spent.</exception>
    /// <exception cref="CryptographicException">The password is wrong, or the file is damaged.</exception>
    public static EthereumKey Open(string json, string password)
    {
        ArgumentNullException.ThrowIfNull(json);
        CheckPassword(password);
        if (json.Length > MaxFileCharacters)
        {
            throw new FormatException($"{json.Length} characters; a keystore file has at most {MaxFileCharacters}.");
        }

        var (crypto, cipherText, account) = Parse(json);
        var iv = crypto.Bytes("cipherparams", "iv", AesCounter.BlockBytes);
        var mac = crypto.Bytes("mac", KeyBytes);
        var derived = Derive(crypto, password);
        byte[] secret = [];
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(Mac(derived, cipherText), mac))
            {
                throw new CryptographicException("The keystore's password is wrong, or the file is damaged.");
            }

            secret = AesCounter.Apply(derived.AsSpan(0, AesCounter.BlockBytes), iv, cipherText);
            return OpenSecret(secret, account);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Locks a key with scrypt at geth's standard work: about a second and 256 MB.</summary>
    /// <param name="key">The key.</param>
    /// <param name="password">The password; its UTF-8 bytes count, as in geth. How good it is isn't checked.</param>
    /// <returns>The file's text; salt, counter and id are drawn anew each time.</returns>
    /// <exception cref="ArgumentNullException">No key or no password.</exception>
    /// <exception cref="ArgumentException">A password of more than 2,048 characters.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static string Create(EthereumKey key, string password) => Create(key, password, StandardScryptN);

    /// <summary>As the public form, with less work for tests.</summary>
    internal static string Create(EthereumKey key, string password, int scryptN)
    {
        ArgumentNullException.ThrowIfNull(key);
        CheckPassword(password);
        var secret = key.CopySecret();
        var passwordBytes = Encoding.UTF8.GetBytes(password);
        byte[] derived = [];
        try
        {
            var salt = RandomNumberGenerator.GetBytes(32);
            derived = Scrypt.Derive(passwordBytes, salt, scryptN, ScryptR, ScryptP, KeyBytes);
            return Write(key.Address, scryptN, salt, derived, secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(passwordBytes);
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    private static string Write(Address account, int scryptN, byte[] salt, byte[] derived, byte[] secret)
    {
        var iv = RandomNumberGenerator.GetBytes(AesCounter.BlockBytes);
        var cipherText = AesCounter.Apply(derived.AsSpan(0, AesCounter.BlockBytes), iv, secret);
        return JsonSerializer.Serialize(new
        {
            address = Convert.ToHexStringLower(account.ToArray()),
            crypto = new
            {
                cipher = "aes-128-ctr",
                cipherparams = new { iv = Convert.ToHexStringLower(iv) },
                ciphertext = Convert.ToHexStringLower(cipherText),
                kdf = "scrypt",
                kdfparams = new
                {
                    dklen = KeyBytes,
                    n = scryptN,
                    p = ScryptP,
                    r = ScryptR,
                    salt = Convert.ToHexStringLower(salt),
                },
                mac = Convert.ToHexStringLower(Mac(derived, cipherText)),
            },
            id = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture),
            version = 3,
        });
    }

    private static void CheckPassword(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (password.Length > MaxPasswordCharacters)
        {
            throw new ArgumentException(
                $"{password.Length} characters; a password has at most {MaxPasswordCharacters}.", nameof(password));
        }
    }

    private static (KeystoreFields Crypto, byte[] CipherText, Address? Account) Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var file = new KeystoreFields(document.RootElement.Clone());
            file.Require("version", "3");
            var crypto = file.Inner("crypto", "Crypto");
            crypto.Require("cipher", "aes-128-ctr");
            return (crypto, crypto.Bytes("ciphertext", KeyBytes), file.Account("address"));
        }
        catch (JsonException exception)
        {
#pragma warning disable MA0054 // Not as the inner exception: its message repeats the text, a key given by mistake.
            throw new FormatException(
                $"The keystore file is no JSON of depth {MaxDepth}: see line {exception.LineNumber + 1}, byte "
                + $"{exception.BytePositionInLine + 1}.");
#pragma warning restore MA0054
        }
    }

    // The address is outside what the password protects: a file that names another account is not to be trusted.
    private static EthereumKey OpenSecret(byte[] secret, Address? account)
    {
        if (!Scalars.IsInRange(secret))
        {
            throw new CryptographicException("The keystore holds no key of the curve: the file is damaged.");
        }

        var key = EthereumKey.FromPrivateKey(secret);
        if (account is null || account == key.Address)
        {
            return key;
        }

        key.Dispose();
        throw new CryptographicException(
            $"The keystore's key is that of {key.Address}, its field 'address' says {account}: the file is damaged.");
    }

    private static byte[] Derive(KeystoreFields crypto, string password)
    {
        var parameters = crypto.Inner("kdfparams");
        parameters.Require("dklen", "32");
        var salt = parameters.Bytes("salt", null);
        var passwordBytes = Encoding.UTF8.GetBytes(password);
        try
        {
            switch (crypto.Text("kdf"))
            {
                case "scrypt":
                    var (n, r, p) = ScryptWork(parameters);
                    return Scrypt.Derive(passwordBytes, salt, n, r, p, KeyBytes);
                case "pbkdf2":
                    parameters.Require("prf", "hmac-sha256");
                    var rounds = parameters.Number("c", 1, MaxPbkdf2Iterations);
                    return Rfc2898DeriveBytes.Pbkdf2(passwordBytes, salt, rounds, HashAlgorithmName.SHA256, KeyBytes);
                case var kdf:
                    throw new FormatException(
                        $"The kdf '{Hex.Excerpt(kdf)}' is unknown: scrypt and pbkdf2 are allowed.");
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passwordBytes);
        }
    }

    private static (int N, int R, int P) ScryptWork(KeystoreFields parameters)
    {
        var n = parameters.Number("n", 2, 1 << 20);
        var r = parameters.Number("r", 1, 64);
        var p = parameters.Number("p", 1, MaxScryptP);
        var bytes = 128L * n * r;
        return (n & (n - 1)) == 0 && bytes <= MaxScryptMemoryBytes && bytes * p <= MaxScryptWorkBytes
            ? (n, r, p)
            : throw new FormatException(
                $"scrypt with n = {n}, r = {r}, p = {p}: n must be a power of two, 128·n·r at most 2^30 and "
                + "128·n·r·p at most 2^32.");
    }

    private static byte[] Mac(byte[] derived, byte[] cipherText)
    {
        Span<byte> input = stackalloc byte[AesCounter.BlockBytes + KeyBytes];
        derived.AsSpan(AesCounter.BlockBytes, AesCounter.BlockBytes).CopyTo(input);
        cipherText.CopyTo(input[AesCounter.BlockBytes..]);
        var mac = new byte[Keccak256.Size];
        Keccak256.Hash(input, mac);
        CryptographicOperations.ZeroMemory(input);
        return mac;
    }
}
