using System.Collections.Immutable;
using Container.Sdk.Libraries;
using NuGet.Versioning;

namespace Container.Sdk.Publishing;

/// <summary>A reference that says the version that was found, in the place of what it asks for.</summary>
/// <param name="Item">The item.</param>
/// <param name="Metadata">The metadata that has the version.</param>
/// <param name="Range">What it is to be, in NuGet's notation.</param>
/// <param name="IsCentral">Whether it is a <c>PackageVersion</c>.</param>
public sealed record FoundReference(IProjectItem Item, string Metadata, string Range, bool IsCentral);

/// <summary>The package references and central versions of a project that library images answer.</summary>
internal sealed class LibraryReferences
{
    private const string Version = "Version";
    private const string VersionOverride = "VersionOverride";

    private readonly ImmutableArray<(IProjectItem Item, LibraryRequest Request, string Metadata, bool IsCentral)> _asked;

    private LibraryReferences(IEnumerable<(IProjectItem, LibraryRequest, string, bool)> asked)
    {
        _asked = [.. asked];
        Requests = [.. _asked.Select(a => a.Request).Distinct()];
    }

    /// <summary>What the project asks for.</summary>
    public ImmutableArray<LibraryRequest> Requests { get; }

    /// <summary>Finds what is asked for. Under central package management the version stands with the central items.</summary>
    /// <param name="request">The project.</param>
    /// <param name="references"><c>PackageReference</c>.</param>
    /// <param name="versions"><c>PackageVersion</c>.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidVersion"/></exception>
    public static LibraryReferences Read(RestoreRequest request, IEnumerable<IProjectItem> references, IEnumerable<IProjectItem> versions)
    {
        var central = request.HasCentralVersions;
        var covered = references.Where(r => request.Libraries.Covers(r.Include)).ToList();
        var names = covered.Select(r => r.Include).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var own = covered.Select(r => (Item: r, Metadata: central ? VersionOverride : Version, IsCentral: false));
        var common = versions.Where(v => central && request.Libraries.Covers(v.Include) && (request.PinsTransitive || names.Contains(v.Include))).Select(v => (Item: v, Metadata: Version, IsCentral: true));
        return new LibraryReferences(own.Concat(common)
            .Where(a => a.Item[a.Metadata].Length > 0)
            .Select(a => (a.Item, Request(a.Item.Include, a.Item[a.Metadata]), a.Metadata, a.IsCentral)));
    }

    /// <summary>The references with the versions that were found; those without one are left out.</summary>
    public ImmutableArray<FoundReference> With(IReadOnlyDictionary<LibraryRequest, NuGetVersion> found) =>
    [
        .. _asked.Where(a => found.ContainsKey(a.Request)).Select(a => new FoundReference(a.Item, a.Metadata, RewrittenRange.Rewrite(a.Request.Range, found[a.Request]), a.IsCentral)),
    ];

    private static LibraryRequest Request(string name, string version) =>
        new(PackageId.Parse(name), LibraryRequest.ReadRange(version.Trim()) ?? throw Diagnostics.InvalidVersion.Error(version, name));
}
