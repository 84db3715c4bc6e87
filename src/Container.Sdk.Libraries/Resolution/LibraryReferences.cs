using System.Collections.Immutable;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>A <c>PackageReference</c> or a <c>PackageVersion</c> of a project.</summary>
/// <param name="Include">The id of the package.</param>
/// <param name="Version">The metadata <c>Version</c>, or empty.</param>
/// <param name="VersionOverride">The metadata <c>VersionOverride</c>, or empty.</param>
public sealed record PackageReferenceItem(string Include, string Version, string VersionOverride);

/// <summary>An item that is to say the version that was found, in the place of what it asks for.</summary>
/// <param name="IsCentral">Whether it is one of the central versions; else it is one of the references.</param>
/// <param name="Index">Its place among these.</param>
/// <param name="Metadata">The metadata that has the version.</param>
/// <param name="Range">What that is to be, in NuGet's notation.</param>
public sealed record FoundReference(bool IsCentral, int Index, string Metadata, string Range);

/// <summary>The package references and central versions of a project that library images answer.</summary>
public sealed class LibraryReferences
{
    private readonly ImmutableArray<Asked> _asked;

    private LibraryReferences(IEnumerable<Asked> asked)
    {
        _asked = [.. asked];
        Requests = [.. _asked.Select(a => a.Request).Distinct()];
    }

    /// <summary>What the project asks for, each once.</summary>
    public ImmutableArray<LibraryRequest> Requests { get; }

    /// <summary>Finds what is asked for. Under central package management the version stands with the central items.</summary>
    /// <param name="references"><c>PackageReference</c>.</param>
    /// <param name="versions"><c>PackageVersion</c>.</param>
    /// <param name="isCentral">Whether versions are managed centrally.</param>
    /// <param name="pinsTransitive">Whether central versions hold for packages that only others refer to.</param>
    /// <param name="sources">Which packages travel as images.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidVersion"/></exception>
    public static LibraryReferences Read(
        IReadOnlyList<PackageReferenceItem> references, IReadOnlyList<PackageReferenceItem> versions, bool isCentral, bool pinsTransitive, LibrarySources sources)
    {
        var names = references.Select(r => r.Include).Where(sources.Covers).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var own = references.Select((item, i) => Ask(false, i, item.Include, isCentral ? nameof(item.VersionOverride) : nameof(item.Version), isCentral ? item.VersionOverride : item.Version));
        var common = versions.Select((item, i) => isCentral && (pinsTransitive || names.Contains(item.Include)) ? Ask(true, i, item.Include, nameof(item.Version), item.Version) : null);
        return new LibraryReferences(own.Concat(common).OfType<Asked>());

        Asked? Ask(bool isCommon, int index, string name, string metadata, string version) =>
            version.Length > 0 && sources.Covers(name) ? new Asked(isCommon, index, metadata, RequestOf(name, version)) : null;
    }

    /// <summary>The items with the versions that were found for what the project asks; those without one are left out.</summary>
    public ImmutableArray<FoundReference> With(LibraryResolution resolution)
    {
        var found = resolution.Libraries.Where(l => l.IsDirect).ToDictionary(l => l.Request, l => l.Resolved.Version);
        return
        [
            .. from asked in _asked
               where found.ContainsKey(asked.Request)
               select new FoundReference(asked.IsCentral, asked.Index, asked.Metadata, RewrittenRange.Rewrite(asked.Request.Range, found[asked.Request])),
        ];
    }

    private static LibraryRequest RequestOf(string name, string version) =>
        new(PackageId.Parse(name), LibraryRequest.ReadRange(version.Trim()) ?? throw Diagnostics.InvalidVersion.Error(version, name));

    private sealed record Asked(bool IsCentral, int Index, string Metadata, LibraryRequest Request);
}

/// <summary>
/// The range that a reference gets once its version is known: from that version up to where the range that was asked for ends.
/// Never narrower: it goes into the package of a library that is packed with it, and two exact ones of a diamond never agree.
/// </summary>
public static class RewrittenRange
{
    /// <summary><c>[resolved, upper bound of what was asked)</c>, in NuGet's notation.</summary>
    public static string Rewrite(VersionRange asked, NuGetVersion resolved)
    {
        var lower = resolved.ToNormalizedString();
        return asked.MaxVersion is not { } upper ? $"[{lower}, )"
            : asked.IsMinInclusive && asked.IsMaxInclusive && upper == asked.MinVersion ? $"[{lower}]"
            : $"[{lower}, {upper}{(asked.IsMaxInclusive ? ']' : ')')}";
    }
}
