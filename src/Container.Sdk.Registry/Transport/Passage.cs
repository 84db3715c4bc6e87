using System.Net;
using System.Net.Sockets;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// An address that may be asked. Every request needs one, and one comes only from the methods here: they are the gate
/// between what a registry says (redirects, upload locations, links, token services) and what is done.
/// </summary>
internal sealed class Passage
{
    // An address is sent as it was given: registries sign the query of an upload's location, and another spelling of it
    // would be another address.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private Passage(Uri uri, bool mayCarryCredentials) => (Uri, MayCarryCredentials) = (uri, mayCarryCredentials);

    /// <summary>The address.</summary>
    public Uri Uri { get; }

    /// <summary>Whether credentials may be sent there.</summary>
    public bool MayCarryCredentials { get; }

    /// <summary>The address for messages: what stands after '?' can be a secret (a signature, the state of an upload).</summary>
    public string Printable => Print(Uri);

    /// <summary>An address of the registry itself, made of checked values only.</summary>
    public static Passage ToRegistry(Uri origin, string pathAndQuery) => new(new Uri(origin, pathAndQuery), mayCarryCredentials: true);

    /// <summary>
    /// Where a download goes on: object storage, usually. Credentials stay behind when the origin changes
    /// (GHSA-vh4v-2xq2-g5cg; and S3 answers 400 when it gets two kinds of authentication, open-policy-agent/opa#6580).
    /// </summary>
    public static Passage ToRedirect(RegistryHost host, Passage from, string location) => Follow(host, from, location);

    /// <summary>
    /// Where an upload goes on. The registry's own address keeps its credentials; another one gets none
    /// (GHSA-jxpm-75mh-9fp7).
    /// </summary>
    public static Passage ToUpload(RegistryHost host, Passage from, string location) => Follow(host, from, location);

    /// <summary>The next page of a list: nowhere but in the same list (google/go-containerregistry#2332).</summary>
    public static Passage ToPage(RegistryHost host, Passage from, string link)
    {
        var next = Follow(host, from, link);
        return SameOrigin(from.Uri, next.Uri) && next.Uri.AbsolutePath == from.Uri.AbsolutePath
            ? next
            : throw Refused(host, next.Uri, "the next page of a list is in the same list");
    }

    /// <summary>A token service that <see cref="RealmPolicy"/> has looked at.</summary>
    public static Passage ToTokenService(Uri realm, bool mayCarryCredentials) => new(realm, mayCarryCredentials);

    /// <summary>The same place, with more in its query.</summary>
    public Passage WithQuery(string query) =>
        new(new Uri($"{Print(Uri)}{(Uri.Query.Length > 1 ? Uri.Query + "&" : "?")}{query}", Verbatim), MayCarryCredentials);

    /// <summary>Whether both are the same scheme, host and port.</summary>
    public static bool SameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && Addresses.HostOf(a) == Addresses.HostOf(b);

    private static Passage Follow(RegistryHost host, Passage from, string location)
    {
        if (Resolve(from.Uri, location) is not { } target) throw Diagnostics.RedirectRefused.Error(host.Value, location, "this is no address");
        if (target.Scheme != Uri.UriSchemeHttps && target.Scheme != from.Uri.Scheme)
            throw Refused(host, target, "it leads away from encryption");
        if (target.UserInfo.Length > 0) throw Refused(host, target, "it holds a user name");
        var same = SameOrigin(from.Uri, target);
        if (!same && Addresses.IsInside(target) && !Addresses.IsInside(from.Uri))
            throw Refused(host, target, "it leads from outside to an address of this network");
        return new Passage(target, from.MayCarryCredentials && same);
    }

    private static Uri? Resolve(Uri from, string location)
    {
        if (location.AsSpan().ContainsAnyExceptInRange('!', '~')) return null;
        var text = location.IndexOf('#', StringComparison.Ordinal) is >= 0 and var fragment ? location[..fragment] : location;
        if (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal)) text = $"{from.Scheme}://{from.Authority}{text}";
        else if (!text.Contains("://", StringComparison.Ordinal)) return Uri.TryCreate(new Uri(Print(from)), text, out var relative) && IsWeb(relative) ? relative : null;
        return Uri.TryCreate(text, Verbatim, out var uri) && IsWeb(uri) ? uri : null;
    }

    private static bool IsWeb(Uri uri) => (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0;

    private static ContainerException Refused(RegistryHost host, Uri target, string reason) =>
        Diagnostics.RedirectRefused.Error(host.Value, Print(target), reason);

    private static string Print(Uri uri) => $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath}";
}

/// <summary>Which addresses are inside: of this machine, of its network, or of the cloud's metadata service.</summary>
internal static class Addresses
{
    /// <summary>Whether the host of the address is written as an inside one. Names are not resolved.</summary>
    public static bool IsInside(Uri uri)
    {
        var host = HostOf(uri);
        if (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)) return true;
        return IPAddress.TryParse(uri.HostNameType == UriHostNameType.IPv6 ? host.Trim('[', ']') : host, out var address) && IsInside(address);
    }

    /// <summary>The host in the form in which hosts are compared: as the name service has it, without a last dot.</summary>
    public static string HostOf(Uri uri) => uri.IdnHost.TrimEnd('.').ToLowerInvariant();

    /// <summary>Whether it is a loopback, private, link-local or unspecified address.</summary>
    public static bool IsInside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return true;
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.Equals(IPAddress.IPv6Any);
        return bytes[0] is 0 or 10 or 127
            || (bytes[0] == 172 && bytes[1] is >= 16 and < 32)
            || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 169 && bytes[1] == 254)
            || (bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }
}
