using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

namespace Pqms.Oracle.Tests;

internal static class Bytes
{
    public static Bytes32 Hash(string text) => Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(text));

    public static Address Account(string text) => Address.FromBytes(Hash(text).ToArray().AsSpan(0, Address.Size));
}
