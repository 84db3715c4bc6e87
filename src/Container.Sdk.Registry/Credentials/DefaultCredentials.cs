using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>The environment, then the files that <c>docker login</c> and <c>podman login</c> write; the first that has some wins.</summary>
public sealed class DefaultCredentials : ICredentialProvider
{
    private readonly EnvironmentCredentials _environment;
    private readonly AuthFileCredentials _files;

    /// <summary>Credentials of this user and machine.</summary>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <param name="outputRegistry">The registry that is pushed to, or <c>null</c>.</param>
    public DefaultCredentials(Func<string, string?> environment, RegistryHost? outputRegistry) =>
        (_environment, _files) = (new EnvironmentCredentials(environment, outputRegistry), new AuthFileCredentials(environment));

    /// <inheritdoc/>
    public async Task<Credential?> FindAsync(RegistryHost host, RepositoryName repository, RegistryAccess access, CancellationToken cancellation) =>
        await _environment.FindAsync(host, repository, access, cancellation).ConfigureAwait(false)
        ?? await _files.FindAsync(host, repository, access, cancellation).ConfigureAwait(false);
}

/// <summary>
/// Credentials in the environment, under the names of the .NET SDK's container publishing. The pair of a direction wins over
/// the general one, and both halves come from the same pair. The general one is for the registry that is pushed to.
/// </summary>
public sealed class EnvironmentCredentials(Func<string, string?> environment, RegistryHost? outputRegistry) : ICredentialProvider
{
    /// <inheritdoc/>
    public Task<Credential?> FindAsync(RegistryHost host, RepositoryName repository, RegistryAccess access, CancellationToken cancellation) =>
        Task.FromResult(Find(host, access));

    private Credential? Find(RegistryHost host, RegistryAccess access)
    {
        var own = Pair(access == RegistryAccess.Push ? "DOTNET_CONTAINER_PUSH_REGISTRY" : "DOTNET_CONTAINER_PULL_REGISTRY");
        if (own is not null) return own;
        if (access == RegistryAccess.Pull && host != outputRegistry) return null;
        return Pair("DOTNET_CONTAINER_REGISTRY") ?? Pair("SDK_CONTAINER_REGISTRY");
    }

    private Credential? Pair(string prefix) =>
        environment(prefix + "_UNAME") is { Length: > 0 } user && environment(prefix + "_PWORD") is { Length: > 0 } secret
            ? new Credential(user, secret, prefix + "_UNAME")
            : null;
}
