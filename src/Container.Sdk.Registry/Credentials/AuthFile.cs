using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// A file that <c>docker login</c> or <c>podman login</c> wrote: <c>auths</c> with secrets in base64, <c>credHelpers</c> per
/// registry, and <c>credsStore</c> for all of them.
/// </summary>
internal sealed class AuthFile
{
    private readonly string _path;
    private readonly Dictionary<string, JsonObject> _auths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _helpers = new(StringComparer.Ordinal);
    private readonly string? _store;

    private AuthFile(string path, JsonObject json)
    {
        _path = path;
        _store = json.GetString("credsStore") is { Length: > 0 } store ? store : null;
        if (json.GetObject("auths") is { } auths)
            foreach (var (key, value) in auths)
                if (value is JsonObject entry) _auths[Normalize(key)] = entry;
        if (json.GetObject("credHelpers") is { } helpers)
            foreach (var (key, _) in helpers)
                if (helpers.GetString(key) is { Length: > 0 } helper) _helpers[Normalize(key)] = helper;
    }

    /// <summary>Reads a file; <c>null</c> where there is none and none must be.</summary>
    public static AuthFile? Read(string path, bool mustExist)
    {
        try
        {
            return !mustExist && !File.Exists(path) ? null : new AuthFile(path, Json.ParseObject(File.ReadAllBytes(path)));
        }
        catch (JsonException e)
        {
            // The message of the reader is not repeated: what it quotes could be a secret.
            throw Diagnostics.CredentialFileInvalid.Error(path, e.LineNumber is { } line ? $"it is no JSON from line {line + 1} on" : "it is not what 'docker login' writes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.CredentialFileInvalid.Error(e, path, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>The name of the helper program that keeps the credentials of the host, or <c>null</c>.</summary>
    public string? HelperFor(RegistryHost host) => _helpers.GetValueOrDefault(host.Value) ?? _store;

    /// <summary>The credentials in the file: those of the repository (podman keeps such), of a part of its path, or of the host.</summary>
    public Credential? Find(RegistryHost host, RepositoryName repository)
    {
        for (var key = $"{host}/{repository}"; ; key = key[..key.LastIndexOf('/')])
        {
            if (_auths.TryGetValue(key, out var entry) && Read(entry) is { } credential) return credential;
            if (!key.Contains('/', StringComparison.Ordinal)) return null;
        }
    }

    private Credential? Read(JsonObject entry)
    {
        try
        {
            if (entry.GetString("identitytoken") is { Length: > 0 } token) return new Credential(Credential.TokenUser, token, _path);
            if (entry.GetString("username") is { Length: > 0 } user && entry.GetString("password") is { Length: > 0 } password)
                return new Credential(user, password, _path);
            if (entry.GetString("auth") is not { Length: > 0 } auth) return null;
            // docker pads with NUL.
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(auth)).TrimEnd('\0');
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw new FormatException();
            return new Credential(pair[..colon], pair[(colon + 1)..], _path);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw Diagnostics.CredentialFileInvalid.Error(_path, "an entry under 'auths' is not the base64 of user:password");
        }
    }

    /// <summary>
    /// One form for the many that keys have: <c>https://index.docker.io/v1/</c> (docker), <c>docker.io</c> (podman),
    /// <c>registry.example.com/v2/</c>, <c>registry.example.com/team</c>.
    /// </summary>
    private static string Normalize(string key)
    {
        var text = key;
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) text = text[8..];
        else if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        text = text.TrimEnd('/');
        if (text.EndsWith("/v1", StringComparison.Ordinal) || text.EndsWith("/v2", StringComparison.Ordinal)) text = text[..^3];
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (text, "") : (text[..slash], text[slash..]);
        host = host.ToLowerInvariant();
        if (host is "index.docker.io" or "registry-1.docker.io" or "registry.hub.docker.com") host = RegistryHost.DockerHub.Value;
        return host + path;
    }
}
