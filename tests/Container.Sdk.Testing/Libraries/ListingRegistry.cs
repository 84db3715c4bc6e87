using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>A registry that says which tags there are, a page at a time, and lets nobody have what is behind them.</summary>
public sealed class ListingRegistry : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _refused = [];
    private readonly string[] _tags;
    private int _pages;

    /// <summary>Starts to listen.</summary>
    public ListingRegistry(params string[] tags)
    {
        (_tags, Address) = (tags, $"127.0.0.1:{RecordingProxy.FreePort()}");
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>How many pages were asked for.</summary>
    public int Pages => _pages;

    /// <summary>The paths that were asked for and refused.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    private async Task ServeAsync()
    {
        try
        {
            while (true) Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        context.Response.ContentType = "application/json";
        if (path == "/v2/") End("{}");
        else if (path.EndsWith("/tags/list", StringComparison.Ordinal)) End(Page(context, path));
        else
        {
            _refused.Enqueue(path);
            context.Response.StatusCode = 403;
            End("""{"errors": [{"code": "DENIED", "message": "not for you"}]}""");
        }

        void End(string body) => context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
    }

    private string Page(HttpListenerContext context, string path)
    {
        Interlocked.Increment(ref _pages);
        var query = context.Request.QueryString;
        var (size, start) = (int.Parse(query["n"]!, CultureInfo.InvariantCulture), query["last"] is { } last ? Array.IndexOf(_tags, last) + 1 : 0);
        var page = _tags.Skip(start).Take(size).ToList();
        if (start + size < _tags.Length) context.Response.Headers["Link"] = $"<{path}?n={size}&last={page[^1]}>; rel=\"next\"";
        return $$"""{"name": "any", "tags": [{{string.Join(',', page.Select(t => $"\"{t}\""))}}]}""";
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();
}
