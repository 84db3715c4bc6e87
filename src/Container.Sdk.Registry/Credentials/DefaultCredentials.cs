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
