using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

namespace Pqms.Oracle.Peers;

/// <summary>Reads who signed, from bytes that a stranger may have made.</summary>
internal static class Attestation
{
    /// <summary>The account whose key made a signature; null if the bytes fit no key.</summary>
    /// <param name="digest">What was signed.</param>
    /// <param name="bytes">The signature, 65 bytes.</param>
    public static Address? SignerOf(Bytes32 digest, byte[] bytes)
    {
        try
        {
            return bytes.Length == Signature.Size
                && Signature.TryRecover(digest, Signature.From65Bytes(bytes), out Address signer)
                    ? signer
                    : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
