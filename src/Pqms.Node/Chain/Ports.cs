using System.Net;
using System.Net.Sockets;

namespace Pqms.Node.Chain;

/// <summary>Chooses a free port on 127.0.0.1.</summary>
public static class Ports
{
    /// <summary>How many ports are tried, the wanted one included.</summary>
    public const int Tried = 50;

    /// <summary>The first free port from <paramref name="first"/> on.</summary>
    /// <param name="first">The port wanted, in [1, 65535].</param>
    /// <exception cref="RefusedException">All <see cref="Tried"/> ports are taken.</exception>
    public static int FirstFree(int first)
    {
        for (var port = first; port < first + Tried && port <= IPEndPoint.MaxPort; port++)
        {
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new RefusedException(
            ExitCode.Prerequisite, $"ports {first} to {Math.Min(first + Tried - 1, IPEndPoint.MaxPort)} are all taken",
            "one free port on 127.0.0.1", "end what uses them, or name another with --chain-port or --api-port");
    }

    /// <summary>Whether nobody listens on a port of 127.0.0.1.</summary>
    /// <param name="port">In [1, 65535].</param>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
