using Container.Sdk.BuiltIn;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>A version never changes its content: what its tag has now stays where it is the same, and else it is an error.</summary>
internal static class KeptVersion
{
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
            (i < made.Layers.Length ? made.Layers[i] : new LayerSummary("library", LayerProvenance.TakenOver, [])) with { Provenance = LayerProvenance.TakenOver })]);
}
