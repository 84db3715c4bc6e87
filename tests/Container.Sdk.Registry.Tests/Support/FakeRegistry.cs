using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Container.Sdk.Registry.Tests;

/// <summary>A registry in memory, by the letter of the distribution specification.</summary>
internal sealed class FakeRegistry : FakeServer
{
    private readonly ConcurrentDictionary<string, MemoryStream> _sessions = new();
    private int _nextSession;

    private FakeRegistry(bool encrypted) : base(encrypted) { }

    public static FakeRegistry Start(bool encrypted = false) => new(encrypted);

    public RegistryHost Host => RegistryHost.Parse(Address.Authority);

    /// <summary><c>repository/digest</c> to bytes.</summary>
    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary><c>repository/tag</c> and <c>repository/digest</c> to manifests.</summary>
    public ConcurrentDictionary<string, (string MediaType, byte[] Bytes)> Manifests { get; } = new();

    /// <summary>The value of Authorization that it wants, by method; <c>null</c>: none.</summary>
    public Func<HttpRequest, string?> Wants { get; set; } = _ => null;

    /// <summary>The challenges that it answers with.</summary>
    public string[] Challenges { get; set; } = [];

    /// <summary>Whether it names the digest of a manifest that was written.</summary>
    public bool NamesDigests { get; set; } = true;

    public int OpenSessions => _sessions.Count;

    public void Add(RepositoryName repository, Image image, params string[] tags)
    {
        foreach (var layer in image.Layers) Blobs[$"{repository}/{layer.Descriptor.Digest}"] = ((TestBlob)layer.Content).Bytes;
        Blobs[$"{repository}/{image.Manifest.Config.Digest}"] = image.ConfigurationBytes;
        foreach (var tag in (string[])[.. tags, image.Descriptor.Digest.ToString()])
            Manifests[$"{repository}/{tag}"] = (image.Manifest.MediaType, image.ManifestBytes);
    }

    public Digest? DigestOf(RepositoryName repository, string tag) =>
        Manifests.TryGetValue($"{repository}/{tag}", out var manifest) ? Digest.Of(manifest.Bytes) : null;

