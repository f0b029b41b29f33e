using Pqms.Ethereum.Contracts;
using Pqms.Sdk.Audit;

namespace Pqms.Sdk.Client;

/// <summary>Reads getters after one block and notes what differs from the rebuilt state.</summary>
internal sealed class Getters(LedgerClient client, ulong block, CancellationToken cancellation)
{
    public List<AuditFault> Faults { get; } = [];

    public LedgerContracts Contracts => client.Contracts;

    public Task<T> ReadAsync<T>(ContractCall<T> call) => call.CallAsync(client.Rpc, block, null, cancellation);

    public async Task ExpectAsync<T>(AuditRule rule, UInt128? id, string what, ContractCall<T> call, T rebuilt) =>
        Expect(rule, id, what, await ReadAsync(call), rebuilt);

    public void Expect<T>(AuditRule rule, UInt128? id, string what, T stored, T rebuilt)
    {
        if (!EqualityComparer<T>.Default.Equals(stored, rebuilt))
        {
            var text = $"{what}: the ledger holds {stored}, its logs give {rebuilt}";
            Faults.Add(new AuditFault(rule, null, id, text));
        }
    }
}
