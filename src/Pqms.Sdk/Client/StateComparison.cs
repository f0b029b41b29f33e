using System.Numerics;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Audit;

namespace Pqms.Sdk.Client;

/// <summary>Compares the ledger rebuilt from logs with what the contracts' getters say after the same block.</summary>
/// <remarks>A difference means a write without a log, or a log without its write: the ledger promises
/// neither.</remarks>
public static class StateComparison
{
    /// <summary>Asks every getter that the history has an answer for.</summary>
    /// <param name="client">The ledger.</param>
    /// <param name="history">Rebuilt from all logs up to the block.</param>
    /// <param name="block">The block.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Every difference; empty when logs and state agree.</returns>
    public static async Task<IReadOnlyList<AuditFault>> CompareAsync(
        LedgerClient client, LedgerHistory history, ulong block, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(history);
        var comparison = new Comparison(client, block, cancellationToken);
        var now = await client.MomentAsync(block, cancellationToken);
        foreach (var life in history.Lives.Values.Where(static life => life.Status != ReservationStatus.None))
        {
            await comparison.LifeAsync(life, now.TimeSeconds);
        }

        await comparison.MoneyAsync(history);
        await comparison.CalendarAsync(history);
        await comparison.ReportsAsync(history);
        return comparison.Faults;
    }

    private sealed class Comparison(LedgerClient client, ulong block, CancellationToken cancellation)
    {
        public List<AuditFault> Faults { get; } = [];

        public async Task LifeAsync(ReservationLife life, ulong timeSeconds)
        {
            var stored = await Read(client.Contracts.Allocation.Reservation(life.Id));
            var status = (ReservationStatus)await Read(client.Contracts.Allocation.StatusOf(life.Id));
            var open = life.Divided is null ? life.Escrow : 0;
            Expect(AuditRule.Transition, life.Id, "status", status, life.StatusAt(timeSeconds));
            Expect(AuditRule.Transition, life.Id, "client", stored.Client, life.Client);
            Expect(AuditRule.Transition, life.Id, "start", stored.Start, life.Start);
            Expect(AuditRule.Transition, life.Id, "end", stored.End, life.End);
            Expect(AuditRule.Transition, life.Id, "takes", stored.Takes, life.Takes);
            Expect(AuditRule.Money, life.Id, "escrow", stored.Escrow, open);
        }

        public async Task MoneyAsync(LedgerHistory history)
        {
            foreach (var (account, credit) in history.Credits)
            {
                BigInteger held = await Read(client.Contracts.Treasury.CreditOf(account));
                Expect(AuditRule.Money, null, $"credit of {account}", held, credit);
            }

            BigInteger escrow = await Read(client.Contracts.Treasury.TotalEscrow());
            Expect(AuditRule.Money, null, "total escrow", escrow, history.Money.OpenEscrow);
            BigInteger credits = await Read(client.Contracts.Treasury.TotalCredits());
            if (credits < history.Money.Credits)
            {
                // Above is possible: ether can be forced into any contract.
                Expect(AuditRule.Money, null, "total credits", credits, history.Money.Credits);
            }
        }

        public async Task CalendarAsync(LedgerHistory history)
        {
            foreach (var ((pool, bucket), slots) in history.Booked)
            {
                long booked = await Read(client.Contracts.Allocation.Booked(pool, bucket));
                Expect(AuditRule.Calendar, null, $"pool {pool} bucket {bucket}", booked, slots);
            }
        }

        public async Task ReportsAsync(LedgerHistory history)
        {
            var sequence = await Read(client.Contracts.Hub.Sequence());
            Expect(AuditRule.Reports, null, "sequence", sequence, (ulong)history.Reports.Count);
            var era = await Read(client.Contracts.Hub.Era());
            Expect(AuditRule.Reports, null, "era", era, (ulong)history.Eras.Count);
            var head = await Read(client.Contracts.Hub.Head());
            Expect(AuditRule.Reports, null, "head", head, history.Head);
        }

        private Task<T> Read<T>(ContractCall<T> call) => call.CallAsync(client.Rpc, block, null, cancellation);

        private void Expect<T>(AuditRule rule, UInt128? id, string what, T stored, T rebuilt)
        {
            if (!EqualityComparer<T>.Default.Equals(stored, rebuilt))
            {
                Faults.Add(new AuditFault(rule, null, id,
                    $"{what}: the ledger holds {stored}, its logs give {rebuilt}"));
            }
        }
    }
}
