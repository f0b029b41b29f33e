using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;
using Pqms.Sdk.Tests.Audit;

namespace Pqms.Sdk.Tests.Client;

/// <summary>No view of the six contracts is forgotten: each is compared with the logs, or named with a
/// reason.</summary>
public sealed class StateComparisonTests
{
    private static readonly (string Contract, JsonElement Entry)[] Abi = [.. AbiSamples.Entries()];

    [Fact]
    public async Task CompareAsync_GivenEveryEventOnce_asksEveryViewButTheNamedOnes()
    {
        var chain = new SyntheticChain(SyntheticLedger.Genesis);
        chain.NextTransaction();
        foreach (var (contract, entry) in Abi.Where(static e => TypeOf(e.Entry) == "event").OrderBy(Turn))
        {
            Emit(chain, contract, entry, 1);
            Emit(chain, contract, entry, 2); // A second pool without isolation or quotas, a path of the operator's own.
        }

        chain.Close();
        var node = new FakeNode(chain);
        var views = Abi.Where(static e => TypeOf(e.Entry) == "function" && IsView(e.Entry)).ToArray();
        foreach (var (_, view) in views)
        {
            node.Answers[Selector(view)] = _ => Encode(view.GetProperty("outputs").EnumerateArray());
        }

        var events = chain.Logs
            .Select(static log => LedgerLogs.Decode(log, SyntheticLedger.Addresses))
            .OfType<LedgerEvent>()
            .Select(static e => new TimedEvent(e, SyntheticLedger.Genesis));
        var history = LedgerHistory.Rebuild(events);
        var client = new LedgerClient(node, SyntheticLedger.Addresses);
        Assert.NotEmpty(await StateComparison.CompareAsync(client, history, chain.Last.Number));

        var asked = views.Where(v => node.Asked.Contains((AddressOf(v.Contract).ToString(), Selector(v.Entry))))
            .Select(static v => Name(v.Contract, v.Entry)).ToHashSet();
        var all = views.Select(static v => Name(v.Contract, v.Entry)).ToHashSet();
        Assert.Equal(all.Except(asked).Order(StringComparer.Ordinal), StateComparison.NotCompared.Keys.Order(
            StringComparer.Ordinal));
        Assert.All(StateComparison.NotCompared.Values, reason => Assert.NotEmpty(reason));
    }

    private static void Emit(SyntheticChain chain, string contract, JsonElement entry, uint id)
    {
        var name = entry.GetProperty("name").GetString();
        var isOfSecond = name is "PoolRegistered" or "PathChanged";
        if ((id == 2 && !isOfSecond) || contract is not ("EntanglementNetwork" or "ParticleAllocation"
            or "ParticleInventory" or "RealmRegistry" or "ReportHub" or "Treasury") || name == "EIP712DomainChanged")
        {
            return;
        }

        var inputs = entry.GetProperty("inputs").EnumerateArray().ToArray();
        var topics = inputs.Where(IsIndexed).Select((_, i) => SyntheticLedger.Word(i == 0 ? id : 1)).ToArray();
        var data = Encode(inputs.Where(static input => !IsIndexed(input)));
        if (name == "PathChanged")
        {
            data[1] = 1; // A path that holds a lane, which stands from bit 240 on.
        }

        chain.Emit(AddressOf(contract), Bytes32.FromBytes(AbiSamples.HashOf(entry)), topics, encoder =>
        {
            for (var word = 0; word < data.Length; word += AbiEncoder.WordSize)
            {
                encoder.WriteBytes32(Bytes32.FromBytes(data.AsSpan(word, AbiEncoder.WordSize)));
            }
        });
    }

    // An order and a reservation begin before anything happens to them; the report comes when none can be disabled.
    private static int Turn((string Contract, JsonElement Entry) e) =>
        e.Entry.GetProperty("name").GetString() switch
        {
            "OrderOpened" or "ReservationRequested" => 0,
            "ReportAccepted" => 2,
            _ => 1,
        };

    private static byte[] Encode(IEnumerable<JsonElement> parameters)
    {
        var encoder = new AbiEncoder();
        foreach (var parameter in parameters)
        {
            AbiSamples.Write(encoder, parameter);
        }

        return encoder.ToArray();
    }

    private static Address AddressOf(string contract)
    {
        var property = typeof(LedgerAddresses).GetProperty(contract)!;
        return (Address)property.GetValue(SyntheticLedger.Addresses)!;
    }

    private static string Name(string contract, JsonElement entry) =>
        $"{contract}.{entry.GetProperty("name").GetString()}";

    private static string Selector(JsonElement entry) =>
        Convert.ToHexStringLower(AbiSamples.HashOf(entry).AsSpan(0, 4));

    private static string TypeOf(JsonElement entry) => entry.GetProperty("type").GetString()!;

    private static bool IsView(JsonElement entry) =>
        entry.GetProperty("stateMutability").GetString() is "view" or "pure";

    private static bool IsIndexed(JsonElement input) => input.GetProperty("indexed").GetBoolean();
}
