using System.Diagnostics;
using System.Runtime.Intrinsics;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

/// <summary>One digest over many, which this assembly's program prints: a test runs it without vectors.</summary>
internal static class KeccakRun
{
    /// <summary>The bits of the widest vectors in use, and the digest.</summary>
    public static string Text() => $"{Bits()} {Digest()}";

    public static int Bits() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 0;

    public static string Digest()
    {
        byte[] all = [];
        for (var length = 0; length <= 300; length++)
        {
            var messages = new byte[13 * length];
            new Random(length).NextBytes(messages);
            var digests = new byte[13 * Keccak256.Size];
            Keccak256.HashMany(messages, length, digests);
            all = Keccak256.Hash([.. all, .. digests]).ToArray();
        }

        return Hex.Encode(all);
    }

    public static string InChild(string variable)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(KeccakRun).Assembly.Location);
        start.Environment[variable] = "0";
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        Assert.Equal(0, program.ExitCode);
        return output.Trim();
    }
}
