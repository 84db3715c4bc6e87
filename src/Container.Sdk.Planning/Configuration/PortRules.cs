using System.Globalization;

namespace Container.Sdk.Planning;

/// <summary>The ports that an ASP.NET Core app listens on by its environment, as the in-box SDK infers them.</summary>
public static class PortRules
{
    /// <summary>
    /// Ports of <c>ASPNETCORE_URLS</c>; where that is not set, of <c>ASPNETCORE_HTTP_PORTS</c> and <c>ASPNETCORE_HTTPS_PORTS</c>.
    /// </summary>
    /// <param name="environment">The whole environment of the image.</param>
    /// <returns>Ports as <c>8080/tcp</c>.</returns>
    public static IEnumerable<string> Infer(IReadOnlyList<KeyValuePair<string, string>> environment)
    {
        var urls = Value("ASPNETCORE_URLS");
        var ports = urls.Length > 0
            ? urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(PortOfUrl)
            : $"{Value("ASPNETCORE_HTTP_PORTS")};{Value("ASPNETCORE_HTTPS_PORTS")}".Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ports.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).Where(n => n is > 0 and < 65536).Select(n => $"{n}/tcp");

        string Value(string name) => environment.LastOrDefault(e => e.Key == name).Value ?? "";
    }

    // http://+:9000, http://*:80/path, https://[::]:8443; the hosts + and * are no URI.
    private static string PortOfUrl(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return "";
        var authority = url[(scheme + 3)..].Split('/')[0];
        var colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']')) return authority[(colon + 1)..].Trim();
        return url.TrimStart().StartsWith("https", StringComparison.OrdinalIgnoreCase) ? "443" : "80";
    }
}
