namespace Pqms.Ethereum.Crypto;

/// <summary>A recoverable signature on secp256k1.</summary>
/// <param name="R">The x coordinate of the nonce's point, in [1, n).</param>
/// <param name="S">In [1, n/2]: the lower of the two values that verify (EIP-2).</param>
/// <param name="V">The parity of the nonce's point: 0 or 1.</param>
public readonly record struct Signature(Bytes32 R, Bytes32 S, byte V)
{
    /// <summary>Bytes in the form that contracts take.</summary>
    public const int Size = 65;

    /// <summary>r ‖ s ‖ v with v = 27 or 28, as <c>ecrecover</c> and most contracts want it.</summary>
    /// <returns>65 bytes.</returns>
    /// <exception cref="InvalidOperationException"><see cref="V"/> is neither 0 nor 1: no key made this.</exception>
    public byte[] To65Bytes()
    {
        if (V > 1)
        {
            throw new InvalidOperationException($"The signature has v = {V}; only 0 and 1 have a 65-byte form.");
        }

        var bytes = new byte[Size];
        R.CopyTo(bytes);
        S.CopyTo(bytes.AsSpan(Bytes32.Size));
        bytes[64] = (byte)(27 + V);
        return bytes;
    }

    /// <summary>Reads r ‖ s ‖ v with v = 0, 1, 27 or 28.</summary>
    /// <param name="bytes">65 bytes.</param>
    /// <returns>The signature; whether it fits any key shows only in <see cref="Recover"/>.</returns>
    /// <exception cref="FormatException">Another number of bytes, or another v.</exception>
    public static Signature From65Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || bytes[64] is not (0 or 1 or 27 or 28))
        {
            var last = bytes.IsEmpty ? "" : $", the last being {bytes[^1]}";
            throw new FormatException(
                $"{bytes.Length} bytes{last}; a signature has {Size} bytes, the last being 0, 1, 27 or 28.");
        }

        return new Signature(
            Bytes32.FromBytes(bytes[..32]), Bytes32.FromBytes(bytes[32..64]),
            (byte)(bytes[64] >= 27 ? bytes[64] - 27 : bytes[64]));
    }

    /// <summary>The account whose key made the signature.</summary>
    /// <param name="digest">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>The account.</returns>
    /// <exception cref="FormatException">
    /// r or s is zero or not below the curve's order, s is in the upper half, v is neither 0 nor 1, or r is no point's
    /// x.
    /// </exception>
    public static Address Recover(Bytes32 digest, Signature signature) => TryRecover(digest, signature, out var account)
        ? account
        : throw new FormatException(
            $"No key makes the signature r = {signature.R}, s = {signature.S}, v = {signature.V}: r must be a point's "
            + "x in [1, n), s lie in [1, n/2], v be 0 or 1.");

    /// <summary>As <see cref="Recover"/>, without an exception.</summary>
    /// <param name="digest">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="account">The account, or the zero address.</param>
    /// <returns>Whether a key exists that makes this signature.</returns>
    public static bool TryRecover(Bytes32 digest, Signature signature, out Address account)
    {
        Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeySize];
        var recovered = Secp256k1.TryRecover(digest, signature, publicKey);
        account = recovered ? Secp256k1.ToAddress(publicKey) : Address.Zero;
        return recovered;
    }

    /// <summary>Whether an account's key made the signature.</summary>
    /// <param name="digest">What was signed.</param>
    /// <param name="signature">The signature; a malformed one is no account's.</param>
    /// <param name="account">The account.</param>
    /// <returns>True for exactly this account.</returns>
    public static bool Verify(Bytes32 digest, Signature signature, Address account) =>
        TryRecover(digest, signature, out var signer) && signer == account;
}
