using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Health;

/// <summary>Counts how many pairs may still be used up by tests: a share of the pairs born.</summary>
/// <remarks>
/// Whole numbers of 2^-32 pairs, rounded down, so that tests never exceed the share of births, however long a run is.
/// What is saved up is bounded: a quiet time must not be followed by a burst that empties the pool.
/// </remarks>
internal sealed class TestBudget
{
    /// <summary>Most tests that can be saved up.</summary>
    public const int MostSaved = 8;

    private const ulong OneTest = 1UL << 32;
    private readonly ulong _perBirth;
    private ulong _credit;

    /// <summary>An empty account.</summary>
    /// <param name="share">Tests per birth, in [0, 1].</param>
    public TestBudget(double share)
    {
        _perBirth = (ulong)(share * OneTest);
    }

    /// <summary>A pair was born.</summary>
    public void Born()
    {
        _credit += _perBirth;
        _credit = _credit < MostSaved * OneTest ? _credit : MostSaved * OneTest;
    }

    /// <summary>Takes one test off the account.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryTake()
    {
        if (_credit < OneTest)
        {
            return false;
        }

        _credit -= OneTest;
        return true;
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state) => state.Value(ref _credit);
}
