using System.Net;
using System.Net.Sockets;

namespace Container.Sdk.Bench;

/// <summary>Passes all bytes on to the registry, unchanged, and counts them: neither side is asked what it sent.</summary>
internal sealed class CountingProxy : IDisposable
{
    private readonly TcpListener[] _listeners;
    private readonly int _registry;
    private long _sent;
    private long _requests;

    public CountingProxy(int registry)
    {
        _registry = registry;
        var first = Listen(IPAddress.Loopback, 0)!;
        Port = ((IPEndPoint)first.LocalEndpoint).Port;
        // "localhost" is ::1 first. Whoever is refused there has lost time that the other has not.
        _listeners = Listen(IPAddress.IPv6Loopback, Port) is { } second ? [first, second] : [first];
    }

    public int Port { get; }

    /// <summary>What was sent to the registry since the last call: bytes, headers and all, and HTTP requests.</summary>
    public (long Bytes, long Requests) Take() => (Interlocked.Exchange(ref _sent, 0), Interlocked.Exchange(ref _requests, 0));

    private TcpListener? Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
        }
        catch (SocketException) when (port != 0)
        {
            return null;
        }
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = PassAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task PassAsync(Socket client)
    {
        try
        {
            using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using (client)
            {
                client.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _registry);
                var requests = new RequestCounter();
                await Task.WhenAll(
                    CopyAsync(client, server, bytes =>
                    {
                        Interlocked.Add(ref _sent, bytes.Length);
                        Interlocked.Add(ref _requests, requests.Read(bytes));
                    }),
                    CopyAsync(server, client, _ => { }));
            }
        }
        catch (SocketException)
        {
            // One end has gone; whether that matters is for the two to say.
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, Action<ReadOnlySpan<byte>> count)
    {
        var buffer = new byte[128 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var n)
            {
                count(buffer.AsSpan(0, n));
                for (var sent = 0; sent < n;) sent += await to.SendAsync(buffer.AsMemory(sent, n - sent));
            }
        }
        finally
        {
            to.Shutdown(SocketShutdown.Send);
        }
    }

    public void Dispose()
    {
        foreach (var listener in _listeners) listener.Dispose();
    }
}
