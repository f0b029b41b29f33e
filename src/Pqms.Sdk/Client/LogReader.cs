using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;

namespace Pqms.Sdk.Client;

/// <summary>Reads logs of any range: asks for less when a node refuses, and grows again.</summary>
internal sealed class LogReader(IEthereumRpc rpc)
{
    /// <summary>Blocks of one question: public nodes allow 2,000 to 10,000.</summary>
    private const ulong BlocksPerQuestion = 2_000;

    public async Task<List<LogEntry>> ReadAsync(
        ulong from,
        ulong to,
        IReadOnlyList<Address> addresses,
        IReadOnlyList<Bytes32[]>? topics,
        CancellationToken cancellation)
    {
        var found = new List<LogEntry>();
        var range = BlocksPerQuestion;
        while (from <= to)
        {
            var last = Math.Min(to, from + range - 1);
            try
            {
                var filter = new LogFilter(from, last, addresses, topics);
                found.AddRange(await rpc.GetLogsAsync(filter, cancellation));
            }
            catch (RpcException) when (range > 1)
            {
                range /= 2;
                continue;
            }

            from = last + 1;
            range = Math.Min(BlocksPerQuestion, range * 2);
        }

        return found;
    }
}
