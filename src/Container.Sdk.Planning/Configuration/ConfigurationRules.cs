using System.Globalization;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>From the base's configuration and a project's settings to the image's configuration.</summary>
public static class ConfigurationRules
{
    /// <summary>What the image sets on top of its base, without layers.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="baseImage">The base's configuration.</param>
    /// <param name="baseDigest">Digest of the base's manifest; <c>null</c> for <c>scratch</c>.</param>
    /// <param name="reporter">Told where the base's entrypoint gives way.</param>
    public static ConfigurationChanges Apply(ImagePlan plan, ImageConfiguration baseImage, Digest? baseDigest, IReporter reporter)
    {
        var settings = plan.Settings;
        var (entrypoint, command) = CommandRules.Decide(settings, baseImage.Entrypoint, reporter);
        var environment = Override(baseImage.Environment, settings.Environment);
        return new ConfigurationChanges
        {
            Created = plan.Created,
            Entrypoint = entrypoint,
            Command = command,
            Environment = environment,
            Labels = Labels(plan, baseImage, baseDigest),
            ExposedPorts = [.. baseImage.ExposedPorts.Concat(settings.Ports).Concat(PortRules.Infer(environment)).Distinct(StringComparer.Ordinal)],
            Volumes = [.. baseImage.Volumes.Concat(settings.Volumes).Distinct(StringComparer.Ordinal)],
            WorkingDirectory = settings.WorkingDirectory,
            User = settings.User ?? DefaultUser(baseImage, environment),
        };
    }

    // Microsoft's images name a user without rights in APP_UID and leave it to the app to become it. A base that has
    // chosen a user of its own keeps it.
    private static string? DefaultUser(ImageConfiguration baseImage, List<KeyValuePair<string, string>> environment) =>
        baseImage.User is null or "0" or "root" or "0:0" or "root:root"
            ? environment.LastOrDefault(e => e.Key == "APP_UID").Value is { Length: > 0 } uid ? uid : baseImage.User
            : baseImage.User;

    private static List<KeyValuePair<string, string>> Override(
        IReadOnlyList<KeyValuePair<string, string>> inherited, IEnumerable<KeyValuePair<string, string>> own)
    {
        var result = inherited.ToList();
        foreach (var variable in own)
        {
            var at = result.FindIndex(e => e.Key == variable.Key);
            if (at < 0) result.Add(variable);
            else result[at] = variable;
        }
        return result;
    }

    private static Dictionary<string, string> Labels(ImagePlan plan, ImageConfiguration baseImage, Digest? baseDigest)
    {
        var labels = new Dictionary<string, string>(baseImage.Labels, StringComparer.Ordinal);
        // What we wrote there speaks of the base: of its layers, of the library that it is.
        foreach (var ours in baseImage.Labels.Keys.Where(k => k.StartsWith("container-sdk.", StringComparison.Ordinal))) labels.Remove(ours);
        if (plan.Settings.LabelBaseDigest && baseDigest is not null) labels["org.opencontainers.image.base.digest"] = baseDigest.ToString();
        foreach (var (name, value) in plan.Settings.Labels) labels[name] = value;
        return labels;
    }
}

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
