using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>
/// Writes what a project asks for, and what that resolves to now, into <c>container.lock.json</c>. What other projects have put
/// there stays.
/// </summary>
/// <param name="session">What all projects of a build share.</param>
/// <param name="request">The project.</param>
/// <param name="reporter">Told what happens.</param>
public sealed class LockUpdate(PublishSession session, RestoreRequest request, IReporter reporter)
{
    /// <summary>Updates the file.</summary>
    /// <param name="references"><c>PackageReference</c>.</param>
    /// <param name="versions"><c>PackageVersion</c>.</param>
    /// <param name="images">The images that the project starts from, in the notation of <c>ContainerBaseImage</c>.</param>
    /// <param name="runtimeIdentifier">The platform of the images; may be empty where there is none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What changed, a line for each.</returns>
    /// <exception cref="ContainerException">Something is not there, or the file cannot be read or written.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<IProjectItem> references, IReadOnlyList<IProjectItem> versions, ImmutableArray<string> images, string runtimeIdentifier, CancellationToken cancellation)
    {
        // A file that cannot be read is not overwritten: said before anybody is asked.
        _ = request.Lock.Read();
        var asked = request.Asked(references, versions);
        var feed = new SharedFeed(session, request, (_, _) => null, asksAnew: true, reporter);
        var resolution = await new LibraryResolver(request.Libraries, feed, _ => null).ResolveAsync(asked.Requests, cancellation).ConfigureAwait(false);
        var resolved = new List<(ImageReference Image, Platform Platform, Digest Digest)>();
        foreach (var image in images.Distinct().Select(i => ImageReference.Parse(i, request.Folder)).Where(i => i.CanMove))
        {
            var platform = Platform.FromRuntimeIdentifier(runtimeIdentifier);
            if (await session.ResolveAsync(image, platform, request.Access, reporter).WaitAsync(cancellation).ConfigureAwait(false) is { } found) resolved.Add((image, platform, found.Descriptor.Digest));
        }

        // Projects of a solution write one after the other; each finds what the others wrote.
        using var exclusive = FileLock.Of(request.Lock.File, request.CacheFolder);
        var before = request.Lock.Read() ?? LockFile.Empty;
        var after = resolution.Libraries.Aggregate(before, (file, l) => file.With(l.Request, l.Resolved));
        after = resolved.Aggregate(after, (file, i) => file.With(i.Image, i.Platform, i.Digest));
        var differences = before.Differences(after);
        if (differences.Count > 0) after.Write(request.Lock.File);
        return [.. differences.Select(d => d.ToString()!)];
    }
}
