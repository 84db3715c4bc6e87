using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
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
            foreach (var (address, user, password) in variable(name) is { Length: > 0 } text ? Endpoints(text) : [])
                if (address.Equals(source.Source, StringComparison.OrdinalIgnoreCase)) return new FeedCredential(source.Name, user.Length > 0 ? user : FeedCredential.AnyUser, password);
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

/// <summary>The credentials of a package source. They go into a secret and nowhere else: this is no record, which would print them.</summary>
/// <param name="source">The name of the package source.</param>
/// <param name="user">The user.</param>
/// <param name="password">The password, in clear text.</param>
/// <param name="authenticationTypes">The kinds of authentication that it is for, such as <c>basic</c>, with commas; empty: any.</param>
internal sealed class FeedCredential(string source, string user, string password, string? authenticationTypes = null)
{
    /// <summary>What stands for the user where only the password counts: a NuGet configuration has to name one.</summary>
    public const string AnyUser = "user";

    /// <summary>The user.</summary>
    public string User { get; } = user;

    /// <summary>The password, in clear text.</summary>
    public string Password { get; } = password;

    /// <summary>The kinds of authentication that it is for; empty: any.</summary>
    public string AuthenticationTypes { get; } = authenticationTypes ?? "";

    /// <summary>The element that a NuGet configuration has for them.</summary>
    public XElement ToXml() => new(
        XmlConvert.EncodeLocalName(source)!, Add("Username", User), Add("ClearTextPassword", Password),
        AuthenticationTypes.Length > 0 ? Add("ValidAuthenticationTypes", AuthenticationTypes) : null);

    /// <inheritdoc/>
    public override string ToString() => $"the credentials of the package source '{source}'";

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
}
