using Pqms.Node;
using Pqms.Node.Audit;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary>Prints what a transaction did: hash, block, gas, and the ledger's events in it.</summary>
internal static class Receipts
{
    public static int Print(Invocation run, LedgerAccess access, LedgerReceipt receipt, UInt128? id = null)
    {
        var mined = receipt.Receipt;
        if (run.Json)
        {
            run.Screen.Document(new
            {
                reservation = id is { } known ? ReservationIds.ToText(known) : null,
                transactionHash = mined.TransactionHash.ToString(),
                block = mined.BlockNumber,
                gasUsed = mined.GasUsed,
                from = access.Key!.Address.ToString(),
                events = receipt.Events.Select(Views.Event),
            });
            return (int)ExitCode.Ok;
        }

        var facts = new List<(string, string)>
        {
            ("transaction", mined.TransactionHash.ToString()),
            ("block", $"{mined.BlockNumber}"),
            ("gas", $"{mined.GasUsed}"),
        };
        if (id is { } value)
        {
            facts.Insert(0, ("reservation", ReservationIds.ToText(value)));
        }

        facts.AddRange(receipt.Events.Select(logged => (logged.Name, LifeNotes.Of(logged))));
        run.Screen.Facts(facts);
        return (int)ExitCode.Ok;
    }

    public static int PrintKnown(Invocation run, IReadOnlyList<ReservationRequested> requested)
    {
        var place = requested[0].Place;
        if (run.Json)
        {
            run.Screen.Document(new
            {
                reservation = ReservationIds.ToText(requested[0].Id),
                transactionHash = place.TransactionHash.ToString(),
                block = place.BlockNumber,
                repeated = true,
                events = requested.Select(Views.Event),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Facts(
        [
            ("transaction", place.TransactionHash.ToString()),
            ("block", $"{place.BlockNumber}"),
            .. requested.SelectMany(one => new (string, string)[]
            {
                ("reservation", ReservationIds.ToText(one.Id)), (one.Name, LifeNotes.Of(one)),
            }),
        ]);
        return (int)ExitCode.Ok;
    }
}
