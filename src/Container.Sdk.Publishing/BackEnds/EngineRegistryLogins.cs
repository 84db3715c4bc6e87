using System.Collections.Immutable;
using Container.Sdk.Engines;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Container.Sdk.Registry;

namespace Container.Sdk.Publishing;

/// <summary>Credentials for registries that an engine, or a container that it runs, has to be given.</summary>
internal sealed class EngineRegistryLogins(ContainerRequest request)
{
    // Only asked for by host; but credentials may be for one repository of it.
    private static readonly RepositoryName AnyLibrary = RepositoryName.Parse("library");

    /// <summary>Those that only the environment has: what the engine's own configuration has, it finds by itself.</summary>
    public async Task<ImmutableArray<RegistryLogin>> OfEnvironmentAsync(IEnumerable<RegistryHost> hosts, CancellationToken cancellation) =>
        await ReadAsync(new EnvironmentCredentials(Environment.GetEnvironmentVariable, request.Access.OutputRegistry), hosts, request.Target.Repository, cancellation).ConfigureAwait(false);

    /// <summary>All of them, as a file that a container reads as the user's own; nothing where no registry is asked.</summary>
    public async Task<ImmutableArray<BuildSecret>> AsSecretAsync(ImmutableArray<string> hosts, CancellationToken cancellation)
    {
        if (hosts.IsEmpty) return [];
        var credentials = new DefaultCredentials(Environment.GetEnvironmentVariable, request.Access.OutputRegistry);
        var logins = await ReadAsync(credentials, hosts.Select(RegistryHost.Parse), AnyLibrary, cancellation).ConfigureAwait(false);
        return [DockerCredentials.AsSecret(SourceDockerfile.RegistrySecret, logins)];
    }

    private static async Task<ImmutableArray<RegistryLogin>> ReadAsync(ICredentialProvider credentials, IEnumerable<RegistryHost> hosts, RepositoryName repository, CancellationToken cancellation)
    {
        var logins = ImmutableArray.CreateBuilder<RegistryLogin>();
        foreach (var host in hosts.Distinct())
            if (await credentials.FindAsync(host, repository, RegistryAccess.Pull, cancellation).ConfigureAwait(false) is { } found)
                logins.Add(found.Give((user, secret) => new RegistryLogin(host.Value, found.IsIdentityToken ? "<token>" : user, secret)));
        return logins.ToImmutable();
    }
}
