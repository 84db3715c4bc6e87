using System.Collections.Concurrent;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// Credentials in the files that <c>docker login</c> and <c>podman login</c> write, and in the helper programs that those
/// files name. A file is read when it is first needed.
/// </summary>
public sealed class AuthFileCredentials(Func<string, string?> environment) : ICredentialProvider
{
    private readonly ConcurrentDictionary<string, Lazy<AuthFile?>> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Credential?>>> _fromHelpers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<Credential?> FindAsync(RegistryHost host, RepositoryName repository, RegistryAccess access, CancellationToken cancellation)
    {
        foreach (var (path, mustExist) in Locations())
        {
            var file = _files.GetOrAdd(path, p => new Lazy<AuthFile?>(() => AuthFile.Read(p, mustExist))).Value;
            if (file is null) continue;
            if (file.HelperFor(host) is { } helper && await AskAsync(helper, host, cancellation).ConfigureAwait(false) is { } found) return found;
            if (file.Find(host, repository) is { } stored) return stored;
        }
        return null;
    }

    // A helper may show a dialogue or call a cloud service; it is asked once per registry.
    private async Task<Credential?> AskAsync(string helper, RegistryHost host, CancellationToken cancellation)
    {
        var key = $"{helper} {host}";
        var answer = _fromHelpers.GetOrAdd(key, _ => new Lazy<Task<Credential?>>(() => new CredentialHelper(helper, environment).GetAsync(host, cancellation)));
        try
        {
            return await answer.Value.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _fromHelpers.TryRemove(KeyValuePair.Create(key, answer));
            throw;
        }
    }

    /// <summary>The files, in their order. Only one that the user has named himself must exist.</summary>
    private IEnumerable<(string Path, bool MustExist)> Locations()
    {
        if (Folder("REGISTRY_AUTH_FILE") is { } named) yield return (named, true);
        var home = Folder("HOME") ?? Folder("USERPROFILE") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (Folder("DOCKER_CONFIG") is { } docker) yield return (Path.Combine(docker, "config.json"), false);
        else if (home.Length > 0) yield return (Path.Combine(home, ".docker", "config.json"), false);
        if (Folder("XDG_RUNTIME_DIR") is { } runtime) yield return (Path.Combine(runtime, "containers", "auth.json"), false);
        if (Folder("XDG_CONFIG_HOME") is { } config) yield return (Path.Combine(config, "containers", "auth.json"), false);
        else if (home.Length > 0) yield return (Path.Combine(home, ".config", "containers", "auth.json"), false);
    }

    private string? Folder(string name) => environment(name) is { Length: > 0 } value ? value : null;
}
