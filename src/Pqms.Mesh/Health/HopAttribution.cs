using Pqms.Mesh.Engine;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Health;

/// <summary>Finds the span at fault by sacrificing link pairs of a suspect or isolated pool.</summary>
/// <remarks>
/// One sequential test per span, with the pool's margins on the link's nominal fidelity: a swap multiplies Werner
/// parameters, so a route near 1 loses about what its worst span loses. The probability of naming a sound span is the
/// scenario's false alarm for all spans together (Bonferroni). The first span whose evidence reaches H1 is named; a
/// span that reaches H0 is cleared. When all are cleared nobody is named: the fault lies in the swaps or the memories.
/// </remarks>
internal sealed class HopAttribution
{
    private readonly HealthSettings _settings;
    private readonly double _readoutFidelity;
    private readonly SequentialTest[] _tests;
    private int _named = -1;
    private int _next;

    /// <summary>A search without evidence.</summary>
    /// <param name="spans">Spans of the route, at least 1.</param>
    /// <param name="settings">Margins and error probabilities.</param>
    /// <param name="readoutFidelity">eta of the tests, in (0.5, 1].</param>
    public HopAttribution(int spans, HealthSettings settings, double readoutFidelity)
    {
        _settings = settings;
        _readoutFidelity = readoutFidelity;
        _tests = new SequentialTest[spans];
        for (int i = 0; i < spans; i++)
        {
            _tests[i] = new SequentialTest(settings.FalseAlarm / spans, settings.MissedAlarm);
        }
    }

    /// <summary>Position on the route of the span at fault, or -1.</summary>
    public int Named => _named;

    /// <summary>The span whose pair should be sacrificed next, in turn among those that can give one.</summary>
    /// <param name="canGive">Whether a span has a pair to give.</param>
    /// <returns>-1 when none can, when a span is named, or when all are cleared.</returns>
    public int NextOf(Predicate<int> canGive)
    {
        for (int i = 0; _named < 0 && i < _tests.Length; i++)
        {
            int span = (_next + i) % _tests.Length;
            if (IsOpen(span) && canGive(span))
            {
                return span;
            }
        }

        return -1;
    }

    /// <summary>Whether a pair of a span would still tell something.</summary>
    public bool IsOpen(int span) => _named < 0 && _tests[span].Outcome == SequentialOutcome.Undecided;

    /// <summary>A link pair was tested; ignored when its span is not open any more.</summary>
    /// <param name="span">Position on the route.</param>
    /// <param name="error">Whether it erred in the parity test.</param>
    /// <param name="estimate">Estimated fidelity of the link pair at the test.</param>
    /// <returns>Whether the span is named by this.</returns>
    public bool Observe(int span, bool error, double estimate)
    {
        if (!IsOpen(span))
        {
            return false;
        }

        SequentialOutcome outcome = _tests[span].Observe(
            error,
            BellTest.ErrorRate(estimate - _settings.GoodMargin, _readoutFidelity),
            BellTest.ErrorRate(estimate - _settings.BadMargin, _readoutFidelity));
        _next = (span + 1) % _tests.Length;
        _named = outcome == SequentialOutcome.AcceptAlternative ? span : -1;
        return _named >= 0;
    }

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        _named = -1;
        _next = 0;
        foreach (SequentialTest test in _tests)
        {
            test.Reset();
        }
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        state.Value(ref _named, -1, _tests.Length - 1);
        state.Value(ref _next, 0, _tests.Length - 1);
        foreach (SequentialTest test in _tests)
        {
            test.Exchange(state);
        }
    }
}
