using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Container.Sdk.Testing;

/// <summary>Passes requests on to the testbed's registry, and remembers them: neither side is asked what it did.</summary>
public sealed class RecordingProxy : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly ConcurrentQueue<(string Method, string Path, int Status)> _requests = new();
    private readonly string _registry = Testbed.Registry;

    /// <summary>Starts to listen.</summary>
    public RecordingProxy()
    {
        Address = $"127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>What is not passed on, by method and path: the status that it is refused with, or <c>null</c>.</summary>
    public Func<string, string, int?> Refuse { get; init; } = (_, _) => null;

    /// <summary>The blobs and manifests that were written since the last call: the requests that ended an upload, made a mount, or put a manifest.</summary>
    public (int Blobs, int Mounts, int Manifests) TakeWrites()
    {
        var requests = TakeRequests().Where(r => r.Status == 201).ToList();
        return (
            requests.Count(r => r.Method == "PUT" && r.Path.Contains("/blobs/", StringComparison.Ordinal)),
            requests.Count(r => r.Method == "POST" && r.Path.Contains("mount=", StringComparison.Ordinal)),
            requests.Count(r => r.Method == "PUT" && r.Path.Contains("/manifests/", StringComparison.Ordinal)));
    }

    /// <summary>All requests since the last call, as method, path and query, and status.</summary>
    public IReadOnlyList<(string Method, string Path, int Status)> TakeRequests()
    {
        var taken = new List<(string, string, int)>();
        while (_requests.TryDequeue(out var request)) taken.Add(request);
        return taken;
    }

    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = PassAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        if (Refuse(context.Request.HttpMethod, context.Request.RawUrl ?? "") is { } refusal)
        {
            _requests.Enqueue((context.Request.HttpMethod, context.Request.RawUrl ?? "", refusal));
            context.Response.StatusCode = refusal;
            context.Response.Close();
            return;
        }
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), $"http://{_registry}{context.Request.RawUrl}");
        if (context.Request.HasEntityBody) request.Content = new StreamContent(context.Request.InputStream);
        foreach (var name in context.Request.Headers.AllKeys.OfType<string>())
            if (!request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name])) request.Content?.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        _requests.Enqueue((context.Request.HttpMethod, context.Request.RawUrl ?? "", (int)response.StatusCode));

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            if (name is not ("Content-Length" or "Transfer-Encoding")) context.Response.Headers[name] = string.Join(", ", values);
        if (response.Content.Headers.ContentLength is { } length) context.Response.ContentLength64 = length;
        if (context.Request.HttpMethod != "HEAD") await response.Content.CopyToAsync(context.Response.OutputStream);
        context.Response.Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Close();
        _client.Dispose();
    }
}
