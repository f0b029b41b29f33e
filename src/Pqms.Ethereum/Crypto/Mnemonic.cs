using System.Security.Cryptography;
using System.Text;

namespace Pqms.Ethereum.Crypto;

/// <summary>Words that stand for many keys (BIP-39). Whoever has the words has the keys.</summary>
/// <remarks>Checked and made with the English list. Phrases of other lists give their seed by <see cref="ToSeed"/>,
/// which checks nothing. No exception shows a word. Bytes that are made on the way are overwritten; texts can't be, and
/// live until the garbage collector takes them.</remarks>
public static class Mnemonic
{
    /// <summary>The phrase that development nodes (Hardhat, anvil) fund. Everybody knows it: never for real
    /// money.</summary>
    public const string Development = "test test test test test test test test test test test junk";

    /// <summary>Bytes of a seed.</summary>
    public const int SeedSize = 64;

    // BIP-39: 2,048 rounds of HMAC-SHA512; a word stands for 11 bits; one bit of checksum for 32 of entropy.
    private const int SeedIterations = 2048;
    private const int BitsPerWord = 11;
    private const int EntropyBytesPerStep = 4;
    private const int LeastEntropyBytes = 16;
    private const int MostEntropyBytes = 32;
    private const int WordsPerStep = 3;

    // Ten times the longest phrase of any list; keeps the work for hostile text small.
    private const int MaxCharacters = 2048;

    private static readonly Lazy<string[]> Words = new(() => Resources.Lines("english"));

    /// <summary>Draws a new phrase from the operating system's random source.</summary>
    /// <param name="wordCount">12, 15, 18, 21 or 24. The default is 12: 128 bits, as strong as the curve.</param>
    /// <returns>English words, separated by blanks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another number of words.</exception>
    public static string Generate(int wordCount = 12)
    {
        if (wordCount is not (12 or 15 or 18 or 21 or 24))
        {
            throw new ArgumentOutOfRangeException(
                nameof(wordCount), wordCount, "12, 15, 18, 21 or 24 words are allowed.");
        }

        Span<byte> entropy = stackalloc byte[wordCount / WordsPerStep * EntropyBytesPerStep];
        RandomNumberGenerator.Fill(entropy);
        var phrase = FromEntropy(entropy);
        CryptographicOperations.ZeroMemory(entropy);
        return phrase;
    }

    /// <summary>The phrase of given entropy.</summary>
    /// <param name="entropy">16, 20, 24, 28 or 32 bytes that nobody can guess.</param>
    /// <returns>12, 15, 18, 21 or 24 English words, separated by blanks.</returns>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public static string FromEntropy(ReadOnlySpan<byte> entropy)
    {
        if (entropy.Length is < LeastEntropyBytes or > MostEntropyBytes || entropy.Length % EntropyBytesPerStep != 0)
        {
            throw new ArgumentException(
                $"{entropy.Length} bytes; entropy has 16, 20, 24, 28 or 32.", nameof(entropy));
        }

        // Entropy, then the first bits of its hash.
        Span<byte> bits = stackalloc byte[entropy.Length + SHA256.HashSizeInBytes];
        entropy.CopyTo(bits);
        SHA256.HashData(entropy, bits[entropy.Length..]);
        var words = new string[entropy.Length / EntropyBytesPerStep * WordsPerStep];
        for (var i = 0; i < words.Length; i++)
        {
            var index = 0;
            for (var bit = i * BitsPerWord; bit < (i + 1) * BitsPerWord; bit++)
            {
                index = (index << 1) | (bits[bit / 8] >> (7 - (bit % 8)) & 1);
            }

            words[i] = Words.Value[index];
        }

        CryptographicOperations.ZeroMemory(bits);
        return string.Join(' ', words);
    }

    /// <summary>Whether the text is an English phrase with the right checksum.</summary>
    /// <param name="phrase">Text to check; null is none.</param>
    /// <returns>Whether <see cref="ToEntropy"/> would take it.</returns>
    public static bool IsValid(string? phrase)
    {
        var entropy = phrase is null ? null : Read(phrase, out _);
        CryptographicOperations.ZeroMemory(entropy);
        return entropy is not null;
    }

