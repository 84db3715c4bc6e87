using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NuGet.Versioning;

namespace Container.Sdk.Tasks;

/// <summary>The package references and central versions of a project that library images answer.</summary>
internal sealed class LibraryReferences
{
    private const string Version = "Version";
    private const string VersionOverride = "VersionOverride";

    private readonly ImmutableArray<(ITaskItem Item, LibraryRequest Request, string Metadata, bool Central)> _asked;

    private LibraryReferences(IEnumerable<(ITaskItem, LibraryRequest, string, bool)> asked)
    {
        _asked = [.. asked];
        Requests = [.. _asked.Select(a => a.Request).Distinct()];
    }

    /// <summary>What the project asks for.</summary>
    public ImmutableArray<LibraryRequest> Requests { get; }

    /// <summary>Whether it asks for nothing.</summary>
    public bool IsEmpty => _asked.IsEmpty;

    /// <summary>Finds what is asked for. Under central package management the version stands with the central items.</summary>
    /// <param name="references"><c>PackageReference</c>.</param>
    /// <param name="versions"><c>PackageVersion</c>.</param>
    /// <param name="central">Whether versions are managed centrally.</param>
    /// <param name="pinsTransitive">Whether central versions hold for packages that only others refer to.</param>
    /// <param name="sources">Which packages travel as images.</param>
    public static LibraryReferences Read(ITaskItem[] references, ITaskItem[] versions, bool central, bool pinsTransitive, LibrarySources sources)
    {
        var covered = references.Where(r => sources.Covers(r.ItemSpec)).ToList();
        var names = covered.Select(r => r.ItemSpec).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var own = covered.Select(r => (Item: r, Metadata: central ? VersionOverride : Version, Central: false));
        var common = versions.Where(v => central && sources.Covers(v.ItemSpec) && (pinsTransitive || names.Contains(v.ItemSpec))).Select(v => (Item: v, Metadata: Version, Central: true));
        return new LibraryReferences(own.Concat(common)
            .Where(a => a.Item.GetMetadata(a.Metadata).Length > 0)
            .Select(a => (a.Item, Request(a.Item.ItemSpec, a.Item.GetMetadata(a.Metadata)), a.Metadata, a.Central)));
    }

    /// <summary>The items with the versions that were found; those without one are left out.</summary>
    public (ITaskItem[] References, ITaskItem[] Versions) With(IReadOnlyDictionary<LibraryRequest, NuGetVersion> found)
    {
        var items = _asked.Where(a => found.ContainsKey(a.Request)).Select(a => (Item: With(a.Item, a.Metadata, RewrittenRange.Rewrite(a.Request.Range, found[a.Request])), a.Central)).ToList();
        return ([.. items.Where(i => !i.Central).Select(i => i.Item)], [.. items.Where(i => i.Central).Select(i => i.Item)]);
    }

    private static LibraryRequest Request(string name, string version) =>
        new(PackageId.Parse(name), LibraryRequest.ReadRange(version.Trim()) ?? throw Diagnostics.InvalidVersion.Error(version, name));

    private static TaskItem With(ITaskItem item, string metadata, string value)
    {
        var copy = new TaskItem(item);
        copy.SetMetadata(metadata, value);
        return copy;
    }
}
