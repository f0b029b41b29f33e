using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Mesh;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Peers;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle;

/// <summary>One oracle: follows the chain, runs the mesh, reports what it did.</summary>
/// <remarks>
/// At every start, reorganisation and lost connection the oracle goes on from its newest snapshot that is still part of
/// the chain, or computes the era from its beginning; the head on chain decides what is still owed.
/// <see cref="RunAsync"/> may be called once. All other members are safe for any thread.
/// </remarks>
public sealed class OracleService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private readonly OracleOptions _options;
    private readonly IReadOnlyList<EthereumKey> _signers;
    private readonly IOracleObserver _observer;
    private readonly TimeProvider _clock;
    private readonly Func<IChainPort> _openChain;
    private readonly MeshFactory _meshes;
    private readonly Lock _gate = new();
    private readonly EventTrail? _trail;
    private PeerDesk? _desk;
    private OracleStatus _status;
    private MeshPicture _picture = MeshPicture.Empty;
    private ChainStore? _store;
    private DateTimeOffset? _unreachableSince;

    /// <summary>An oracle that has not begun.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="submitter">Pays for reports.</param>
    /// <param name="signers">Keys of signers that the hub knows, at least as many as its threshold.</param>
    /// <param name="observer">Watches; null for nobody.</param>
    /// <param name="clock">For waiting; chain time never comes from it.</param>
    /// <exception cref="OracleException">An option is out of range.</exception>
    public OracleService(
        OracleOptions options,
        EthereumKey submitter,
        IReadOnlyList<EthereumKey> signers,
        IOracleObserver? observer,
        TimeProvider clock)
        : this(
            options,
            submitter.Address,
            signers,
            observer,
            clock,
            () => new LedgerChain(options, submitter, clock),
            meshes: null)
    {
    }

    internal OracleService(
        OracleOptions options,
        Address submitter,
        IReadOnlyList<EthereumKey> signers,
        IOracleObserver? observer,
        TimeProvider clock,
        Func<IChainPort> openChain,
        MeshFactory? meshes)
    {
        options.Validate();
        _options = options;
        _signers = signers;
        _observer = observer ?? SilentObserver.Instance;
        _clock = clock;
        _openChain = openChain;
        _trail = options.Peers.Count > 0 ? new EventTrail() : null;
        _meshes = meshes ?? EmulatedMesh.Factory(options.Scenarios, new MeshOptions(options.MeshThreads, _trail));
        _status = new OracleStatus { Submitter = submitter };
    }

    /// <summary>What the oracle is doing.</summary>
    public OracleStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>The mesh as it stood after the last block; empty before the era began.</summary>
    public MeshPicture Picture
    {
        get
        {
            lock (_gate)
            {
                return _picture;
            }
        }
    }

    /// <summary>A batch file that this oracle made.</summary>
    /// <param name="dataHash">keccak256 of its bytes, as a report names it.</param>
    /// <returns>The bytes, or null if it is not there.</returns>
    public byte[]? Batch(Bytes32 dataHash)
    {
        lock (_gate)
        {
            return _store?.Journal.Batch(dataHash);
        }
    }

    /// <summary>Answers another oracle of the hub that asks for signatures.</summary>
    /// <param name="question">The report, signed by the one who asks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Signatures if this oracle computed the same report, else why not. Never throws for what a stranger may
    /// send.</returns>
    public async Task<PeerAnswer> AnswerAsync(SignatureQuestion question, CancellationToken cancellation)
    {
        PeerDesk? desk;
        lock (_gate)
        {
            desk = _desk;
        }

        try
        {
            return desk is null
                ? PeerAnswer.Without(PeerOutcome.NotYet)
                : await desk.AnswerAsync(question, cancellation);
        }
        catch (Exception failure) when (failure is ObjectDisposedException or ChainUnreachableException)
        {
            return PeerAnswer.Without(PeerOutcome.NotYet);
        }
    }

    /// <summary>The mesh after a block, for an oracle that compares.</summary>
    /// <param name="block">The block's number.</param>
    /// <returns>Null if it is forgotten, or there are no peers.</returns>
    public BlockTrace? Trace(ulong block) => _trail?.Trace(block);

    /// <summary>The mesh events of a block, for an oracle that compares.</summary>
    /// <param name="block">The block's number.</param>
    /// <returns>Null if they are forgotten, or there are no peers.</returns>
    public IReadOnlyList<MeshEvent>? Events(ulong block) => _trail?.Events(block);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="cancellation">Stops it in good order.</param>
    /// <exception cref="OracleException">It cannot go on; the message says why and what to do. The host must exit
    /// non-zero.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            using IChainPort chain = _openChain();
            await RunSessionsAsync(chain, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Publish(status => status with { Phase = OraclePhase.Stopped });
        }
        catch (Exception failure)
        {
            Publish(status => status with { Phase = OraclePhase.Failed, Failure = failure.Message });
            throw;
        }
        finally
        {
            ReplaceStore(null);
        }
    }

    private async Task RunSessionsAsync(IChainPort chain, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Publish(status => status with { Phase = OraclePhase.Connecting });
            try
            {
                await RunSessionAsync(chain, cancellation);
            }
            catch (ChainUnreachableException failure)
            {
                await WaitForChainAsync(failure, cancellation);
            }
            catch (DivergenceException failure) when (_trail is not null)
            {
                string first = await new DivergenceFinder(_trail).DescribeAsync(_options.Peers, cancellation);
                throw new DivergenceException(failure.Sequence, $"{failure.Message} {first}");
            }
            finally
            {
                lock (_gate)
                {
                    _desk = null;
                }
            }

            Publish(status => status with { Rebuilds = status.Rebuilds + 1 });
        }
    }

    private async Task WaitForChainAsync(ChainUnreachableException failure, CancellationToken cancellation)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        _unreachableSince ??= now;
        if (now - _unreachableSince >= _options.UnreachableLimit)
        {
            throw new OracleException(
                $"The chain at {_options.ChainUrl} has been out of reach for "
                + $"{_options.UnreachableLimit.TotalSeconds:0} s: {failure.Message}",
                failure);
        }

        _observer.Note($"The chain at {_options.ChainUrl} is out of reach, trying again: {failure.Message}");
        await Task.Delay(RetryDelay, _clock, cancellation);
    }

    private async Task RunSessionAsync(IChainPort chain, CancellationToken cancellation)
    {
        ChainIdentity identity = await chain.IdentifyAsync(cancellation);
        HubTerms hub = await chain.ReadHubAsync(cancellation);
        ChainStore store = OpenStore(identity);
        ILedgerWriter writer = store.RenewWriter(chain);
        OracleSession session = await OpenSessionAsync(store, hub, writer, cancellation);
        AttestationDigest digest = Attestation(identity, hub);
        var signer = new ReportSigner(digest, ChooseKeys(hub), store.Journal, writer.BlockHashAsync);
        var alarms = new PeerAlarms();
        using var desk = new PeerDesk(session.Book, signer, digest, hub, writer.BlockHashAsync, alarms);
        lock (_gate)
        {
            _desk = desk;
        }

        var round = new SignatureRound(signer, digest, hub, alarms, _options.TakeoverSeconds)
        {
            Peers = _options.Peers,
            Finder = _trail is null ? null : new DivergenceFinder(_trail),
            Observer = _observer,
        };
        var stepper = new SettlementStepper(session.Book, round, writer, hub.ChallengeSeconds, _observer);
        var run = new SessionRun(chain, session, stepper, writer)
        {
            Applied = () => PublishApplied(session, stepper, alarms),
            MustRestart = () => session.ConfigCount > hub.ConfigCount,
            TipSeen = PublishTip,
        };
        if (await RunOrDropSnapshotsAsync(run, session, store, cancellation) is { } orphaned)
        {
            store.Journal.ForgetFrom(orphaned.FirstNumber);
            _observer.Reorganised(orphaned.FirstNumber, orphaned.Count);
        }
        else if (session.ConfigCount > hub.ConfigCount)
        {
            _observer.Note($"The hub's signers are configuration {session.ConfigCount} now; its terms are read again.");
        }
    }

    private async Task<OracleSession> OpenSessionAsync(
        ChainStore store, HubTerms hub, ILedgerWriter writer, CancellationToken cancellation)
    {
        Publish(status => status with
        {
            Phase = OraclePhase.Rebuilding,
            ChainId = store.Identity.ChainId,
            Genesis = store.Identity.Genesis,
            Journal = store.Journal.Location,
        });
        _trail?.Clear();
        OracleSession New() => new(
            new LedgerMachine(started => started.Era >= hub.Era, _meshes), store.Journal, _observer, _options.Journal,
            _trail)
        {
            Stands = (hub.Era, hub.StandsThrough),
        };
        OracleSession session = await SessionStart.OpenAsync(
            New, store.Journal, hub.Era, _options.Journal, writer.BlockHashAsync, _observer.Note, cancellation);
        if (session.Followed is { } block)
        {
            _observer.Note($"Goes on from the snapshot of block {block.Number}.");
        }

        return session;
    }

    // What a snapshot led to is computed once more from the era's start before it counts as a divergence.
    private async Task<BlocksOrphaned?> RunOrDropSnapshotsAsync(
        SessionRun run, OracleSession session, ChainStore store, CancellationToken cancellation)
    {
        bool restored = session.Followed is not null;
        try
        {
            return await run.RunAsync(cancellation);
        }
        catch (DivergenceException failure) when (restored)
        {
            store.Journal.DropSnapshots();
            _observer.Note($"Computed again from the era's start, because from a snapshot: {failure.Message}");
            return null;
        }
    }

    private AttestationDigest Attestation(ChainIdentity identity, HubTerms hub)
    {
        var digest = new AttestationDigest(
            identity.ChainId, _options.Addresses.ReportHub, hub.ConfigCount, hub.Signers, hub.Threshold);
        return digest.ConfigDigest == hub.ConfigDigest
            ? digest
            : throw new OracleException(
                $"The hub {_options.Addresses.ReportHub} names configuration {hub.ConfigDigest}; "
                + $"computed from its signers it is {digest.ConfigDigest}. "
                + "It is not a ReportHub of this version: nothing is signed.");
    }

    private IReadOnlyList<EthereumKey> ChooseKeys(HubTerms hub)
    {
        EthereumKey[] known =
            [.. _signers.Where(key => hub.Signers.Contains(key.Address)).DistinctBy(key => key.Address)];
        return known.Length >= hub.Threshold || (known.Length > 0 && _options.Peers.Count > 0)
            ? known[..Math.Min(known.Length, hub.Threshold)]
            : throw new OracleException(
                $"The hub needs {hub.Threshold} signatures of {string.Join(", ", hub.Signers)}; "
                + $"of the {_signers.Count} keys given ({string.Join(", ", _signers.Select(key => key.Address))}) "
                + $"it knows {known.Length}. Give more keys, or name the other oracles as peers.");
    }

    private ChainStore OpenStore(ChainIdentity identity)
    {
        if (_store?.Identity == identity)
        {
            return _store;
        }

        if (_store is { } old)
        {
            _observer.Note($"The chain is another one: genesis {identity.Genesis}, before {old.Identity.Genesis}.");
        }

        ReplaceStore(null);
        ChainStore store = ChainStore.Open(_options, identity);
        ReplaceStore(store);
        _observer.Note($"Journal {store.Journal.Location}");
        foreach (string note in store.Journal.Notes)
        {
            _observer.Note(note);
        }

        return store;
    }

    private void ReplaceStore(ChainStore? store)
    {
        lock (_gate)
        {
            _store?.Dispose();
            _store = store;
        }
    }

    private void PublishApplied(OracleSession session, SettlementStepper stepper, PeerAlarms alarms)
    {
        alarms.Accepted(session.Book.Accepted);
        _unreachableSince = null;
        MeshPicture picture = session.Picture();
        (int reports, int settlements) = session.Book.CountOwed();
        lock (_gate)
        {
            _picture = picture;
            _status = _status with
            {
                Era = session.Era?.Era ?? 0,
                ScenarioHash = session.Era?.ScenarioHash ?? Bytes32.Zero,
                FollowedBlock = session.Followed!.Number,
                FollowedTime = session.Followed.Timestamp,
                ComputedSequence = session.Book.Computed,
                AcceptedSequence = session.Book.Accepted,
                OwedReports = reports,
                OwedSettlements = settlements,
                OwedProofs = session.Book.OwedProofs(int.MaxValue).Count,
                OwedReopenings = session.Book.CountReopenings(),
                Alarm = new[] { session.Alarm, stepper.Alarm, alarms.Current }.FirstOrDefault(text => text.Length > 0)
                    ?? string.Empty,
            };
        }
    }

    private void PublishTip(ChainTip tip, ChainTip head, bool caughtUp) => Publish(status => status with
    {
        Phase = caughtUp ? OraclePhase.Following : OraclePhase.Rebuilding,
        LatestBlock = tip.Number,
        LatestTime = tip.Timestamp,
        HeadBlock = head.Number,
        HeadTime = head.Timestamp,
    });

    private void Publish(Func<OracleStatus, OracleStatus> change)
    {
        lock (_gate)
        {
            _status = change(_status);
        }
    }
}
