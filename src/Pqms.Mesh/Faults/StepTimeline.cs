using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Faults;

/// <summary>A fault in mesh time: [from, until).</summary>
/// <param name="From">First moment, ns.</param>
/// <param name="Until">First moment after it, ns.</param>
/// <param name="Fault">What it is.</param>
internal readonly record struct FaultInterval(long From, long Until, ScenarioFault Fault);

/// <summary>A value that changes at known moments.</summary>
/// <remarks>Immutable. Finding a moment is O(log changes).</remarks>
/// <typeparam name="T">Type of the value; compared to leave out steps that change nothing.</typeparam>
internal sealed class StepTimeline<T>
    where T : struct, IEquatable<T>
{
    private readonly long[] _at;
    private readonly T[] _values;

    private StepTimeline(long[] at, T[] values)
    {
        _at = at;
        _values = values;
    }

    /// <summary>Whether the value ever changes.</summary>
    public bool IsConstant => _at.Length == 0;

    /// <summary>The value without a fault, and what every fault that runs makes of it, in the order given.</summary>
    /// <param name="nominal">Value while no fault runs.</param>
    /// <param name="faults">Faults; they may overlap.</param>
    /// <param name="apply">The value under one more fault.</param>
    public static StepTimeline<T> Of(T nominal, List<FaultInterval> faults, Func<T, ScenarioFault, T> apply)
    {
        List<long> moments = [];
        foreach (FaultInterval fault in faults)
        {
            moments.Add(fault.From);
            moments.Add(fault.Until);
        }

        moments.Sort();
        List<long> at = [];
        List<T> values = [nominal];
        foreach (long moment in moments)
        {
            T value = nominal;
            foreach (FaultInterval fault in faults)
            {
                value = fault.From <= moment && moment < fault.Until ? apply(value, fault.Fault) : value;
            }

            if (!value.Equals(values[^1]))
            {
                at.Add(moment);
                values.Add(value);
            }
        }

        return new StepTimeline<T>([.. at], [.. values]);
    }

    /// <summary>The value at a moment.</summary>
    public T At(long nanoseconds) => _values[StepsUntil(nanoseconds)];

    /// <summary>The first change after a moment, or <see cref="long.MaxValue"/>.</summary>
    public long NextChange(long afterNanoseconds)
    {
        int steps = StepsUntil(afterNanoseconds);
        return steps < _at.Length ? _at[steps] : long.MaxValue;
    }

    private int StepsUntil(long moment)
    {
        int low = 0;
        int high = _at.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (_at[middle] <= moment)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
