using System.Net;
using System.Net.Sockets;
using Pqms.Node.Chain;

namespace Pqms.Node.Tests.Chain;

public sealed class PortsTests
{
    [Fact]
    public void FirstFree_GivenBusyPort_isALaterOne()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;

        Assert.False(Ports.IsFree(port));
        Assert.InRange(Ports.FirstFree(port), port + 1, port + Ports.Tried);
    }

    [Fact]
    public void FirstFree_GivenOnlyABusyPortInRange_refuses()
    {
        using var busy = new TcpListener(IPAddress.Loopback, IPEndPoint.MaxPort);
        busy.Start();

        var refused = Assert.Throws<RefusedException>(() => Ports.FirstFree(IPEndPoint.MaxPort)).Refusal;

        Assert.Contains("65535", refused.What);
    }
}
