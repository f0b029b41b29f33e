using System.Text.Json;

namespace Pqms.Ethereum.Crypto;

/// <summary>The fields of a keystore file, each checked when it is read.</summary>
internal readonly struct KeystoreFields(JsonElement element)
{
    private readonly JsonElement _element = element.ValueKind == JsonValueKind.Object
        ? element
        : throw new FormatException($"A JSON object is needed in the keystore file, not {element.ValueKind}.");

    public KeystoreFields Inner(params string[] names)
    {
        foreach (var name in names)
        {
            if (_element.TryGetProperty(name, out var value))
            {
                return new KeystoreFields(value);
            }
        }

        throw Missing(names[0]);
    }

    public string Text(string name) => _element.TryGetProperty(name, out var value)
        ? value.ToString()
        : throw Missing(name);

    public void Require(string name, string expected)
    {
        var text = Text(name);
        if (!string.Equals(text, expected, StringComparison.Ordinal))
        {
            throw new FormatException(
                $"The keystore's field '{name}' is '{Hex.Excerpt(text)}'; only '{expected}' is allowed.");
        }
    }

    public int Number(string name, int least, int most)
    {
        var text = Text(name);
        return int.TryParse(text, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException(
                $"The keystore's field '{name}' is '{Hex.Excerpt(text)}'; {least} to {most} is allowed.");
    }

    public byte[] Bytes(string name, int? length) => Hex.TryDecode(Text(name), out var bytes)
        && (length is null || bytes.Length == length)
        ? bytes
        : throw new FormatException(
            $"The keystore's field '{name}' must hold {length?.ToString() ?? "whole"} bytes in hexadecimal.");

    /// <summary>An account that may be missing; null then.</summary>
    public Address? Account(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ToString() is not { Length: > 0 } text)
        {
            return null;
        }

        return Address.TryParse(text, out var account)
            ? account
            : throw new FormatException(
                $"The keystore's field '{name}' is '{Hex.Excerpt(text)}', which is no address.");
    }

    public byte[] Bytes(string outer, string name, int length) => Inner(outer).Bytes(name, length);

    private static FormatException Missing(string name) => new($"The keystore's field '{name}' is missing.");
}
