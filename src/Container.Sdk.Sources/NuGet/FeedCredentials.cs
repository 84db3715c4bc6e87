using System.Text.Json;
using System.Text.RegularExpressions;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>Credentials of package sources, from where NuGet takes them. What is here goes into a secret and nowhere else.</summary>
/// <param name="configs">The NuGet configurations, the nearest first.</param>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="reporter">Told of credentials that cannot be used.</param>
/// <param name="plugins">The credential providers.</param>
internal sealed partial class FeedCredentials(IReadOnlyList<NuGetConfig> configs, Func<string, string?> variable, IReporter reporter, IReadOnlyList<string>? plugins = null)
{
    private const string Password = "ClearTextPassword";

    /// <summary>The credentials of a source, under the names that a NuGet configuration has for them; <c>null</c> where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Of(string source, string address) => FromVariable(source) ?? FromConfigs(source) ?? FromEndpoints(address) ?? FromPlugins(address);

    private Dictionary<string, string>? FromVariable(string source) =>
        variable($"NuGetPackageSourceCredentials_{source}") is { } text && Pair().Match(text) is { Success: true } match
            ? With(Named(match.Groups["user"].Value, match.Groups["password"].Value), match.Groups["types"].Value)
            : null;

    private IReadOnlyDictionary<string, string>? FromConfigs(string source)
    {
        foreach (var config in configs)
        {
            if (config.CredentialsOf(source) is not { } found) continue;
            if (found.ContainsKey(Password)) return found;
            reporter.Warn(Diagnostics.EncryptedCredentials, source, config.File);
            return null;
        }
        return null;
    }

    // What the credential provider for Azure Artifacts reads on build servers.
    private Dictionary<string, string>? FromEndpoints(string address)
    {
        foreach (var name in (string[])["ARTIFACTS_CREDENTIALPROVIDER_EXTERNAL_FEED_ENDPOINTS", "VSS_NUGET_EXTERNAL_FEED_ENDPOINTS"])
        {
            if (variable(name) is not { Length: > 0 } text || Endpoints(text) is not { } endpoints) continue;
            foreach (var endpoint in endpoints)
                if (string.Equals(endpoint.Address, address, StringComparison.OrdinalIgnoreCase)) return Named(endpoint.User, endpoint.Password);
        }
        return null;
    }

    // Last, as they may be slow and may ask others.
    private Dictionary<string, string>? FromPlugins(string address)
    {
        foreach (var file in plugins ?? [])
        {
            using var plugin = CredentialPlugin.Start(file);
            if (plugin?.CredentialsFor(address) is { } found) return Named(found.User, found.Password);
        }
        return null;
    }

    private static List<(string Address, string User, string Password)>? Endpoints(string text)
    {
        try
        {
            var json = Json.ParseObject(System.Text.Encoding.UTF8.GetBytes(text));
            return [.. (json.GetArray("endpointCredentials") ?? []).Select(e => e!.AsObject())
                .Select(e => (e.GetString("endpoint") ?? "", e.GetString("username") is { Length: > 0 } user ? user : "user", e.GetString("password") ?? ""))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            // The provider says what is wrong with it; nothing of it may be shown here.
            return null;
        }
    }

    private static Dictionary<string, string> Named(string user, string password) => new(StringComparer.OrdinalIgnoreCase) { ["Username"] = user, [Password] = password };

    private static Dictionary<string, string> With(Dictionary<string, string> credentials, string types)
    {
        if (types.Length > 0) credentials["ValidAuthenticationTypes"] = types;
        return credentials;
    }

    [GeneratedRegex(@"^Username=(?<user>.*?);\s*Password=(?<password>.*?)(?:;\s*ValidAuthenticationTypes=(?<types>.*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
