using Pqms.Mesh.Engine;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Energy;

/// <summary>The energy store of one site: charged all the time, drawn on, off when empty.</summary>
/// <remarks>
/// Full at the start. Charging loses 1 - efficiency on the way in. What arrives at a full store overflows. What is
/// drawn beyond what there is goes unmet, and the site is off until the store is a fifth full again: without that
/// distance it would come and go with every joule. Always: charged x efficiency = (drawn - unmet) + rise + overflow, up
/// to rounding.
/// </remarks>
internal sealed class Battery
{
    /// <summary>Share of the capacity at which a site comes back; a choice of this project.</summary>
    public const double RestartShare = 0.2;

    private readonly BatterySettings _settings;
    private double _joules;
    private double _charged;
    private double _drawn;
    private double _unmet;
    private double _overflow;
    private bool _isOn = true;

    /// <summary>A full store.</summary>
    public Battery(BatterySettings settings)
    {
        _settings = settings;
        _joules = settings.CapacityJoules;
    }

    /// <summary>Whether the site has power.</summary>
    public bool IsOn => _isOn;

    /// <summary>Energy stored in J, from 0 to the capacity.</summary>
    public double Joules => _joules;

    /// <summary>Energy that arrived so far in J, before the loss.</summary>
    public double Charged => _charged;

    /// <summary>Energy asked for so far in J.</summary>
    public double Drawn => _drawn;

    /// <summary>Part of <see cref="Drawn"/> that was not there.</summary>
    public double Unmet => _unmet;

    /// <summary>Energy that found the store full, after the loss.</summary>
    public double Overflow => _overflow;

    /// <summary>Time passes.</summary>
    /// <param name="nanoseconds">How long, at least 0.</param>
    /// <param name="drawnJoules">What the site used meanwhile, evenly, in J, at least 0.</param>
    /// <returns>Whether the site went off or came back.</returns>
    public bool Advance(long nanoseconds, double drawnJoules)
    {
        double charged = _settings.ChargeWatts * (nanoseconds * 1e-9);
        double level = _joules + (charged * _settings.Efficiency) - drawnJoules;
        _charged += charged;
        _drawn += drawnJoules;
        bool wasOn = _isOn;
        if (level < 0.0)
        {
            _unmet -= level;
            level = 0.0;
            _isOn = false;
        }
        else if (level > _settings.CapacityJoules)
        {
            _overflow += level - _settings.CapacityJoules;
            level = _settings.CapacityJoules;
        }

        _joules = level;
        _isOn = _isOn || level >= RestartShare * _settings.CapacityJoules;
        return wasOn != _isOn;
    }

    /// <summary>How long the store lasts at a constant power; <see cref="long.MaxValue"/> when for ever.</summary>
    /// <param name="watts">Power drawn in W, at least 0.</param>
    /// <returns>Nanoseconds, rounded up, at least 1.</returns>
    public long NanosecondsLeft(double watts)
    {
        double falling = watts - (_settings.ChargeWatts * _settings.Efficiency);
        double seconds = falling > 0.0 ? _joules / falling : double.PositiveInfinity;
        return seconds < 9e9 ? (long)(seconds * 1e9) + 1 : long.MaxValue;
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        state.Value(ref _joules);
        state.Value(ref _charged);
        state.Value(ref _drawn);
        state.Value(ref _unmet);
        state.Value(ref _overflow);
        state.Value(ref _isOn);
    }
}
