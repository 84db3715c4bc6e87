using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>
/// An assembled image as files, the step between building and delivering: an OCI image layout with manifest and configuration and
/// without the layers, which foreign tools can look into, and <c>image.json</c>, which says of each layer what it is and how it was come by.
/// </summary>
/// <param name="Folder">Absolute path.</param>
public sealed record ImageFolder(string Folder)
{
    private const int Version = 2;

    private readonly ImageLayout _layout = new(Folder);

    private string Known => Path.Combine(Folder, "image.json");

    /// <summary>Writes an image, in the place of the one that was there.</summary>
    /// <exception cref="ContainerException">The folder cannot be written.</exception>
    public void Write(AssembledImage assembled)
    {
        var image = assembled.Image;
        _layout.Clear();
        _layout.Blobs.Write(image.Manifest.Config, image.ConfigurationBytes, durable: false);
        _layout.Blobs.Write(image.Descriptor, image.ManifestBytes, durable: false);
        _layout.Set(image.Descriptor with { Platform = image.Configuration.Platform });
        AtomicFile.Write(Known, Encoding.UTF8.GetBytes(Json.ToText(new JsonObject
        {
            ["version"] = Version,
            ["digest"] = image.Descriptor.Digest.ToString(),
            ["base"] = assembled.Base.ToString(),
            ["platform"] = PlatformDocument.Write(assembled.Platform),
            ["library"] = assembled.Version is { } version ? new JsonObject { ["id"] = version.Id, ["package"] = version.PackageFile } : null,
            ["layers"] = new JsonArray([.. assembled.Layers.Select(WriteLayer)]),
        })), durable: false);
    }

    /// <summary>Reads what <see cref="Write"/> wrote. The layers have no content: this folder does not have it.</summary>
    /// <exception cref="JsonException">It is no such folder.</exception>
    public async Task<AssembledImage> ReadAsync(CancellationToken cancellation)
    {
        var known = DocumentReader.Read(await File.ReadAllBytesAsync(Known, cancellation).ConfigureAwait(false), Version, r => new
        {
            Digest = r.Text("digest"),
            Base = r.Reference("base"),
            Platform = r.Part("platform", PlatformDocument.Read),
            Version = r.PartOrNull("library", l => new PlannedVersion(l.Text("id"), l.Text("package"))),
            Layers = r.Parts("layers", ReadLayer),
        });
        var manifest = _layout.ReadIndex().Manifests.FirstOrDefault(m => m.Digest.ToString() == known.Digest) ?? throw new JsonException("the image is another one");
        var image = await _layout.ReadAsync(manifest, platform: null, Folder, cancellation).ConfigureAwait(false);
        return new AssembledImage(image, known.Layers) { Base = known.Base, Platform = known.Platform, Version = known.Version };
    }

    private static JsonNode WriteLayer(AssembledLayer layer) => new JsonObject
    {
        ["name"] = layer.Name,
        ["outcome"] = layer.Outcome.ToString(),
        ["components"] = Json.ArrayOf(layer.Components),
        ["key"] = layer.Key?.ToString(),
        ["library"] = layer.Library?.ToString(),
        ["ownBecause"] = layer.OwnBecause,
        ["thinImage"] = layer.ThinImage?.Value,
        ["isBuilt"] = layer.IsBuilt,
        ["createdBy"] = layer.CreatedBy,
    };

    private static AssembledLayer ReadLayer(DocumentReader r) => new(r.Text("name"), r.Choice<LayerOutcome>("outcome"), r.Texts("components"))
    {
        Key = r.Parsed("key", Digest.Parse),
        Library = r.ReferenceOrNull("library"),
        OwnBecause = r.TextOrNull("ownBecause"),
        ThinImage = r.Parsed("thinImage", RepositoryName.Parse),
        IsBuilt = r.Flag("isBuilt"),
        CreatedBy = r.Text("createdBy"),
    };
}
