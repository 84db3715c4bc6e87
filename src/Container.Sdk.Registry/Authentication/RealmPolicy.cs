using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// To which token services credentials are sent. The registry names its token service itself, so a bad one can name any
/// address (CVE-2026-48978, CVE-2026-33540); but "the same host" is too narrow for Docker Hub and GitLab.
/// </summary>
internal sealed class RealmPolicy(RegistryHost host, Uri registry, IReadOnlyList<string> trusted)
{
    /// <summary>The way to the token service.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.RealmRefused"/></exception>
    public Passage Check(string realm, bool withCredentials)
    {
        var isAddress = Uri.TryCreate(realm, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
        if (!isAddress || uri is null)
            throw Refused(realm, "this is no http address");
        if (uri.UserInfo.Length > 0) throw Refused(realm, "it holds a user name");
        if (uri.Scheme == Uri.UriSchemeHttp && registry.Scheme != Uri.UriSchemeHttp) throw Refused(realm, "it is not encrypted");
        if (Passage.SameOrigin(registry, uri) || IsTrusted(uri)) return Passage.ToTokenService(uri, mayCarryCredentials: true);
        if (Addresses.IsInside(uri) && !Addresses.IsInside(registry)) throw Refused(realm, "it is an address of this network, and the registry is not");
        if (!withCredentials) return Passage.ToTokenService(uri, mayCarryCredentials: false);
        var (registryName, realmName) = (Addresses.HostOf(registry), Addresses.HostOf(uri));
        if (!RelatedHosts.AreRelated(registryName, realmName) && !RelatedHosts.AreKnownPair(registryName, realmName))
            throw Refused(realm, "it is another host");
        // Any user of a machine can listen on some port of it; its owner has the well-known one.
        if (!uri.IsDefaultPort || uri.Scheme != Uri.UriSchemeHttps) throw Refused(realm, "it is another port of the host");
        return Passage.ToTokenService(uri, mayCarryCredentials: true);
    }

    private bool IsTrusted(Uri uri)
    {
        var name = Addresses.HostOf(uri);
        var withPort = $"{name}:{uri.Port}";
        foreach (var entry in trusted)
            if (entry.Equals(name, StringComparison.OrdinalIgnoreCase) || entry.Equals(withPort, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private ContainerException Refused(string realm, string reason) =>
        Diagnostics.RealmRefused.Error(host.Value, realm.Length > 200 ? realm[..200] : realm, reason);
}

/// <summary>Whether two host names belong to the same owner, as far as the names can say.</summary>
internal static class RelatedHosts
{
    // Below these names, the next label is a customer: its neighbours are strangers.
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "azurecr.io", "azurecr.cn", "amazonaws.com", "aliyuncs.com", "azure.com", "windows.net", "azurewebsites.net", "cloudapp.net", "cloudfront.net",
        "run.app", "appspot.com", "pkg.dev", "googleapis.com", "googleusercontent.com", "github.io", "gitlab.io", "jfrog.io", "scw.cloud", "ocir.io",
        "herokuapp.com", "fly.dev", "ngrok.io", "ngrok.app", "ngrok.dev", "trycloudflare.com", "pages.dev", "workers.dev", "vercel.app", "netlify.app",
        "onrender.com", "railway.app", "nip.io", "sslip.io", "duckdns.org",
    };

    /// <summary>
    /// Whether both lie under the same registrable domain: <c>registry-1.docker.io</c> and <c>auth.docker.io</c>,
    /// <c>registry.gitlab.com</c> and <c>gitlab.com</c>.
    /// </summary>
    public static bool AreRelated(string host, string other)
    {
        if (string.Equals(host, other, StringComparison.OrdinalIgnoreCase)) return true;
        // Addresses and single names have no domain.
        if (Uri.CheckHostName(host) != UriHostNameType.Dns || Uri.CheckHostName(other) != UriHostNameType.Dns) return false;
        return Domain(host) is { } domain && domain == Domain(other);
    }

    /// <summary>
    /// Pairs under different domains that are documented, with the registry's domain first.
    /// </summary>
    public static bool AreKnownPair(string registry, string tokenService) =>
        (registry.EndsWith(".scw.cloud", StringComparison.Ordinal) && tokenService == "api.scaleway.com")
        // dockerauth.cn-hangzhou.aliyuncs.com
        || (registry.EndsWith(".aliyuncs.com", StringComparison.Ordinal) && tokenService.EndsWith(".aliyuncs.com", StringComparison.Ordinal)
            && tokenService.StartsWith("dockerauth", StringComparison.Ordinal) && tokenService.Split('.').Length == 4);

    private static string? Domain(string host)
    {
        var labels = host.ToLowerInvariant().Split('.');
        if (labels.Length < 2) return null;
        var two = $"{labels[^2]}.{labels[^1]}";
        // co.uk, com.au, gov.br: a country's second level is not registrable.
        var wide = Shared.Contains(two) || (labels[^1].Length == 2 && labels[^2].Length <= 3);
        if (!wide) return two;
        // Under a provider's name even deeper levels are customers (REGION.cloudapp.azure.com): nothing is related there.
        return labels.Length < 3 || Shared.Contains(two) ? null : $"{labels[^3]}.{two}";
    }
}
