using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Plants faults in the true logs of a run: of each kind of event one is dropped, told twice, or altered word
/// by word. What no audit finds is gathered by name.</summary>
internal sealed class Tampering(HistoryFile file)
{
    private const int WordBytes = 32;

    // Events whose content the ledger only records, or whose last one nothing later contradicts.
    private static readonly HashSet<string> Recorded =
    [
        // The offices' own decisions; what they lead to has events of its own.
        "PoolIsolationSet", "QuotasSet", "RolesSet", "CohortSet", "ReservoirSet",

        // Entries: names, lengths, grades. What bookings rest on is found when something is booked.
        "KindRegistered", "LinkRegistered", "PoolRegistered", "SiteRegistered", "ProviderSet",

        // A provider's or client's own claims, a sponsor's wish, a stock: proven by leaves, if at all.
        "LotRegistered", "LotMoved", "OrderOpened", "AllowanceChanged", "ShareOffered", "ShareAccepted", "ShareLeft",
    ];

    // Parts of others: absolute values told again, and terms that only the mesh heeds.
    private static readonly HashSet<string> Harmless =
    [
        "AccountChanged doubled", "BondChanged doubled", "CalendarChanged doubled", "OpenSlotsChanged doubled",

        // Told by its id alone; the others of its report cannot be hashed without it. The batch tells of all.
        "DecisionSkipped doubled", "ReservationDecided dropped",
        .. new[] { 2, 3, 4, 5, 6 }.Select(static word => $"ReservationDecided word {word}"),

        // Neither freed nor crossed by another path: the reservation's own log does not tell that it has one. What is
        // freed is named by its links; only its buckets count.
        "PathChanged dropped", "PathChanged word 1", "PathChanged word 2",


        // Compared with its block by the check of a whole file.
        "ReportAccepted word 0",

        // Announcements that nothing follows, values that nothing uses, and those of the deployment.
        "AddressSet dropped", "AddressSet word 0", "AdminTransferStarted dropped", "AdminTransferStarted doubled",
        "ParameterScheduled dropped", "ParameterScheduled doubled", "ParameterScheduled word 0",
        "ParameterSet dropped", "ParameterSet word 0", "PausedSet dropped", "PausedSet doubled", "PausedSet word 0",
        "RotationScheduled dropped", "RotationScheduled doubled",
        .. new[] { 1, 3, 4, 5, 6, 7 }.Select(static word => $"RotationScheduled word {word}"),
        "ConfigSet word 0", "ConfigSet word 2", "ConfigSet word 5",

        // A stock that crosses no threshold.
        "StockReported dropped", "StockReported word 0", "StockReported word 1", "StockReported word 2",

        // The last take, and a report without lines.
        "TakeRequested dropped", "ReportSettled dropped",
        .. new[] { 4, 5, 6, 7, 8, 9, 10 }.Select(static word => $"ReservationRequested word {word}"),
    ];

    private readonly TimedEvent[] _events = [.. file.Events()];

    /// <summary>Faults that were not found: "Event dropped", "Event doubled", "Event word 3".</summary>
    public SortedSet<string> Silent { get; } = new(StringComparer.Ordinal);

    /// <summary>Faults that an audit must find, but did not.</summary>
    public IEnumerable<string> Missed => Silent.Where(static what => !IsFree(what));

    /// <summary>Faults planted.</summary>
    public int Planted { get; private set; }

    public void Run(int samples)
    {
        foreach (var kind in _events.Select(static (timed, at) => (timed.Event.Name, At: at))
            .GroupBy(static one => one.Name, static one => one.At))
        {
            // Spread over the run, but not of its end: nothing comes after those that could contradict.
            var places = kind.Where(at => !IsOverwritten(at)).ToArray();
            for (var sample = 0; sample < Math.Min(samples, places.Length); sample++)
            {
                Plant(kind.Key, places[places.Length * sample / samples]);
            }
        }
    }

    // Of several values of an account or bond in one transaction the last one counts and is checked.
    private bool IsOverwritten(int at)
    {
        var subject = Subject(_events[at].Event);
        return subject is not null && _events.Skip(at + 1)
            .TakeWhile(timed => timed.Event.Place.TransactionHash == _events[at].Event.Place.TransactionHash)
            .Any(timed => Subject(timed.Event) == subject);
    }

    private static (string Name, Address Account)? Subject(LedgerEvent e) => e switch
    {
        AccountChanged { Data: var data } => (e.Name, data.Account),
        BondChanged { Data: var data } => (e.Name, data.Provider),
        _ => null,
    };

    private void Plant(string name, int at)
    {
        Try($"{name} dropped", _events.Where((_, i) => i != at));
        var twice = _events[at] with { Event = After(_events[at].Event) };
        Try($"{name} doubled", [.. _events[..(at + 1)], twice, .. Later(at + 1)]);
        for (var word = 0; word < file.Logs[at].Data.Length / WordBytes; word++)
        {
            Alter($"{name} word {word}", at, (word * WordBytes) + WordBytes - 1);
            for (var place = 0; IsPacked(name, word) && place < WordBytes - 1; place++)
            {
                Alter($"{name} word {word} byte {place}", at, (word * WordBytes) + place);
            }
        }
    }

    // Several fields in a word, each of which must be seen: the path; the client; entries after offset and length.
    private static bool IsPacked(string name, int word) => name switch
    {
        "PathChanged" => word == 0,
        "ReservationSettled" => word == 2,
        "AccountsChanged" => word >= 2,
        _ => false,
    };

    private void Alter(string what, int at, int place)
    {
        if (Altered(file.Logs[at], place) is { } altered)
        {
            Try(what, [.. _events[..at], _events[at] with { Event = altered }, .. _events[(at + 1)..]]);
        }
    }

    private static bool IsFree(string what) => Recorded.Contains(what.Split(' ')[0]) || Harmless.Contains(what);

    // Places are made room for, so that the order alone does not give the second one away.
    private static LedgerEvent After(LedgerEvent e) =>
        e with { Place = e.Place with { LogIndex = e.Place.LogIndex + 1 } };

    private IEnumerable<TimedEvent> Later(int from)
    {
        var block = _events[from - 1].Event.Place.BlockNumber;
        return _events[from..].Select(timed =>
            timed.Event.Place.BlockNumber == block ? timed with { Event = After(timed.Event) } : timed);
    }

    private LedgerEvent? Altered(LogEntry log, int place)
    {
        var data = log.Data.ToArray();
        data[place] ^= 1;
        try
        {
            return LedgerLogs.Decode(log with { Data = data }, file.Addresses);
        }
        catch (FormatException)
        {
            // Refused before any audit: not a value of its type.
            return null;
        }
    }

    private void Try(string what, IEnumerable<TimedEvent> events)
    {
        Planted++;
        var history = LedgerHistory.Rebuild(events);
        if (history.Faults.Count == 0 && history.Money.Balanced)
        {
            Silent.Add(what);
        }
    }
}