    protected override async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        if (Wants(request) is { } wanted && request.Headers.Authorization != wanted)
        {
            foreach (var challenge in Challenges) context.Response.Headers.Append("WWW-Authenticate", challenge);
            await ErrorAsync(context, 401, "UNAUTHORIZED");
            return;
        }
        var path = request.Path.Value!;
        if (path == "/v2/") await SayAsync(context, 200, "{}");
        else if (Split(path, "/blobs/uploads/") is var (uploads, session)) await UploadAsync(context, uploads, session);
        else if (Split(path, "/blobs/") is var (blobs, digest)) await BlobAsync(context, $"{blobs}/{digest}");
        else if (Split(path, "/manifests/") is var (manifests, selector)) await ManifestAsync(context, manifests, selector);
        else if (Split(path, "/tags/") is var (tags, _)) await TagsAsync(context, tags);
        else await SayAsync(context, 404);
    }

    private static (string Repository, string Remainder)? Split(string path, string at) =>
        path.StartsWith("/v2/", StringComparison.Ordinal) && path.IndexOf(at, StringComparison.Ordinal) is > 0 and var i ? (path[4..i], path[(i + at.Length)..]) : null;

    public static Task ErrorAsync(HttpContext context, int status, string code) =>
        SayAsync(context, status, $$"""{"errors":[{"code":"{{code}}","message":"{{code.ToLowerInvariant()}}"}]}""");

    private async Task UploadAsync(HttpContext context, string repository, string session)
    {
        var request = context.Request;
        if (request.Method == "POST")
        {
            if (request.Query["mount"] is [{ } digest] && request.Query["from"] is [{ } from] && Blobs.TryGetValue($"{from}/{digest}", out var mounted))
            {
                Blobs[$"{repository}/{digest}"] = mounted;
                context.Response.StatusCode = 201;
                return;
            }
            var id = Interlocked.Increment(ref _nextSession).ToString(CultureInfo.InvariantCulture);
            _sessions[id] = new MemoryStream();
            context.Response.Headers.Location = $"/v2/{repository}/blobs/uploads/{id}?_state=a%2Fb%3D%3D";
            context.Response.StatusCode = 202;
            return;
        }
        if (!_sessions.TryGetValue(session, out var content)) await ErrorAsync(context, 404, "BLOB_UPLOAD_UNKNOWN");
        else if (request.Method == "DELETE") _sessions.TryRemove(session, out _);
        else if (!request.QueryString.Value!.Contains("_state=a%2Fb%3D%3D", StringComparison.Ordinal)) await ErrorAsync(context, 400, "BLOB_UPLOAD_INVALID");
        else await ReceiveAsync(context, repository, session, content);
    }

    private async Task ReceiveAsync(HttpContext context, string repository, string session, MemoryStream content)
    {
        await context.Request.Body.CopyToAsync(content);
        if (context.Request.Method == "PATCH")
        {
            context.Response.Headers.Location = $"/v2/{repository}/blobs/uploads/{session}?_state=a%2Fb%3D%3D";
            context.Response.StatusCode = 202;
            return;
        }
        _sessions.TryRemove(session, out _);
        var digest = context.Request.Query["digest"].ToString();
        if (Digest.Of(content.ToArray()).ToString() != digest)
        {
            await ErrorAsync(context, 400, "DIGEST_INVALID");
            return;
        }
        Blobs[$"{repository}/{digest}"] = content.ToArray();
        context.Response.StatusCode = 201;
    }

    private async Task BlobAsync(HttpContext context, string key)
    {
        if (!Blobs.TryGetValue(key, out var bytes))
        {
            await ErrorAsync(context, 404, "BLOB_UNKNOWN");
            return;
        }
        context.Response.Headers.AcceptRanges = "bytes";
        if (context.Request.Headers.Range is [{ } range])
        {
            var from = int.Parse(range.Split('=', '-')[1], CultureInfo.InvariantCulture);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
            bytes = bytes[from..];
        }
        context.Response.ContentLength = bytes.Length;
        if (context.Request.Method == "GET") await context.Response.Body.WriteAsync(bytes);
    }

    private async Task ManifestAsync(HttpContext context, string repository, string selector)
    {
        var key = $"{repository}/{selector}";
        if (context.Request.Method == "PUT")
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var manifest = (context.Request.ContentType!, body.ToArray());
            var parsed = ImageManifest.Parse(body.ToArray(), key);
            if (parsed.Layers.Append(parsed.Config).Any(d => !Blobs.ContainsKey($"{repository}/{d.Digest}")))
            {
                await ErrorAsync(context, 400, "MANIFEST_BLOB_UNKNOWN");
                return;
            }
            Manifests[key] = Manifests[$"{repository}/{Digest.Of(body.ToArray())}"] = manifest;
            if (NamesDigests) context.Response.Headers["Docker-Content-Digest"] = Digest.Of(body.ToArray()).ToString();
            context.Response.StatusCode = 201;
        }
        else if (Manifests.TryGetValue(key, out var found))
        {
            context.Response.ContentType = found.MediaType;
            context.Response.Headers["Docker-Content-Digest"] = Digest.Of(found.Bytes).ToString();
            context.Response.ContentLength = found.Bytes.Length;
            if (context.Request.Method == "GET") await context.Response.Body.WriteAsync(found.Bytes);
        }
        else
        {
            await ErrorAsync(context, 404, "MANIFEST_UNKNOWN");
        }
    }

    private Task TagsAsync(HttpContext context, string repository)
    {
        var tags = Manifests.Keys.Where(k => k.StartsWith(repository + "/", StringComparison.Ordinal)).Select(k => k[(repository.Length + 1)..]).Where(t => !t.Contains(':', StringComparison.Ordinal));
        return SayAsync(context, 200, $$"""{"name":"{{repository}}","tags":[{{string.Join(',', tags.Select(t => $"\"{t}\""))}}]}""");
    }
}
