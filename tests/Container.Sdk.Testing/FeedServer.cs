using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>A package feed over HTTP as NuGet knows it (protocol version 3), over a folder of packages; it wants a password.</summary>
public sealed class FeedServer : IDisposable
{
    /// <summary>Who may read it.</summary>
    public const string User = "alice";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, int Status)> _requests = new();

    /// <summary>Starts to listen.</summary>
    public FeedServer()
    {
        Folder = Directory.CreateTempSubdirectory("csdk-feed-").FullName;
        Host = $"127.0.0.1:{RecordingProxy.FreePort()}";
        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The password, another for each feed: no log, layer or cache may ever have it.</summary>
    public string Password { get; } = $"canary-{Guid.NewGuid():N}";

    /// <summary>Host and port.</summary>
    public string Host { get; }

    /// <summary>The address for a NuGet configuration.</summary>
    public string Address => $"http://{Host}/v3/index.json";

    /// <summary>The packages.</summary>
    public string Folder { get; }

    /// <summary>What was asked for, with the answer's status, since the last call.</summary>
    public IReadOnlyList<(string Path, int Status)> TakeRequests()
    {
        var taken = new List<(string, int)>();
        while (_requests.TryDequeue(out var request)) taken.Add(request);
        return taken;
    }

    /// <summary>Makes a package in the feed.</summary>
    public OwnPackage Add(string id, params (string Path, byte[] Content)[] files)
    {
        using var maker = new Sandbox();
        var package = new OwnPackage(maker, id, files);
        var file = $"{id}.{package.Version}.nupkg";
        File.Move(maker.PathOf($"own-packages/{file}"), Path.Combine(Folder, file.ToLowerInvariant()), overwrite: true);
        return package;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Close();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It is closed.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var (status, body) = IsAllowed(context.Request) ? Find(path) : (401, []);
        _requests.Enqueue((path, status));
        context.Response.StatusCode = status;
        if (status == 401) context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"feed\"");
        context.Response.Close(body, willBlock: false);
    }

    private bool IsAllowed(HttpListenerRequest request) =>
        request.Headers["Authorization"] == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}";

    private (int Status, byte[] Body) Find(string path)
    {
        var parts = path.Trim('/').Split('/');
        return parts switch
        {
            ["v3", "index.json"] => Text($$"""{"version":"3.0.0","resources":[{"@id":"http://{{Host}}/packages/","@type":"PackageBaseAddress/3.0.0"}]}"""),
            ["packages", var id, "index.json"] when Versions(id) is { Count: > 0 } versions => Text($$"""{"versions":[{{string.Join(',', versions.Select(v => $"\"{v}\""))}}]}"""),
            ["packages", _, _, var file] when File.Exists(Path.Combine(Folder, file)) => (200, File.ReadAllBytes(Path.Combine(Folder, file))),
            _ => (404, []),
        };
    }

    private List<string> Versions(string id) =>
        [.. Directory.EnumerateFiles(Folder, $"{id}.*.nupkg").Select(f => Path.GetFileNameWithoutExtension(f)[(id.Length + 1)..]).Order(StringComparer.Ordinal)];

    private static (int Status, byte[] Body) Text(string text) => (200, Encoding.UTF8.GetBytes(text));
}
