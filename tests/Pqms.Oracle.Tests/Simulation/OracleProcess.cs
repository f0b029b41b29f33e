using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Peers;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>One oracle process on one thread: follows when told to, settles when told to, dies when told to.</summary>
internal sealed class OracleProcess : IDisposable
{
    private readonly string _dataFolder;
    private readonly Func<FakeChain> _chain;
    private readonly IReadOnlyList<EthereumKey> _keys;
    private readonly MeshFactory _meshes;
    private readonly Func<RpcFault> _fault;
    private readonly JournalOptions _options;
    private DataFolder? _folder;
    private IJournal? _journal;
    private OracleSession? _session;
    private SettlementStepper? _stepper;
    private BombedWriter? _writer;
    private PeerDesk? _desk;

    public OracleProcess(
        string dataFolder,
        Func<FakeChain> chain,
        IReadOnlyList<EthereumKey> keys,
        MeshFactory meshes,
        Func<RpcFault>? fault = null,
        JournalOptions? options = null)
    {
        _options = options ?? new JournalOptions();
        _dataFolder = dataFolder;
        _chain = chain;
        _keys = keys;
        _meshes = meshes;
        _fault = fault ?? (() => RpcFault.None);
    }

    /// <summary>The other oracles; with none, the own keys must be enough.</summary>
    public IReadOnlyList<IPeer> Peers { get; set; } = [];

    public PeerAlarms Alarms { get; private set; } = new();

    public EventTrail Trail { get; } = new();

    /// <summary>A process that was killed answers nobody until it follows again.</summary>
    public PeerAnswer Answer(SignatureQuestion question)
    {
        PeerAnswer? answer = null;
        Guard(() =>
        {
            if (_session is not null)
            {
                Task<PeerAnswer> asked = _desk!.AnswerAsync(question, CancellationToken.None);
                Assert.True(asked.IsCompleted);
                answer = asked.GetAwaiter().GetResult();
            }
        });
        return answer ?? throw new PeerUnreachableException("the process is gone");
    }

    public Bomb Bomb { get; } = new();

    public int Kills { get; private set; }

    public int Rebuilds { get; private set; }

    public IJournal Journal => _journal!;

    public ReportBook Book => _session!.Book;

    public string Alarm => _session!.Alarm.Length > 0 ? _session.Alarm : _stepper!.Alarm;

    public OracleJournal? OpenedJournal { get; private set; }

    public List<string> Notes { get; } = [];

    /// <summary>The snapshot's block of each session that began; null for the era's start.</summary>
    public List<ulong?> StartedAfter { get; } = [];

    public JournalSnapshot Snapshot() => _session!.Snapshot();

    /// <summary>Applies at most so many new blocks; rebuilds when those it knows are not the chain's any
    /// more.</summary>
    public void Follow(int blocks) => Guard(() =>
    {
        Start();
        FakeChain chain = _chain();
        if (_session!.Followed is { } known && chain.HashOf(known.Number) != known.Hash)
        {
            _journal!.ForgetFrom(known.Number);
            _session = null;
            Rebuilds++;
            Start();
        }

        int next = _session!.Followed is { } last ? (int)last.Number + 1 : 0;
        LedgerBlock[] run = [.. chain.Blocks.Skip(next).Take(blocks).Select(block => block.Ledger)];
        if (run.Length > 0)
        {
            _session!.Apply(run);
        }
    });

    /// <summary>One step of settlement, if the newest block has been applied.</summary>
    public void Settle() => Guard(() =>
    {
        Start();
        ChainTip tip = _writer!.TipAsync(CancellationToken.None).Result;
        if (_session!.Followed is { } followed && followed.Hash == tip.Hash)
        {
            try
            {
                Task step = _stepper!.StepAsync(tip, CancellationToken.None);
                Assert.True(step.IsCompleted);
                step.GetAwaiter().GetResult();
            }
            catch (ChainUnreachableException)
            {
                // As the service does: everything anew from the chain.
                _session = null;
                Rebuilds++;
            }
        }
    });

    public void Kill()
    {
        _session = null;
        _journal?.Dispose();
        _folder?.Dispose();
        _journal = null;
        _folder = null;
        Kills++;
    }

    /// <summary>Kills it and loses all that it had written.</summary>
    public void LoseData()
    {
        Kill();
        if (Directory.Exists(_dataFolder))
        {
            Directory.Delete(_dataFolder, recursive: true);
        }
    }

    /// <summary>Kills it and leaves the journal's file cut short, as a disk does that loses what it promised.</summary>
    public bool TearJournal()
    {
        Kill();
        string[] files = Directory.Exists(_dataFolder)
            ? Directory.GetFiles(_dataFolder, "journal-*.db", SearchOption.AllDirectories) : [];
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
            File.Delete(file + "-wal");
        }

        return files.Length > 0;
    }

    public void Dispose() => Kill();

    private void Start()
    {
        FakeChain chain = _chain();
        if (_folder is null)
        {
            _folder = DataFolder.Open(_dataFolder, FakeChain.ChainId, chain.Genesis, FakeChain.Hub);
            OpenedJournal = OracleJournal.Open(_options, _folder, durable: false);
            _journal = new BombedJournal(OpenedJournal, Bomb);
        }

        if (_session is null)
        {
            ulong era = chain.Tip.After.Era;
            Trail.Clear();
            _writer = new BombedWriter(new FakeWriter(_chain, _fault), Bomb);
            OracleSession New() => new(
                new LedgerMachine(started => started.Era >= era, _meshes), _journal!, SilentObserver.Instance,
                _options, Trail)
            {
                Stands = (era, chain.Tip.After.StandsThrough),
            };
            Task<OracleSession> start = SessionStart.OpenAsync(
                New, _journal!, era, _options, _writer.BlockHashAsync, Notes.Add, CancellationToken.None);
            Assert.True(start.IsCompleted);
            _session = start.GetAwaiter().GetResult();
            StartedAfter.Add(_session.Followed?.Number);
            var digest = new AttestationDigest(FakeChain.ChainId, FakeChain.Hub, 1, chain.Signers, chain.Threshold);
            var signer = new ReportSigner(digest, _keys.Take(chain.Threshold), _journal!, _writer.BlockHashAsync);
            var hub = new HubTerms(
                chain.Signers, chain.Threshold, chain.ChallengeSeconds, digest.ConfigDigest, 1, era,
                chain.Tip.After.StandsThrough);
            Alarms = new PeerAlarms();
            _desk = new PeerDesk(_session.Book, signer, digest, hub, _writer.BlockHashAsync, Alarms);
            var round = new SignatureRound(signer, digest, hub, Alarms, takeoverSeconds: 15)
            {
                Peers = Peers,
                Finder = new DivergenceFinder(Trail),
            };
            _stepper = new SettlementStepper(
                _session.Book, round, _writer, chain.ChallengeSeconds, SilentObserver.Instance);
        }
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (Exception end) when (end is ProcessKilledException or JournalException)
        {
            // A journal that cannot be written ends the real process too; whoever runs it starts it again.
            Kill();
        }
    }
}
