using Pqms.Ethereum;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>Ledgers with known content.</summary>
internal static class SampleLedgers
{
    public const ulong Settled = 7;
    public const ulong Refused = 8;
    public const ulong Cancelled = 9;

    public static readonly Address Client = SyntheticLedger.Account(21);

    /// <summary>One reservation released and settled with five takes, one refused, one cancelled, one
    /// withdrawal.</summary>
    public static SyntheticLedger Small()
    {
        var ledger = new SyntheticLedger();
        ledger.Request(Settled, Client, 15, 600, surplus: 11);
        ledger.Request(Refused, Client, 2, 1_800);
        ledger.Decide(Settled, DecisionOutcome.Granted);
        ledger.Decide(Refused, DecisionOutcome.FidelityOutOfReach);
        ledger.Report();
        ledger.Take(Settled, 3);
        ledger.Chain.Close(20);
        ledger.Take(Settled, 2);
        ledger.Report();
        ledger.Request(Cancelled, SyntheticLedger.Account(22), 1, 900, startIn: 5_000);
        ledger.Chain.Close();
        ledger.Cancel(Cancelled);
        ledger.Chain.Close(30);
        ledger.Release(Settled);
        ledger.Chain.Close();
        ledger.Score(Settled, 987_654);
        ledger.Report();
        ledger.Withdraw(Client);
        return ledger;
    }

    /// <summary>A ledger of random but honest doings; equal for equal seeds.</summary>
    public static SyntheticLedger Random(int seed)
    {
        var random = new Random(seed);
        var ledger = new SyntheticLedger();
        var open = new List<UInt128>();
        for (var step = 0; step < 12; step++)
        {
            UInt128 id = (ulong)step + 1;
            var client = SyntheticLedger.Account((byte)random.Next(21, 24));
            var ahead = random.Next(3) == 0 ? (ulong)random.Next(2_000, 9_000) : 0;

            // Windows outlast the two blocks until the answer: nobody can release what is over.
            ledger.Request(id, client, (uint)random.Next(1, 5), (ulong)random.Next(5, 3_000), ahead,
                (ulong)random.Next(9));
            if (random.Next(6) == 0)
            {
                ledger.Cancel(id);
            }
            else
            {
                var granted = random.Next(4) > 0;
                ledger.Decide(id, granted ? DecisionOutcome.Granted : DecisionOutcome.PoolExhausted);
                ledger.Report();
                if (granted && ahead > 100 && random.Next(2) == 0)
                {
                    ledger.Cancel(id);
                }
                else if (granted)
                {
                    open.Add(id);
                    ledger.Release(id);
                }
            }

            ledger.Chain.Close((ulong)random.Next(1, 40));
            if (random.Next(3) == 0)
            {
                open.ForEach(done => ledger.Score(done, (uint)random.Next(0, 1_000_001)));
                open.Clear();
                ledger.Report();
            }

            if (ledger.Credits.GetValueOrDefault(client) > 0 && random.Next(3) == 0)
            {
                ledger.Withdraw(client);
            }
        }

        return ledger;
    }
}
