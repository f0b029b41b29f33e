namespace Pqms.Ethereum.Rpc;

/// <summary>A hint that a look at the chain may be worth it. Nobody may depend on it: a hint may come late, twice or
/// never.</summary>
public interface IWakeUp
{
    /// <summary>Waits for the next hint, or for a while.</summary>
    /// <param name="atMost">How long without a hint.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Completes at the hint, or when the time is over.</returns>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
