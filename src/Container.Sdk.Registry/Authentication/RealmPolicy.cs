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
