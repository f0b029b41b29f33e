using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>A path that holds lanes on links.</summary>
/// <param name="Links">Links, in order.</param>
/// <param name="Lanes">Lanes on each.</param>
public sealed record PathState(IReadOnlyList<uint> Links, ushort Lanes);

/// <summary>Follows the links' calendars: each logged word must be the sum of the paths that hold it.</summary>
internal sealed partial class PathBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives,
    IReadOnlyDictionary<uint, PoolRegistered> pools,
    IReadOnlyDictionary<Address, UInt256> roles,
    Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly Dictionary<Bytes32, PathState> _paths = [];
    private readonly Dictionary<(uint Link, ulong Word), UInt256> _words = [];
    private readonly Dictionary<(uint Link, ulong Bucket), long> _booked = [];
    private readonly Dictionary<uint, LinkRegistered> _links = [];

    /// <summary>Paths that hold lanes, by key.</summary>
    public IReadOnlyDictionary<Bytes32, PathState> Paths => _paths;

    /// <summary>Every key that was ever logged.</summary>
    public HashSet<Bytes32> Keys { get; } = [];

    /// <summary>Calendar words of links as last logged.</summary>
    public IReadOnlyDictionary<(uint Link, ulong Word), UInt256> Words => _words;

    /// <summary>Links, by id.</summary>
    public IReadOnlyDictionary<uint, LinkRegistered> Links => _links;

    public void Add(LedgerEvent e, ulong time)
    {
        _last = e;
        switch (e)
        {
            case LinkRegistered link:
                _links[link.Data.Id] = link;
                break;
            case PathChanged path:
                Change(path);
                break;
            case ReservationEvent cause when lives.TryGetValue(cause.Id, out var life):
                Note(cause, life, time);
                break;
            default:
                break;
        }
    }

    private void Change(PathChanged e)
    {
        var data = e.Data;
        Keys.Add(data.Key);
        var (lanes, links) = ((long)e.Lanes, e.Links);
        CheckPacking(e);
        CheckOwner(e);
        if (lanes > 0)
        {
            _paths[data.Key] = new PathState(links, e.Lanes);
        }
        else if (_paths.Remove(data.Key, out var held))
        {
            lanes = -held.Lanes;
            if (!held.Links.SequenceEqual(links))
            {
                fault(AuditRule.Calendar, e, OwnerOf(data.Key),
                    $"path {data.Key} is freed on links {Text(links)}, it holds {Text(held.Links)}");
            }
        }
        else
        {
            fault(AuditRule.Calendar, e, OwnerOf(data.Key), $"path {data.Key} is freed, but holds nothing");
            return;
        }

        // A free names whole buckets, one more than the longest window fills.
        if (data.End > data.Start + CalendarLanes.MaxWindowSeconds + CalendarLanes.BucketSeconds)
        {
            fault(AuditRule.Calendar, e, null, $"path {data.Key} is changed in {data.Start}..{data.End}: too long");
            return;
        }

        var last = data.End == data.Start ? 0 : (data.End - 1) / CalendarLanes.BucketSeconds;
        for (var bucket = data.Start / CalendarLanes.BucketSeconds; data.End > data.Start && bucket <= last; bucket++)
        {
            foreach (var link in links)
            {
                _booked[(link, bucket)] = _booked.GetValueOrDefault((link, bucket)) + lanes;
            }
        }

        Compare(e, links);
    }

    private void CheckPacking(PathChanged e)
    {
        var data = e.Data;
        if (!e.IsWhole)
        {
            fault(AuditRule.Calendar, e, OwnerOf(data.Key),
                $"path {data.Key} is packed as {data.Path}, without a link or with one after a gap");
        }

        var first = data.Start / CalendarLanes.BucketSeconds / CalendarLanes.Count;
        if (data.FirstWord != first)
        {
            fault(AuditRule.Calendar, e, OwnerOf(data.Key),
                $"path {data.Key} tells words from {data.FirstWord} on, its first is {first}");
        }
    }

    private void Compare(PathChanged e, IReadOnlyList<uint> links)
    {
        var data = e.Data;
        var last = data.End == data.Start ? 0 : (data.End - 1) / CalendarLanes.BucketSeconds / CalendarLanes.Count;
        var words = data.End <= data.Start || last < data.FirstWord ? 0 : last - data.FirstWord + 1;
        var each = links.Count == 0 ? 0 : data.Words.Length / links.Count;
        if ((ulong)data.Words.Length != (ulong)links.Count * words)
        {
            fault(AuditRule.Calendar, e, OwnerOf(data.Key),
                $"path {data.Key} of {links.Count} links tells {data.Words.Length} words, {words} of each are "
                + "due");
        }

        if (data.Words.Length != links.Count * each)
        {
            return;
        }

        for (var i = 0; i < data.Words.Length; i++)
        {
            var (link, word) = (links[i / each], data.FirstWord + (ulong)(i % each));
            _words[(link, word)] = data.Words[i];
            var lanes = CalendarLanes.Of(data.Words[i]);
            var most = _links.TryGetValue(link, out var known) ? known.Data.Lanes : 0;
            for (var lane = 0; lane < CalendarLanes.Count; lane++)
            {
                var told = lanes[lane];
                var due = _booked.GetValueOrDefault((link, (word * CalendarLanes.Count) + (ulong)lane));
                if (told != due || told > most)
                {
                    fault(AuditRule.Calendar, e, OwnerOf(data.Key),
                        $"link {link} holds {told} lanes in bucket {lane} of word {word}: the paths hold {due} of "
                        + $"{most}");
                }
            }
        }
    }

    private static string Text(IEnumerable<uint> links) => string.Join(", ", links);
}
