using System.Text;

namespace Pqms.Ethereum.Abi;

/// <summary>UTF-8 that refuses what is not UTF-8 instead of writing replacement characters.</summary>
internal static class Utf8Strict
{
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);
}
