using Pqms.Mesh.Engine;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Health;

/// <summary>Decides from sacrificed pairs when a pool is isolated and when it may come back.</summary>
/// <remarks>
/// <para>
/// A pool is isolated when its fidelity, and with it S, falls below the threshold, never for being better than
/// expected. H0: the fidelity is the estimate less the good margin; H1: less the bad margin. A sequential test with the
/// scenario's error probabilities runs over and over: H1 isolates, H0 begins it anew. A cumulative sum raises suspicion
/// sooner, at the price of a false suspicion in about <see cref="SuspicionRunLength"/> tests. The false alarm
/// probability holds for each of the tests that follow one another, not for all time.
/// </para>
/// <para>
/// Hysteresis: to come back, H0 must win against a nearer H1 in the middle between both margins, and with a
/// hundredth of the probability of passing a bad pool; a pool between the margins is isolated sooner or later and then
/// stays so. The price is time: at half the distance a decision needs about four times the trials.
/// </para>
/// <para>
/// While the pool serves, tests are a share of the pairs born; while it is isolated nobody else can use a pair, so all
/// may be tested.
/// </para>
/// </remarks>
internal sealed class HealthMonitor
{
    /// <summary>Mean trials between false suspicions of a pool whose fidelity is the nominal one.</summary>
    public const double SuspicionRunLength = 10_000.0;

    /// <summary>Factor on the probability of passing a bad pool when it asks to come back.</summary>
    public const double RestoreFactor = 0.01;

    private readonly HealthSettings _settings;
    private readonly double _readoutFidelity;
    private readonly double _restoreMargin;
    private readonly SequentialTest _watch;
    private readonly SequentialTest _restore;
    private readonly CumulativeSum _suspicion;
    private readonly TestBudget _budget;
    private readonly TestTally _tally = new();
    private int _state;
    private ulong _changes;

    /// <summary>A healthy pool.</summary>
    /// <param name="settings">Margins, share and error probabilities.</param>
    /// <param name="nominalFidelity">A typical estimate of the pool's pairs, for the threshold of suspicion.</param>
    /// <param name="readoutFidelity">eta of the tests, in (0.5, 1].</param>
    public HealthMonitor(HealthSettings settings, double nominalFidelity, double readoutFidelity)
    {
        _settings = settings;
        _readoutFidelity = readoutFidelity;
        _restoreMargin = 0.5 * (settings.GoodMargin + settings.BadMargin);
        _watch = new SequentialTest(settings.FalseAlarm, settings.MissedAlarm);
        _restore = new SequentialTest(settings.FalseAlarm, RestoreFactor * settings.MissedAlarm);
        _suspicion = new CumulativeSum(CumulativeSum.ThresholdFor(
            SuspicionRunLength,
            BellTest.ErrorRate(nominalFidelity - settings.GoodMargin, readoutFidelity),
            BellTest.ErrorRate(nominalFidelity - settings.BadMargin, readoutFidelity)));
        _budget = new TestBudget(settings.Share);
    }

    /// <summary>What the tests say.</summary>
    public HealthState State => (HealthState)_state;

    /// <summary>Whether pairs may be given to users.</summary>
    public bool Serves => State != HealthState.Isolated;

    /// <summary>Whether link pairs are to be sacrificed to find the span at fault.</summary>
    public bool LooksAtSpans => State is HealthState.Suspect or HealthState.Isolated;

    /// <summary>Changes of state so far.</summary>
    public ulong Changes => _changes;

    /// <summary>Recent tests, for the estimate.</summary>
    public TestTally Tally => _tally;

    /// <summary>A pair was born.</summary>
    /// <returns>Whether a pair is to be tested now: any while isolated, else when the budget allows.</returns>
    public bool Born()
    {
        if (!Serves)
        {
            return _settings.Share > 0.0;
        }

        _budget.Born();
        return _budget.TryTake();
    }

    /// <summary>What the tests say, for whoever watches.</summary>
    /// <param name="tested">Pairs used up by tests so far.</param>
    public PoolHealth Read(ulong tested)
    {
        FidelityInterval interval = FidelityInterval.Of(
            _tally.Errors, _tally.Trials, readoutFidelity: _readoutFidelity);
        BasisTests x = _tally.Of(TestBasis.X);
        BasisTests z = _tally.Of(TestBasis.Z);
        bool isKnown = _tally.Trials > 0.0;
        bool hasBoth = x.Tests > 0.0 && z.Tests > 0.0;
        (double value, double error) = hasBoth ? BellTest.Chsh(x, z, _readoutFidelity) : (0.0, 0.0);
        return new PoolHealth(
            State,
            tested,
            x,
            _tally.Of(TestBasis.Y),
            z,
            isKnown ? BellTest.Fidelity(_tally.Errors / _tally.Trials, _readoutFidelity) : null,
            interval.Lower,
            interval.Upper,
            hasBoth ? value : null,
            hasBoth ? error : null);
    }

    /// <summary>A pair was tested.</summary>
    /// <param name="basis">Basis of both sides.</param>
    /// <param name="error">Whether it erred in the parity test.</param>
    /// <param name="estimate">Estimated fidelity of the pair at the test.</param>
    /// <returns>Whether the state changed.</returns>
    public bool Observe(TestBasis basis, bool error, double estimate)
    {
        double good = BellTest.ErrorRate(estimate - _settings.GoodMargin, _readoutFidelity);
        _tally.Add(basis, error, BellTest.ErrorRate(estimate, _readoutFidelity));
        if (State == HealthState.Isolated)
        {
            double nearer = BellTest.ErrorRate(estimate - _restoreMargin, _readoutFidelity);
            return Restore(_restore.Observe(error, good, nearer));
        }

        double bad = BellTest.ErrorRate(estimate - _settings.BadMargin, _readoutFidelity);
        bool suspicious = _suspicion.Observe(error, good, bad);
        SequentialOutcome outcome = _watch.Observe(error, good, bad);
        if (outcome != SequentialOutcome.Undecided)
        {
            return Enter(outcome == SequentialOutcome.AcceptNull ? HealthState.Healthy : HealthState.Isolated);
        }

        return suspicious && State == HealthState.Healthy && Enter(HealthState.Suspect);
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        _watch.Exchange(state);
        _restore.Exchange(state);
        _suspicion.Exchange(state);
        _budget.Exchange(state);
        _tally.Exchange(state);
        state.Value(ref _state, (int)HealthState.Healthy, (int)HealthState.Probation);
        state.Value(ref _changes);
    }

    private bool Restore(SequentialOutcome outcome)
    {
        if (outcome == SequentialOutcome.AcceptAlternative)
        {
            _restore.Reset();
        }

        return outcome == SequentialOutcome.AcceptNull && Enter(HealthState.Probation);
    }

    private bool Enter(HealthState next)
    {
        bool changed = next != State;
        if (next != HealthState.Suspect)
        {
            // Suspicion goes on collecting evidence; every other state begins with none.
            _watch.Reset();
            _restore.Reset();
        }

        if (next is HealthState.Isolated or HealthState.Probation)
        {
            _tally.Reset();
        }

        if (next != HealthState.Suspect)
        {
            _suspicion.Reset();
        }

        _state = (int)next;
        _changes += changed ? 1UL : 0UL;
        return changed;
    }
}
