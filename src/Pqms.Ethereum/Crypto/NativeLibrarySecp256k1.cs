using System.Reflection;
using System.Runtime.InteropServices;

namespace Pqms.Ethereum.Crypto;

/// <summary>The functions of libsecp256k1 that are used, and where the library is found.</summary>
/// <remarks>Source: secp256k1.h and secp256k1_recovery.h; these functions are the same in every release since 0.1. A
/// null or out-of-range argument ends the process, so callers check first.</remarks>
internal static class NativeLibrarySecp256k1
{
    /// <summary>SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY: one value for old and new releases.</summary>
    public const uint ContextSignAndVerify = 0x0301;

    /// <summary>SECP256K1_EC_UNCOMPRESSED: 4 ‖ x ‖ y.</summary>
    public const uint SerializeUncompressed = 0x0002;

    /// <summary>Bytes of the opaque secp256k1_pubkey.</summary>
    public const int PointSize = 64;

    /// <summary>Bytes of the opaque secp256k1_ecdsa_recoverable_signature.</summary>
    public const int RecoverableSize = 65;

    /// <summary>Bytes of r ‖ s.</summary>
    public const int CompactSize = 64;

    private const string Secp = "secp256k1";

    // Releases: 0.7 is .so.6, 0.6 is .so.5, 0.3 to 0.5 are .so.2, 0.2 is .so.1, before it .so.0.
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["libsecp256k1-6.dll", "libsecp256k1-5.dll", "libsecp256k1-2.dll", "libsecp256k1.dll", "secp256k1.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libsecp256k1.6.dylib", "libsecp256k1.5.dylib", "libsecp256k1.2.dylib", "libsecp256k1.dylib"]
            : ["libsecp256k1.so.6", "libsecp256k1.so.5", "libsecp256k1.so.2", "libsecp256k1.so.1",
                "libsecp256k1.so.0"];

    private static readonly string[] Functions =
    [
        nameof(secp256k1_context_create), nameof(secp256k1_context_randomize), nameof(secp256k1_ec_pubkey_create),
        nameof(secp256k1_ec_pubkey_serialize), nameof(secp256k1_ecdsa_sign_recoverable),
        nameof(secp256k1_ecdsa_recoverable_signature_serialize_compact),
        nameof(secp256k1_ecdsa_recoverable_signature_parse_compact), nameof(secp256k1_ecdsa_recover),
    ];

    private static readonly nint Handle;

    static NativeLibrarySecp256k1()
    {
        var assembly = typeof(NativeLibrarySecp256k1).Assembly;
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, assembly, DllImportSearchPath.SafeDirectories, out Handle)
                && Array.TrueForAll(Functions, function => NativeLibrary.TryGetExport(Handle, function, out _)))
            {
                Library = name;
                NativeLibrary.SetDllImportResolver(assembly, Resolve);
                return;
            }
        }
    }

    /// <summary>The file that was loaded; null when there is none with all functions.</summary>
    public static string? Library { get; }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths) =>
        name == Secp ? Handle : 0;

#pragma warning disable IDE1006, SYSLIB1054 // The names are C's; no marshalling is needed that code could be made for.
    [DllImport(Secp, ExactSpelling = true)]
    public static extern nint secp256k1_context_create(uint flags);

    [DllImport(Secp, ExactSpelling = true)]
    public static extern int secp256k1_context_randomize(nint context, in byte seed32);

    [DllImport(Secp, ExactSpelling = true)]
    public static extern int secp256k1_ec_pubkey_create(nint context, out byte point, in byte privateKey);

    [DllImport(Secp, ExactSpelling = true)]
    public static extern int secp256k1_ec_pubkey_serialize(
        nint context, out byte output, ref nuint length, in byte point, uint flags);

    [DllImport(Secp, ExactSpelling = true)]
    public static extern int secp256k1_ecdsa_sign_recoverable(
        nint context, out byte signature, in byte message32, in byte privateKey, nint nonceFunction, nint nonceData);

    [DllImport(Secp, ExactSpelling = true)]
    public static extern int secp256k1_ecdsa_recoverable_signature_serialize_compact(
        nint context, out byte compact64, out int v, in byte signature);

    [DllImport(Secp, ExactSpelling = true)]
    public static extern int secp256k1_ecdsa_recoverable_signature_parse_compact(
        nint context, out byte signature, in byte compact64, int v);

    [DllImport(Secp, ExactSpelling = true)]
    public static extern int secp256k1_ecdsa_recover(
        nint context, out byte point, in byte signature, in byte message32);
#pragma warning restore IDE1006, SYSLIB1054
}
