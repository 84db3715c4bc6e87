using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>Credentials for registries in the form in which <c>docker login</c> keeps them in its <c>config.json</c>.</summary>
public static class DockerCredentials
{
    /// <summary>A configuration with these credentials and nothing else, as JSON.</summary>
    /// <param name="logins">One for each registry; of two for the same registry the last counts.</param>
    public static string Write(IEnumerable<RegistryLogin> logins)
    {
        var hosts = new JsonObject();
        foreach (var login in logins) hosts[KeyOf(login)] = Entry(login);
        return Json.ToText(new JsonObject { ["auths"] = hosts });
    }

    /// <summary>The same as a secret of a build. Each password is hidden in logs, by itself and in the encoding of the file.</summary>
    /// <param name="id">What <c>RUN --mount=type=secret,id=…</c> calls it.</param>
    /// <param name="logins">The credentials.</param>
    public static BuildSecret AsSecret(string id, params IReadOnlyCollection<RegistryLogin> logins) => new(id, Write(logins))
    {
        Hidden = [.. logins.Select(l => l.Secret), .. logins.Where(l => !l.IsIdentityToken).Select(Basic)],
    };

    /// <summary>The name under which docker keeps the credentials for a registry.</summary>
    internal static string KeyOf(RegistryLogin login) => login.Host == "docker.io" ? "https://index.docker.io/v1/" : login.Host;

    /// <summary>The credentials for one registry.</summary>
    internal static JsonObject Entry(RegistryLogin login) => login.IsIdentityToken
        ? new JsonObject { ["auth"] = Base64("<token>:"), ["identitytoken"] = login.Secret }
        : new JsonObject { ["auth"] = Basic(login) };

    private static string Basic(RegistryLogin login) => Base64($"{login.User}:{login.Secret}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

/// <summary>Credentials for a registry that an engine is to use, although the user's own configuration does not have them.</summary>
/// <param name="host">The registry, as references name it; <c>docker.io</c> for Docker Hub.</param>
/// <param name="user">The user; <c>&lt;token&gt;</c> where the secret is an identity token.</param>
/// <param name="secret">The password or token.</param>
public sealed class RegistryLogin(string host, string user, string secret)
{
    /// <summary>The registry, as references name it.</summary>
    public string Host { get; } = host;

    internal string User { get; } = user;

    internal string Secret { get; } = secret;

    internal bool IsIdentityToken => User == "<token>";

    /// <inheritdoc/>
    public override string ToString() => $"the credentials for {Host}";
}

/// <summary>Puts credentials on top of the files that <c>docker login</c> and <c>podman login</c> write.</summary>
internal static class AuthMerge
{
    /// <summary>The first file with what the others have besides, and the logins instead of whatever they say of those registries.</summary>
    public static JsonObject Merge(IReadOnlyList<JsonObject> files, IEnumerable<RegistryLogin> logins)
    {
        var merged = files.Count > 0 ? files[0].DeepClone().AsObject() : [];
        foreach (var file in files.Skip(1))
        {
            foreach (var section in (string[])["auths", "credHelpers"])
                foreach (var (key, value) in file[section] as JsonObject ?? [])
                    Section(merged, section).TryAdd(key, value?.DeepClone());
            if (file["credsStore"] is { } store) merged.TryAdd("credsStore", store.DeepClone());
        }
        foreach (var login in logins)
        {
            var key = DockerCredentials.KeyOf(login);
            Section(merged, "auths")[key] = DockerCredentials.Entry(login);
            // Docker takes an empty name as "no helper", where there is a store for all registries.
            if (merged.ContainsKey("credsStore") || merged["credHelpers"] is JsonObject helpers && helpers.ContainsKey(key))
                Section(merged, "credHelpers")[key] = "";
        }
        return merged;
    }

    private static JsonObject Section(JsonObject json, string name)
    {
        if (json[name] is JsonObject section) return section;
        var created = new JsonObject();
        json[name] = created;
        return created;
    }
}
