using System.Net;
using System.Net.Sockets;
using Pqms.Ethereum;

namespace Pqms.EndToEnd.Tests.Auditing;

/// <summary>Serves batch files as a node does, true ones or false ones.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<Bytes32, byte[]?> _find;
    private readonly Task _serving;

    public FileServer(Func<Bytes32, byte[]?> find)
    {
        _find = find;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var parts = context.Request.Url!.AbsolutePath.Split('/');
        var bytes = parts is ["", "batches", var name] && Bytes32.TryParse(name, out var hash) ? _find(hash) : null;
        context.Response.StatusCode = bytes is null ? 404 : 200;
        context.Response.Close(bytes ?? [], willBlock: false);
    }
}
