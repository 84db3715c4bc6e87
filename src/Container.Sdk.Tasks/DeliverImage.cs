using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Delivers the image that <see cref="BuildImage"/> made, and says what was done.</summary>
public sealed class DeliverImage : ImageTask
{
#pragma warning disable CS1591, CA1819 // The in-box SDK's output properties, by their names there.
    [Output] public string GeneratedContainerManifest { get; set; } = "";
    [Output] public string GeneratedContainerConfiguration { get; set; } = "";
    [Output] public string GeneratedContainerDigest { get; set; } = "";
    [Output] public string GeneratedContainerMediaType { get; set; } = "";
    [Output] public string GeneratedArchiveOutputPath { get; set; } = "";
    [Output] public ITaskItem[] GeneratedContainerNames { get; set; } = [];
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var target = ReadTarget();
        var session = OpenSession(target);
        var plan = ImagePlanFile.Read(await File.ReadAllBytesAsync(PlanFile, cancellation).ConfigureAwait(false));
        var reference = ImageReference.Parse(plan.Base, ProjectFolder);
        var baseImage = await session.ResolveBaseAsync(reference, plan.Platform, Engine).WaitAsync(cancellation).ConfigureAwait(false);
        var layers = OpenLayerRepository(session, target, plan);
        var assembled = new ImageFolder(ImageFolder).Read(OpenCache(new SilentReporter()), baseImage, session.LibraryBlob, layers);
        var destination = session.Destination(target, plan.Format);

        var places = target is RegistryTarget { Host: var host } ? new LayerPlaces(CacheFolder, host) : null;
        if (places is not null) assembled = assembled with { Image = WithPlaces(assembled.Image, places, ((RegistryTarget)target).Host) };
        var isThere = await IsThereAsync(session, target, plan, assembled.Image).WaitAsync(cancellation).ConfigureAwait(false);
        var kept = layers is null || isThere || assembled.IsBuilt
            ? null
            : await new KeptLayers(session, target, layers, places, this).DeliverAsync(plan, assembled, cancellation).ConfigureAwait(false);
        if (kept is not null) assembled = assembled with { Image = kept.Image };
        var thin = assembled.IsBuilt
            ? new KeptImage(assembled.Image, [.. assembled.Layers.Select(_ => (Delivery?)null)])
            : await new ThinImages(session, target, places, this).DeliverAsync(plan, assembled, isThere, cancellation).ConfigureAwait(false);
        // A version that this build found there is delivered as it is, and else the last look is right before the tag is written.
        var image = plan.IsVersion && !isThere ? await KeptVersion.TakeFasterAsync(thin.Image, session, target, cancellation).ConfigureAwait(false) : thin.Image;
        // Whichever was faster is what the tag has, and what is reported.
        if (plan.IsVersion) assembled = assembled with { Image = image };
        var delivery = destination is null ? null : await destination.DeliverAsync(image, cancellation).ConfigureAwait(false);
        places?.Remember(
            image.Layers.Select(l => l.Descriptor.Digest), target.Repository,
            image.Layers.Where((_, i) => delivery!.Layers[i] == Transfer.Sent).Select(l => l.Descriptor.Digest).ToHashSet());

        if (delivery is not null) WarnOfCopies(assembled, target, delivery);
        if (delivery is not null) delivery = thin.Whole(kept?.Whole(delivery) ?? delivery);
        var report = new DeliveryReport(plan, reference, target, assembled, delivery);
        Log.LogMessage(MessageImportance.High, "{0}", report.ToText(ProjectName));
        if (ResultFile.Length > 0) report.WriteResult(ResultFile, ProjectName);
        SetOutputs(assembled.Image, target, delivery);
    }

    // A library that is sent was to be shared, and is not.
    private void WarnOfCopies(AssembledImage assembled, ImageTarget target, Delivery delivery)
    {
        for (var i = 0; i < assembled.Layers.Length; i++)
        {
            if (assembled.Layers[i] is not { Outcome: LayerOutcome.Library, Library: { } library } || delivery.Layers[i] != Transfer.Sent) continue;
            var why = (target, library) switch
            {
                (RegistryTarget t, RegistryReference r) when t.Host == r.Host => $"since {t.Host} did not mount them from {r.Repository}",
                (RegistryTarget or LayoutTarget, _) => $"since the library image lies elsewhere: {library}",
                _ => "",
            };
            if (why.Length > 0) Warn(Diagnostics.LibraryCopied, assembled.Layers[i].Name, assembled.Image.Layers[i].Descriptor.Size, target.Display, why);
        }
    }

    // An image that did not change needs nothing, and asks nothing.
    private static async Task<bool> IsThereAsync(BuildSession session, ImageTarget target, ImagePlan plan, Image image) =>
        await session.PrepareAsync(target, plan.Format).ConfigureAwait(false) is { } present && present.Descriptor.Digest == image.Descriptor.Digest;

    // What says itself where it lies knows better.
    private static Image WithPlaces(Image image, LayerPlaces places, RegistryHost host) => image with
    {
        Layers = [.. image.Layers.Select(l => l.Content.PlaceIn(host) is null && places.Find(l.Descriptor.Digest) is { } place ? l with { Content = new PlacedBlob(l.Content, host, place) } : l)],
    };

    private void SetOutputs(Image image, ImageTarget target, Delivery? delivery)
    {
        GeneratedContainerManifest = System.Text.Encoding.UTF8.GetString(image.ManifestBytes);
        GeneratedContainerConfiguration = System.Text.Encoding.UTF8.GetString(image.ConfigurationBytes);
        GeneratedContainerDigest = image.Descriptor.Digest.ToString();
        GeneratedContainerMediaType = image.Descriptor.MediaType;
        GeneratedArchiveOutputPath = delivery?.ArchivePath ?? "";
        GeneratedContainerNames = [.. target.Tags.Select(t => new Microsoft.Build.Utilities.TaskItem($"{target.Display[..(target.Display.LastIndexOf(':') + 1)]}{t}"))];
    }
}
