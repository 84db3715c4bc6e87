using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>
/// What a strategy is chosen by: facts of the project, which every machine that has its sources sees alike. Sets, so that no
/// order of items, and no language of the machine, can matter.
/// </summary>
public sealed record ProjectFacts
{
    /// <summary>Projects of the same repository that it refers to, directly or through others.</summary>
    public ImmutableSortedSet<string> Projects { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Projects that it refers to and that lie outside of its repository.</summary>
    public ImmutableSortedSet<string> ProjectsElsewhere { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Packages that travel as library images: a <c>ContainerLibrarySource</c> covers them.</summary>
    public ImmutableSortedSet<string> LibraryImages { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Of projects and library images, those that no other of them needs.</summary>
    public ImmutableSortedSet<string> TopmostLibraries { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Feeds that the repository's own <c>NuGet.config</c> has credentials for.</summary>
    public ImmutableSortedSet<string> PrivateFeeds { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Whether it is compiled to native code, which takes a toolchain of the system that it is for.</summary>
    public bool IsNative { get; init; }

    /// <summary>What a strategy says that reads the repository alone.</summary>
    internal string OutsideRepository => $"{Several(ProjectsElsewhere)} lies outside of the repository";

    /// <summary>Names as a person reads them: three at the most.</summary>
    internal static string Several(ImmutableSortedSet<string> names) => names.Count > 3 ? $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more" : string.Join(", ", names);
}