    /// <summary>The entropy of an English phrase.</summary>
    /// <param name="phrase">12, 15, 18, 21 or 24 words in lower case; runs of blanks count as one.</param>
    /// <returns>16 to 32 bytes; to be overwritten after use.</returns>
    /// <exception cref="ArgumentNullException">No phrase.</exception>
    /// <exception cref="FormatException">More than 2,048 characters, another number of words, a word that is not
    /// in the list (its place is named, not the word), or a wrong checksum.</exception>
    public static byte[] ToEntropy(string phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return Read(phrase, out var problem) ?? throw new FormatException(problem);
    }

    /// <summary>The seed of a phrase in any language. Neither words nor checksum are checked: ask
    /// <see cref="IsValid"/> for English.</summary>
    /// <param name="phrase">The words, in any Unicode form; runs of blanks count as one.</param>
    /// <param name="passphrase">The optional 25th word, in any Unicode form; another one gives other keys. The default
    /// is none.</param>
    /// <returns><see cref="SeedSize"/> bytes; to be overwritten after use.</returns>
    /// <exception cref="ArgumentNullException">No phrase or no passphrase.</exception>
    /// <exception cref="ArgumentException">The phrase is empty, or phrase or passphrase have more than 2,048
    /// characters.</exception>
    public static byte[] ToSeed(string phrase, string passphrase = "")
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        ArgumentException.ThrowIfNullOrWhiteSpace(phrase);
        CheckLength(phrase, nameof(phrase));
        CheckLength(passphrase, nameof(passphrase));
        var words = Encoding.UTF8.GetBytes(Nfkd.Normalize(string.Join(' ', Split(phrase))));
        var salt = Encoding.UTF8.GetBytes(Nfkd.Normalize("mnemonic" + passphrase));
        var seed = Rfc2898DeriveBytes.Pbkdf2(words, salt, SeedIterations, HashAlgorithmName.SHA512, SeedSize);
        CryptographicOperations.ZeroMemory(words);
        CryptographicOperations.ZeroMemory(salt);
        return seed;
    }

    private static byte[]? Read(string phrase, out string problem)
    {
        problem = phrase.Length <= MaxCharacters
            ? ""
            : $"{phrase.Length} characters; at most {MaxCharacters} are allowed.";
        var words = problem.Length == 0 ? Split(phrase) : [];
        if (words.Length is not (12 or 15 or 18 or 21 or 24))
        {
            problem += problem.Length == 0 ? $"{words.Length} words; 12, 15, 18, 21 or 24 are allowed." : "";
            return null;
        }

        Span<byte> bits = stackalloc byte[MostEntropyBytes + 1];
        var unknown = ReadWords(words, bits);
        var entropy = bits[..(words.Length / WordsPerStep * EntropyBytesPerStep)];
        if (unknown > 0)
        {
            problem = $"Word {unknown} is not in BIP-39's English list; the list's words are in lower case.";
        }
        else if (!HasChecksum(entropy, bits[entropy.Length]))
        {
            problem = "The words' checksum is wrong: a word is mistaken or two have changed places.";
        }

        var result = problem.Length == 0 ? entropy.ToArray() : null;
        CryptographicOperations.ZeroMemory(bits);
        return result;
    }

    // Eleven bits for each word, highest first. Returns the 1-based place of the first word that isn't in the list;
    // 0 when all are.
    private static int ReadWords(string[] words, Span<byte> bits)
    {
        bits.Clear();
        for (var i = 0; i < words.Length; i++)
        {
            var index = Array.BinarySearch(Words.Value, words[i], StringComparer.Ordinal);
            if (index < 0)
            {
                return i + 1;
            }

            for (var k = 0; k < BitsPerWord; k++)
            {
                var bit = (i * BitsPerWord) + k;
                bits[bit / 8] |= (byte)((index >> (BitsPerWord - 1 - k) & 1) << (7 - (bit % 8)));
            }
        }

        return 0;
    }

    // The checksum fills the highest bits of the byte after the entropy: one for each 4 bytes.
    private static bool HasChecksum(ReadOnlySpan<byte> entropy, byte last)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(entropy, hash);
        var mask = (byte)(0xff << (8 - (entropy.Length / EntropyBytesPerStep)) & 0xff);
        return (hash[0] & mask) == last;
    }

    private static string[] Split(string phrase) =>
        phrase.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static void CheckLength(string text, string name)
    {
        if (text.Length > MaxCharacters)
        {
            throw new ArgumentException($"{text.Length} characters; at most {MaxCharacters} are allowed.", name);
        }
    }
}
