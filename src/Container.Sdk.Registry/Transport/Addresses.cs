using System.Net;
using System.Net.Sockets;

namespace Container.Sdk.Registry;

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
