using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

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
