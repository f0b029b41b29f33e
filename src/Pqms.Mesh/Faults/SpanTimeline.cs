using Pqms.Mesh.Links;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Faults;

/// <summary>The conditions of one span over all time: its faults, and the window of its passes.</summary>
/// <remarks>
/// The window repeats for ever, before the era's start too, and is never unrolled. Immutable; what there is to keep in
/// a snapshot is the time alone.
/// </remarks>
internal sealed class SpanTimeline
{
    private readonly StepTimeline<SpanConditions> _faults;
    private readonly long _origin;
    private readonly long _period;
    private readonly long _up;

    /// <summary>A span with its faults.</summary>
    /// <param name="faults">Conditions without passes.</param>
    /// <param name="pass">Window of the passes; null for always.</param>
    /// <param name="eraStart">Moment the window's offset counts from, ns.</param>
    public SpanTimeline(StepTimeline<SpanConditions> faults, PassWindow? pass, long eraStart)
    {
        _faults = faults;
        if (pass is not null && pass.UpSeconds < pass.PeriodSeconds)
        {
            // A window of less than a nanosecond would be none: it gets one.
            long period = SpanFigures.ToNanoseconds(pass.PeriodSeconds);
            long up = SpanFigures.ToNanoseconds(pass.UpSeconds);
            _period = period > 1 ? period : 2;
            _up = up < 1 ? 1 : up < _period ? up : _period - 1;
            _origin = eraStart + SpanFigures.ToNanoseconds(pass.OffsetSeconds);
        }
    }

    /// <summary>Whether nothing ever changes.</summary>
    public bool IsConstant => _faults.IsConstant && _period == 0;

    /// <summary>Conditions at a moment.</summary>
    public SpanConditions At(long nanoseconds)
    {
        SpanConditions conditions = _faults.At(nanoseconds);
        return conditions with { Up = conditions.Up && (_period == 0 || Phase(nanoseconds) < _up) };
    }

    /// <summary>The first moment after another at which the conditions may change, or <see cref="long.MaxValue"/>.
    /// </summary>
    /// <remarks>No change is missed. Passes are skipped while a fault holds the span down.</remarks>
    public long NextChange(long afterNanoseconds)
    {
        long next = _faults.NextChange(afterNanoseconds);
        if (_period == 0 || !_faults.At(afterNanoseconds).Up)
        {
            return next;
        }

        long phase = Phase(afterNanoseconds);
        long wait = phase < _up ? _up - phase : _period - phase;
        if (afterNanoseconds > long.MaxValue - wait)
        {
            return next;
        }

        long pass = afterNanoseconds + wait;
        return pass < next ? pass : next;
    }

    private long Phase(long nanoseconds)
    {
        long remainder = (nanoseconds - _origin) % _period;
        return remainder < 0 ? remainder + _period : remainder;
    }
}
