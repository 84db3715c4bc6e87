using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Container.Sdk.Oci;
using NuGet.Configuration;

namespace Container.Sdk.Sources;

/// <summary>Credentials of package sources, from where NuGet takes them.</summary>
/// <param name="credentialFiles">Which configuration has the credentials of a package source, by its name.</param>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="providers">Asked last, since a program has to be started, which may ask a server.</param>
/// <param name="reporter">Told of credentials that cannot be used.</param>
internal sealed class FeedCredentials(IReadOnlyDictionary<string, string> credentialFiles, Func<string, string?> variable, ICredentialProviders providers, IReporter reporter)
{
    /// <summary>The credentials of a package source; <c>null</c> where there are none.</summary>
    public async Task<FeedCredential?> FindAsync(PackageSource source, CancellationToken cancellation) =>
        FromConfiguration(source) ?? FromEndpoints(source) ?? await providers.AskAsync(source, cancellation).ConfigureAwait(false);

    // NuGet has read these already: from the variable NuGetPackageSourceCredentials_<name>, or else from a configuration.
    private FeedCredential? FromConfiguration(PackageSource source)
    {
        if (source.Credentials is not { } found) return null;
        try
        {
            return new FeedCredential(source.Name, found.Username, found.Password, found.ValidAuthenticationTypesText);
        }
        catch (Exception e) when (e is NuGetConfigurationException or CryptographicException or FormatException)
        {
            reporter.Warn(Diagnostics.EncryptedCredentials, source.Name, credentialFiles.GetValueOrDefault(source.Name, "NuGet.config"));
            return null;
        }
    }

    // What a build server tells the credential provider for Azure Artifacts. NuGet knows it only through that provider, which need not be installed.
    private FeedCredential? FromEndpoints(PackageSource source)
    {
        foreach (var name in (string[])["ARTIFACTS_CREDENTIALPROVIDER_EXTERNAL_FEED_ENDPOINTS", "VSS_NUGET_EXTERNAL_FEED_ENDPOINTS"])
            if (variable(name) is { Length: > 0 } text && Endpoints(text).FirstOrDefault(e => e.Address.Equals(source.Source, StringComparison.OrdinalIgnoreCase)) is { Address: not null } endpoint)
                return new FeedCredential(source.Name, endpoint.User.Length > 0 ? endpoint.User : FeedCredential.AnyUser, endpoint.Password);
        return null;
    }

    private static IReadOnlyList<(string Address, string User, string Password)> Endpoints(string text)
    {
        try
        {
            return [.. (Json.ParseObject(Encoding.UTF8.GetBytes(text)).GetArray("endpointCredentials") ?? []).Select(e => e!.AsObject())
                .Select(e => (e.GetString("endpoint") ?? "", e.GetString("username") ?? "", e.GetString("password") ?? ""))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            // Whatever is wrong with it, the text is a secret and cannot be quoted; the package source says that it got no credentials.
            return [];
        }
    }
}
