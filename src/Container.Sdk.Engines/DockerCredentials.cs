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
