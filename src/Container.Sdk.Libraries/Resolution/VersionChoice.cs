using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>The one version that a range gets: the pinned one, else the one that NuGet's restore would choose from the same list.</summary>
internal sealed class VersionChoice(ILibraryFeed feed, Func<LibraryRequest, NuGetVersion?> pinned)
{
    public async Task<StoredLibrary> ChooseAsync(LibraryRequest request, ImageRepository repository, CancellationToken cancellation)
    {
        if (pinned(request) is { } pin)
        {
            return await feed.FetchAsync(request.Id, pin, cancellation).ConfigureAwait(false)
                ?? throw NoVersion(request, $"{request.AsWritten} (pinned to {pin.ToNormalizedString()})", pin, repository, await ListAsync().ConfigureAwait(false));
        }

        // Nothing in the range is lower than its inclusive minimum: where that is there, the others need not be known.
        if (request.Range is { IsFloating: false, IsMinInclusive: true, MinVersion: { } lowest }
            && await feed.FetchAsync(request.Id, lowest, cancellation).ConfigureAwait(false) is { } exact) return exact;

        var versions = await ListAsync().ConfigureAwait(false);
        return request.Range.FindBestMatch(versions) is { } best && await feed.FetchAsync(request.Id, best, cancellation).ConfigureAwait(false) is { } library
            ? library
            : throw NoVersion(request, request.AsWritten, request.Range.MinVersion ?? request.Range.MaxVersion, repository, versions);

        async Task<IReadOnlyList<NuGetVersion>> ListAsync() =>
            await feed.ListAsync(request.Id, cancellation).ConfigureAwait(false) is { Count: > 0 } some
                ? some
                : throw Diagnostics.LibraryNotFound.Error(request.Id.Value, repository.ToString());
    }

    private static ContainerException NoVersion(LibraryRequest request, string asked, NuGetVersion? about, ImageRepository repository, IReadOnlyList<NuGetVersion> versions) =>
        Diagnostics.NoVersionInRange.Error(request.Id.Value, asked, repository.ToString(), NearestVersions.Of(versions, about));
}

/// <summary>The versions that somebody may have meant, for a message.</summary>
internal static class NearestVersions
{
    private const int Most = 10;

    /// <summary>At most ten versions around <paramref name="about"/> (the highest, where that is nothing), from the lowest up.</summary>
    public static string Of(IReadOnlyList<NuGetVersion> versions, NuGetVersion? about)
    {
        var sorted = versions.Order().ToList();
        var below = about is null ? sorted.Count : sorted.Count(v => v < about);
        var first = Math.Clamp(below - (Most / 2), 0, Math.Max(0, sorted.Count - Most));
        var shown = string.Join(", ", sorted.Skip(first).Take(Most).Select(v => v.ToNormalizedString()));
        return sorted.Count > Most ? $"{shown}, … {sorted.Count} in all" : shown;
    }
}
