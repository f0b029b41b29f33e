using System.Text.Json;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Abi;

/// <summary>A document of eth_signTypedData_v4: types, domain and message, hashed as EIP-712 says.</summary>
/// <remarks>
/// Strict: every member of a struct must be there, nothing else may, numbers must fit. Structs may contain arrays of
/// themselves. Immutable, safe across threads. Source: EIP-712, "Definition of hashStruct" and "encodeType".
/// </remarks>
public sealed class TypedData
{
    /// <summary>Longest document, in characters.</summary>
    public const int MaxTextLength = 1_000_000;

    private readonly TypedDataTypes _types;
    private readonly JsonElement _message;

    private TypedData(TypedDataTypes types, string primaryType, JsonElement message, Bytes32 domainSeparator)
    {
        _types = types;
        PrimaryType = primaryType;
        _message = message;
        DomainSeparator = domainSeparator;
        StructHash = Keccak256.Hash(types.EncodeStruct(primaryType, message));
    }

    /// <summary>The message's struct, for example "Mail".</summary>
    public string PrimaryType { get; }

    /// <summary>The domain's hash.</summary>
    public Bytes32 DomainSeparator { get; }

    /// <summary>The message's hash.</summary>
    public Bytes32 StructHash { get; }

    /// <summary>What is signed: keccak256(0x1901 ‖ domain separator ‖ struct hash).</summary>
    public Bytes32 Digest => Eip712.Digest(DomainSeparator, StructHash);

    /// <summary>Reads a document and hashes it.</summary>
    /// <param name="json">
    /// <c>{"types", "primaryType", "domain", "message"}</c>, at most <see cref="MaxTextLength"/> characters. Without a
    /// type EIP712Domain the domain's type has the fields that the domain has, in the order of EIP-712.
    /// </param>
    /// <returns>The data with its hashes.</returns>
    /// <exception cref="FormatException">The document is no such data; the message names type, value and what is
    /// allowed.</exception>
    public static TypedData Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxTextLength)
        {
            throw new FormatException($"The document has {json.Length} characters; allowed are {MaxTextLength}.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            var domain = Member(root, "domain", JsonValueKind.Object);
            var types = TypedDataTypes.Read(Member(root, "types", JsonValueKind.Object), domain);
            return new TypedData(
                types,
                Member(root, "primaryType", JsonValueKind.String).GetString()!,
                Member(root, "message", JsonValueKind.Object).Clone(),
                Keccak256.Hash(types.EncodeStruct(TypedDataTypes.Domain, domain)));
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The document is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>A type's description, which its type hash hashes.</summary>
    /// <param name="type">A struct of the document.</param>
    /// <returns>The struct, then all structs that it needs, by name: "Mail(Person from,…)Person(…)".</returns>
    /// <exception cref="FormatException">The document has no such struct.</exception>
    public string EncodeType(string type) => _types.EncodeType(type);

    /// <summary>The message as it is hashed.</summary>
    /// <returns>The type hash, then a word for each member.</returns>
    public byte[] EncodeMessage() => _types.EncodeStruct(PrimaryType, _message);

    private static JsonElement Member(JsonElement root, string name, JsonValueKind kind) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw new FormatException(
                $"The document needs \"{name}\" as {kind}; allowed is "
                + "{\"types\": {…}, \"primaryType\": \"…\", \"domain\": {…}, \"message\": {…}}.");
}
