namespace Pqms.Ethereum.Crypto;

/// <summary>What keys and signatures need of secp256k1. Implementations give the same bytes for the same
/// arguments.</summary>
internal interface ICurve
{
    /// <summary>Who computes, for people.</summary>
    string Name { get; }

    /// <summary>Writes the public key.</summary>
    /// <param name="privateKey">32 bytes in [1, n).</param>
    /// <param name="publicKey">x ‖ y, 64 bytes.</param>
    void PublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey);

    /// <summary>Signs with the nonce of RFC 6979, s made low (EIP-2).</summary>
    /// <param name="digest">What is signed.</param>
    /// <param name="privateKey">32 bytes in [1, n).</param>
    Signature Sign(Bytes32 digest, ReadOnlySpan<byte> privateKey);

    /// <summary>Finds the public key that verifies the signature.</summary>
    /// <param name="digest">What was signed.</param>
    /// <param name="signature">r and s in [1, n), v 0 or 1.</param>
    /// <param name="publicKey">x ‖ y, 64 bytes, when there is one.</param>
    /// <returns>False when r is no point's x, or the key would be the point at infinity.</returns>
    bool TryRecover(Bytes32 digest, Signature signature, Span<byte> publicKey);
}
