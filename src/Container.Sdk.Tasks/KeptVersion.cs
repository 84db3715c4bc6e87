using Container.Sdk.Images;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>A version never changes its content: what its tag has now stays where it is the same, and else it is an error.</summary>
internal static class KeptVersion
{
    /// <summary>What the version's tag has at this moment; <c>null</c> where it is free, or there are no tags.</summary>
    /// <exception cref="ContainerException">What is there cannot be read, and so not be compared.</exception>
    public static async Task<Image?> FindAsync(BuildSession session, ImageTarget target, CancellationToken cancellation)
    {
        try
        {
            return target.Place is { } place ? await session.Catalog(place).FindAsync(target.Tags[0], cancellation).ConfigureAwait(false) : null;
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.Forbidden)
        {
            // So some registries answer where there is nothing yet; that it may be written was asked before.
            return null;
        }
    }

    /// <summary>Right before a version is written: whether another build was faster, with the same content or with another.</summary>
    /// <returns>The image to deliver.</returns>
    /// <exception cref="ContainerException"><see cref="Diagnostics.VersionChanged"/></exception>
    public static async Task<Image> TakeFasterAsync(Image made, BuildSession session, ImageTarget target, CancellationToken cancellation) =>
        await FindAsync(session, target, cancellation).ConfigureAwait(false) is not { } now ? made
        : now.Configuration.DiffIds.SequenceEqual(made.Configuration.DiffIds) ? now
        : throw Diagnostics.VersionChanged.Error(target.Display, (string[])["another build has published it meanwhile"]);

    /// <summary>The image to deliver: the one that is there, where it has the same content.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.VersionChanged"/>, or the tag has an image that is no library.</exception>
    public static async Task<AssembledImage> KeepAsync(AssembledImage made, Image present, ImagePlan plan, string name, string scratchFolder, CancellationToken cancellation)
    {
        if (made.Image.Configuration.DiffIds.SequenceEqual(present.Configuration.DiffIds)) return Kept(made, present);

        var id = plan.Settings.Labels.Last(l => l.Key == LibraryLabels.Id).Value;
        var library = LibraryImage.Read(present, PackageId.Parse(id), version: null, name);
        var package = AtomicFile.PartialName(Path.Combine(scratchFolder, "present.nupkg"));
        try
        {
            Directory.CreateDirectory(scratchFolder);
            await LibraryImageReader.FetchAsync(library, package, cancellation).ConfigureAwait(false);
            var differences = PackageComparison.Differences(package, plan.Layers[0].Files[0].Source);
            return differences.Count == 0 ? Kept(made, present) : throw Diagnostics.VersionChanged.Error(name, differences);
        }
        finally
        {
            AtomicFile.TryDelete(package);
        }
    }

    private static AssembledImage Kept(AssembledImage made, Image present) => made.Image.Descriptor.Digest == present.Descriptor.Digest
        ? made
        : new AssembledImage(present, [.. present.Layers.Select((_, i) =>
            (i < made.Layers.Length ? made.Layers[i] : new LayerSummary("library", LayerOutcome.TakenOver, [])) with { Outcome = LayerOutcome.TakenOver })]);
}
