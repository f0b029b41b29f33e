using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;

namespace Pqms.Node.Hosting;

/// <summary>A chain that answered: where it is and which one it is.</summary>
/// <param name="Url">JSON-RPC address.</param>
/// <param name="Rpc">Connection; owned by the session.</param>
/// <param name="ChainId">The chain's id.</param>
/// <param name="Genesis">Hash of block 0.</param>
public sealed record ChainSession(Uri Url, HttpRpc Rpc, ulong ChainId, Bytes32 Genesis) : IDisposable
{
    /// <summary>How often an unreachable chain is asked, one second apart, before giving up: a node's slow
    /// start.</summary>
    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Connects; an unreachable chain is asked again for some seconds, and the user told.</summary>
    /// <param name="url">JSON-RPC address.</param>
    /// <param name="patient">False asks once, for commands that expect a running chain.</param>
    /// <param name="say">Told about every new attempt.</param>
    /// <param name="cancel">Ends the attempts.</param>
    /// <exception cref="RefusedException">The chain stays unreachable, or has no block 0.</exception>
    public static async Task<ChainSession> ConnectAsync(
        Uri url, bool patient, Action<string> say, CancellationToken cancel)
    {
        var rpc = new HttpRpc(url, null);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var chainId = await rpc.ChainIdAsync(cancel);
                var genesis = await rpc.GetBlockAsync(0UL, cancel);
                return genesis is null
                    ? throw Unreachable(url, "it has no block 0", null)
                    : new ChainSession(url, rpc, chainId, genesis.Hash);
            }
            catch (RpcUnreachableException error) when (patient && attempt < Attempts)
            {
                say($"{error.Message} (attempt {attempt} of {Attempts})");
                await Task.Delay(Pause, cancel);
            }
            catch (RpcUnreachableException error)
            {
                rpc.Dispose();
                throw Unreachable(url, error.Message, error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Rpc.Dispose();

    private static RefusedException Unreachable(Uri url, string why, Exception? inner) => new(
        new Refusal(
            $"no chain at {url}: {why}", "the JSON-RPC address of a running Ethereum node",
            "start one with 'pqms up', or name another with --chain-url", ExitCode.ChainUnreachable),
        inner);
}
