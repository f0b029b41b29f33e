namespace Pqms.Benchmarks.Comparison;

/// <summary>What ten simulated seconds brought.</summary>
/// <param name="Events">Events carried out.</param>
/// <param name="Delivered">Pairs whose source knows that they reached their destination.</param>
/// <param name="FidelitySum">Sum of their fidelities.</param>
internal readonly record struct HopByHopResult(int Events, int Delivered, double FidelitySum);

/// <summary>The Python simulator's own protocol, event by event: a check that the scenario is understood.</summary>
/// <remarks>
/// As SimQN (entanglement_distribution.py) does it: a source makes a perfect-memory Werner pair of F = 0.99 every 0.1 s
/// and sends one half on; each of an arriving half, the swap order back and the go-ahead forward takes 0.05 s; swaps
/// are perfect and always succeed; a node holds 50 halves, and an attempt that finds no room is revoked. Nothing is
/// random but the network. One attempt is one object; its hop and step say where it is.
/// </remarks>
internal sealed class HopByHop
{
    private const int Capacity = 50;
    private const int DelayTicks = 1;
    private const int SendTicks = 2;
    private const int LastTick = 200;
    private const double LinkFidelity = 0.99;

    private readonly RandomNetwork _network;
    private readonly int[] _held = new int[RandomNetwork.Nodes];
    private readonly PriorityQueue<Attempt, (int Tick, int Order)> _queue = new();
    private int _order;
    private int _delivered;
    private double _fidelitySum;

    private HopByHop(RandomNetwork network) => _network = network;

    private enum Step
    {
        Send,
        Arrive,
        Swap,
        Next,
        Succeed,
        Revoke,
    }

    public static HopByHopResult Run(RandomNetwork network) => new HopByHop(network).Run();

    private HopByHopResult Run()
    {
        foreach (int[] path in _network.Paths)
        {
            Schedule(0, new Attempt(path, 0, Step.Send, 0.0));
        }

        int events = 0;
        while (_queue.TryDequeue(out Attempt attempt, out (int Tick, int Order) at) && at.Tick <= LastTick)
        {
            events++;
            Handle(attempt, at.Tick);
        }

        return new HopByHopResult(events, _delivered, _fidelitySum);
    }

    private static double Werner(double fidelity) => ((4.0 * fidelity) - 1.0) / 3.0;

    private void Schedule(int tick, Attempt attempt) => _queue.Enqueue(attempt, (tick, _order++));

    private void Handle(Attempt attempt, int tick)
    {
        int[] path = attempt.Path;
        int hop = attempt.Hop;
        switch (attempt.Step)
        {
            case Step.Send:
                Schedule(tick + SendTicks, attempt);
                if (_held[path[0]] < Capacity)
                {
                    _held[path[0]]++;
                    Schedule(tick + DelayTicks, new Attempt(path, 1, Step.Arrive, 1.0));
                }

                break;
            case Step.Arrive:
                bool fits = _held[path[hop]] + 2 <= Capacity;
                _held[path[hop]] += fits ? 2 : 0;
                Schedule(tick + DelayTicks, attempt with { Step = fits ? Step.Swap : Step.Revoke, Hop = hop - 1 });
                break;
            case Step.Swap:
                _held[path[hop]] -= hop > 0 ? 2 : 0;
                double w = attempt.Werner * Werner(LinkFidelity);
                Schedule(tick + DelayTicks, new Attempt(path, hop + 1, Step.Next, w));
                break;
            case Step.Next when hop == path.Length - 1:
                _held[path[hop]] -= 2;
                Schedule(tick + DelayTicks, attempt with { Step = Step.Succeed, Hop = 0 });
                break;
            case Step.Next:
                Schedule(tick + DelayTicks, attempt with { Step = Step.Arrive, Hop = hop + 1 });
                break;
            case Step.Succeed:
                _held[path[0]]--;
                _delivered++;
                _fidelitySum += ((3.0 * attempt.Werner) + 1.0) / 4.0;
                break;
            default:
                _held[path[hop]] -= hop > 0 ? 2 : 1;
                if (hop > 0)
                {
                    Schedule(tick + DelayTicks, attempt with { Hop = 0 });
                }

                break;
        }
    }

    private readonly record struct Attempt(int[] Path, int Hop, Step Step, double Werner);
}
