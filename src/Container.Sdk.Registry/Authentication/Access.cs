using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>What a request needs to be allowed.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Kind">Reading, or writing too.</param>
/// <param name="From">A second repository to read from, for a mount; or <c>null</c>.</param>
internal sealed record Access(RepositoryName Repository, RegistryAccess Kind, RepositoryName? From = null)
{
    /// <summary>
    /// The scopes to ask a token for. The scope to write stands first: some token services honour one alone, the first
    /// (GitLab, see estesp/manifest-tool#53). <c>delete</c> is never asked for: Quay then gives no token at all.
    /// </summary>
    public IEnumerable<string> Scopes
    {
        get
        {
            yield return $"repository:{Repository}:{(Kind == RegistryAccess.Push ? "pull,push" : "pull")}";
            if (From is not null) yield return $"repository:{From}:pull";
        }
    }

    /// <summary>For messages.</summary>
    public override string ToString() => $"{(Kind == RegistryAccess.Push ? "push to" : "pull from")} {Repository}";
}
