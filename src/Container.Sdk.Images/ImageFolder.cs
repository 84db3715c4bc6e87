using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>
/// An assembled image as files: <c>manifest.json</c>, <c>config.json</c>, and <c>image.json</c>, which says of each
/// layer what it is and where its bytes are. The step between making an image and delivering it.
/// </summary>
/// <param name="Path">Absolute path of the folder.</param>
public sealed record ImageFolder(string Path)
{
    private string Manifest => System.IO.Path.Combine(Path, "manifest.json");

    private string Config => System.IO.Path.Combine(Path, "config.json");

    private string Layers => System.IO.Path.Combine(Path, "image.json");

    /// <summary>Writes an image.</summary>
    public void Write(AssembledImage assembled)
    {
        AtomicFile.Write(Manifest, assembled.Image.ManifestBytes, durable: false);
        AtomicFile.Write(Config, assembled.Image.ConfigurationBytes, durable: false);
        var layers = assembled.Layers.Zip(assembled.Image.Layers, (summary, layer) => (JsonNode)new JsonObject
        {
            ["name"] = summary.Name,
            ["provenance"] = summary.Outcome.ToString(),
            ["key"] = summary.Key?.ToString(),
            ["digest"] = layer.Descriptor.Digest.ToString(),
            ["size"] = layer.Descriptor.Size,
            ["diffId"] = layer.DiffId.ToString(),
            ["components"] = Json.ArrayOf(summary.Components),
            ["library"] = summary.Library?.ToString(),
            ["ownBecause"] = summary.OwnBecause,
        });
        var json = new JsonObject { ["version"] = 1, ["digest"] = assembled.Image.Descriptor.Digest.ToString(), ["isBuilt"] = assembled.IsBuilt, ["layers"] = new JsonArray([.. layers]) };
        AtomicFile.Write(Layers, Encoding.UTF8.GetBytes(Json.ToText(json)), durable: false);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="cache">Where packed layers are.</param>
    /// <param name="baseImage">The base that the image was made on; <c>null</c> for <c>scratch</c>.</param>
    /// <param name="libraries">Where the bytes of a library image's layer can be had.</param>
    /// <param name="index">The repository that keeps one copy of every layer, or <c>null</c>.</param>
    public AssembledImage Read(LayerCache cache, Image? baseImage, Func<ImageReference, Descriptor, IBlob> libraries, ILayerStore? index = null)
    {
        var manifestBytes = File.ReadAllBytes(Manifest);
        var json = Json.ParseObject(File.ReadAllBytes(Layers));
        var summaries = json.GetArray("layers")!.Select(l => Summary(l!.AsObject())).ToImmutableArray();
        var image = Image.Read(ImageManifest.Parse(manifestBytes, Path), manifestBytes, File.ReadAllBytes(Config), platform: null, Path, _ => new NowhereBlob());
        return new AssembledImage(image with { Layers = [.. image.Layers.Select((layer, i) => layer with { Content = Content(layer, summaries[i], cache, baseImage, libraries, index) })] }, summaries)
        {
            IsBuilt = json["isBuilt"]?.GetValue<bool>() ?? false,
        };
    }

    private static LayerSummary Summary(JsonObject json) => new(
        json.GetString("name")!, Enum.Parse<LayerOutcome>(json.GetString("provenance")!), [.. json.GetStrings("components")])
    {
        Key = json.GetString("key") is { } key ? Digest.Parse(key) : null,
        // Its folders are absolute.
        Library = json.GetString("library") is { } library ? ImageReference.Parse(library, System.IO.Path.GetTempPath()) : null,
        OwnBecause = json.GetString("ownBecause"),
    };

    private static IBlob Content(ImageLayer layer, LayerSummary summary, LayerCache cache, Image? baseImage, Func<ImageReference, Descriptor, IBlob> libraries, ILayerStore? index) => summary.Outcome switch
    {
        LayerOutcome.Base => baseImage?.Layers.FirstOrDefault(l => l.Descriptor.Digest == layer.Descriptor.Digest)?.Content ?? new NowhereBlob(),
        LayerOutcome.TakenOver => new NowhereBlob(),
        LayerOutcome.Library => libraries(summary.Library!, layer.Descriptor),
        LayerOutcome.Shared => index?.Blob(layer.Descriptor) ?? new NowhereBlob(),
        _ => cache.Find(summary.Key!) is { } cached ? new CachedBlob(cached) : new NowhereBlob(),
    };

    // Bytes that only the destination has. It is asked for them only where it lost them since the image was assembled.
    private sealed record NowhereBlob : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) =>
            throw Diagnostics.UploadFailed.Error("A layer that was there a moment ago", "the destination", "it has gone meanwhile; publish again");
    }
}
