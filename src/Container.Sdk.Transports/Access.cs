using Container.Sdk.Engines;
using Container.Sdk.Oci;
using Container.Sdk.Registry;

namespace Container.Sdk.Transports;

/// <summary>
/// As whom a project reads and writes: which credentials it has, and which engine it means. What is known of a place is known for
/// one access; another project's may be refused where this one's is not.
/// </summary>
public sealed record Access
{
    /// <summary>No credentials of the environment, the user's own engine.</summary>
    public static Access None { get; } = new();

    /// <summary>The registry that images are sent to, or <c>null</c>; the environment's general pair of credentials is for it alone.</summary>
    public RegistryHost? OutputRegistry { get; init; }

    /// <summary>Further hosts (<c>host[:port]</c>) that credentials may be sent to, separated by spaces: <c>ContainerTrustedTokenHosts</c>.</summary>
    public string TrustedTokenHosts { get; init; } = "";

    /// <summary><c>ContainerEngine</c>, or empty.</summary>
    public string Engine { get; init; } = "";

    /// <summary><c>ContainerEngineContext</c>, or empty.</summary>
    public string EngineContext { get; init; } = "";

    /// <summary>The engine that is meant.</summary>
    public EngineOptions EngineOptions => new() { Preferred = Engine, Context = EngineContext };

    /// <summary>What a registry's client is made with.</summary>
    public RegistryOptions RegistryOptions => new()
    {
        OutputRegistry = OutputRegistry,
        TrustedTokenHosts = TrustedTokenHosts.Split(' ', StringSplitOptions.RemoveEmptyEntries),
    };
}
