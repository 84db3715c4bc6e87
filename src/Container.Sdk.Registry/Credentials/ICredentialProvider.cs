using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>What is to be done with a repository.</summary>
public enum RegistryAccess
{
    /// <summary>Read from it.</summary>
    Pull,

    /// <summary>Write to it, and read from it.</summary>
    Push,
}

/// <summary>Where credentials come from. It is asked only where a registry wants some.</summary>
public interface ICredentialProvider
{
    /// <summary>Finds the credentials for a repository, or <c>null</c> where none are configured.</summary>
    /// <exception cref="ContainerException">
    /// Some are configured and cannot be had. This must not look like "none": a tool that went on with something else sent
    /// credentials to a wrong host (CVE-2021-41092).
    /// </exception>
    Task<Credential?> FindAsync(RegistryHost host, RepositoryName repository, RegistryAccess access, CancellationToken cancellation);
}
