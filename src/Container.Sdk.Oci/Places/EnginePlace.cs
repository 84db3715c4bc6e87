using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>An image in the engine's own store.</summary>
/// <param name="Name">A name or an id that the engine knows.</param>
public sealed record DaemonReference(string Name) : ImageReference
{
    /// <inheritdoc/>
    public override string EngineName => Name;

    /// <inheritdoc/>
    public override string ToString() => $"docker-daemon:{Name}";
}

/// <summary>The local engine, to deliver to.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Tags">The tags.</param>
public sealed record EngineTarget(RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags);
