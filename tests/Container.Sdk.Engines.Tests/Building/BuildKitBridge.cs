using System.Net.Sockets;
using System.Text;

namespace Container.Sdk.Engines.Tests.Building;

/// <summary>
/// The BuildKit inside of an engine, as a daemon of its own on a socket: what buildx calls a remote builder, which keeps no
/// images.
/// </summary>
internal sealed class BuildKitBridge : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Uri _engine;

    public BuildKitBridge(Uri engine)
    {
        _engine = engine;
        _listener.Bind(new UnixDomainSocketEndPoint(_folder["buildkitd.sock"]));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public string Address => $"unix://{_folder["buildkitd.sock"]}";

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = BridgeAsync(await _listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task BridgeAsync(Socket client)
    {
        try
        {
            using var near = new NetworkStream(client, ownsSocket: true);
            using var connection = new TcpClient();
            await connection.ConnectAsync(_engine.Host, _engine.Port);
            using var far = connection.GetStream();
            // The way by which buildx reaches an engine's BuildKit itself.
            await far.WriteAsync("POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"u8.ToArray());
            var answer = new StringBuilder();
            while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) answer.Append((char)far.ReadByte());
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // One end has gone.
        }
    }
}
