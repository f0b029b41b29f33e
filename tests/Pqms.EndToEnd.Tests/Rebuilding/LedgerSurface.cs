using System.Text.Json;
using Pqms.Ethereum.Contracts;
using Pqms.Sdk;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>All that can be called and all that can be logged, read from the contracts' ABI and the SDK's
/// records.</summary>
internal static class LedgerSurface
{
    // The ledger's contracts call these of each other; nobody else may.
    private static readonly HashSet<string> Internal =
    [
        "EntanglementNetwork.book", "EntanglementNetwork.bookMore", "EntanglementNetwork.bookPath",
        "EntanglementNetwork.free", "EntanglementNetwork.freePath", "ParticleAllocation.decide",
        "ParticleAllocation.reopen", "ParticleAllocation.settleLines", "Treasury.forfeitBond", "Treasury.lock",
        "Treasury.lockBond", "Treasury.releaseBond", "Treasury.settle", "Treasury.slash",
    ];

    /// <summary>Functions that change something and that an account may call, as "Contract.function".</summary>
    public static IEnumerable<string> Functions()
    {
        foreach (var file in Directory.GetFiles(
            Path.Combine(Repository.Root, "src", "Pqms.Sdk", "Contracts"), "*.abi.json"))
        {
            var root = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
            var contract = root.GetProperty("contractName").GetString();
            foreach (var entry in root.GetProperty("abi").EnumerateArray().Where(IsWrite))
            {
                var name = $"{contract}.{entry.GetProperty("name").GetString()}";
                if (!Internal.Contains(name))
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>Names of all events.</summary>
    public static IEnumerable<string> Events() => typeof(LedgerEvent).Assembly.GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(LedgerEvent)) && !type.IsAbstract)
        .Select(static type => type.Name);

    public static string NameOf(ContractCall call, LedgerAddresses addresses)
    {
        var contract = typeof(LedgerAddresses).GetProperties()
            .First(property => property.GetValue(addresses)?.Equals(call.To) == true).Name;
        return $"{contract}.{call.Signature.Split('(')[0]}";
    }

    private static bool IsWrite(JsonElement entry) =>
        entry.GetProperty("type").GetString() == "function"
        && entry.GetProperty("stateMutability").GetString() is not ("view" or "pure");
}
