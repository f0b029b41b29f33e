using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Health;

/// <summary>Recent parity tests of a pool against what its estimates led one to expect.</summary>
/// <remarks>Older trials fade: when the tally is full it is halved, so it never speaks for a state long gone.</remarks>
internal sealed class TestTally
{
    /// <summary>Trials at which the tally is halved: a standard error of 0.003 in F at F = 0.95.</summary>
    public const double MostTrials = 4096.0;

    private const int Bases = 3;

    private readonly double[] _trialsBy = new double[Bases];
    private readonly double[] _errorsBy = new double[Bases];
    private double _trials;
    private double _errors;
    private double _expected;

    /// <summary>Weight of the trials, 0 to 4,096.</summary>
    public double Trials => _trials;

    /// <summary>Weight of the errors among them.</summary>
    public double Errors => _errors;

    /// <summary>Errors that the estimates made probable.</summary>
    public double Expected => _expected;

    /// <summary>Weight of the trials in one basis, and of the errors among them.</summary>
    public BasisTests Of(TestBasis basis) => new(_trialsBy[(int)basis], _errorsBy[(int)basis]);

    /// <summary>Adds a trial.</summary>
    /// <param name="basis">Basis of both sides.</param>
    /// <param name="error">Whether it was an error.</param>
    /// <param name="expectedRate">Error rate that the pair's estimate stands for.</param>
    public void Add(TestBasis basis, bool error, double expectedRate)
    {
        if (_trials >= MostTrials)
        {
            _trials *= 0.5;
            _errors *= 0.5;
            _expected *= 0.5;
            for (int i = 0; i < Bases; i++)
            {
                _trialsBy[i] *= 0.5;
                _errorsBy[i] *= 0.5;
            }
        }

        _trials += 1.0;
        _errors += error ? 1.0 : 0.0;
        _expected += expectedRate;
        _trialsBy[(int)basis] += 1.0;
        _errorsBy[(int)basis] += error ? 1.0 : 0.0;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _trials = 0.0;
        _errors = 0.0;
        _expected = 0.0;
        Array.Clear(_trialsBy);
        Array.Clear(_errorsBy);
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        state.Value(ref _trials);
        state.Value(ref _errors);
        state.Value(ref _expected);
        state.Items(_trialsBy, static (StateExchange s, ref double item) => s.Value(ref item));
        state.Items(_errorsBy, static (StateExchange s, ref double item) => s.Value(ref item));
    }
}
