using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Testing;

/// <summary>A base image that a test makes: a small layer, and the documents that it wants, in a folder or in a registry.</summary>
public sealed class MadeImage
{
    private static readonly HttpClient Http = new();

    private readonly ImmutableArray<(Descriptor Descriptor, byte[] Content)> _documents;
    private readonly ImmutableArray<(Descriptor Descriptor, byte[] Content)> _blobs;

    private MadeImage(Descriptor top, ImmutableArray<(Descriptor, byte[])> documents, ImmutableArray<(Descriptor, byte[])> blobs) =>
        (Top, _documents, _blobs) = (top, documents, blobs);

    /// <summary>Descriptor of its manifest or index.</summary>
    public Descriptor Top { get; }

    /// <summary>Digest of its manifest or index.</summary>
    public string Digest => Top.Digest.ToString();

    /// <summary>Digests of its layers.</summary>
    public IReadOnlyList<string> Layers => [.. _blobs.Where(b => b.Descriptor.MediaType.Contains("tar", StringComparison.Ordinal)).Select(b => b.Descriptor.Digest.ToString())];

    /// <summary>Digests of its layers as they are uncompressed; of the last image where there are several.</summary>
    public IReadOnlyList<string> DiffIds =>
        [.. JsonNode.Parse(_blobs.Last(b => b.Descriptor.MediaType.Contains("json", StringComparison.Ordinal)).Content)!["rootfs"]!["diff_ids"]!.AsArray().Select(d => (string)d!)];

    /// <summary>Digests of its configurations.</summary>
    public IReadOnlyList<string> Configurations => [.. _blobs.Where(b => b.Descriptor.MediaType.Contains("json", StringComparison.Ordinal)).Select(b => b.Descriptor.Digest.ToString())];

    /// <summary>An image with one layer that has the file <c>from-base</c>.</summary>
    /// <param name="settings">The part <c>config</c> of its configuration, as JSON.</param>
    /// <param name="root">More of its configuration, as JSON; it says the platform where that is not linux/amd64.</param>
    /// <param name="format">Whose media types it has.</param>
    /// <param name="content">What the file holds.</param>
    public static MadeImage Of(string settings = "{}", string root = "{}", ImageFormat format = ImageFormat.Oci, string content = "base")
    {
        var (blob, diffId) = Layer(content);
        var configuration = new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = JsonNode.Parse(settings),
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(diffId.ToString()) },
            ["history"] = new JsonArray(new JsonObject { ["created_by"] = "made by a test" }),
        };
        foreach (var (name, value) in JsonNode.Parse(root)!.AsObject()) configuration[name] = value?.DeepClone();
        var configurationBytes = Bytes(configuration);
        var layerDescriptor = Describe(format == ImageFormat.Oci ? MediaTypes.OciLayerGzip : MediaTypes.DockerLayerGzip, blob);
        var configurationDescriptor = Describe(MediaTypes.Config(format), configurationBytes);
        var manifest = Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.Manifest(format),
            ["config"] = configurationDescriptor.ToJson(),
            ["layers"] = new JsonArray(layerDescriptor.ToJson()),
        });
        var platform = new Platform((string)configuration["os"]!, (string)configuration["architecture"]!, (string?)configuration["variant"], (string?)configuration["os.version"]);
        var top = Describe(MediaTypes.Manifest(format), manifest) with { Platform = platform };
        return new MadeImage(top, [(top, manifest)], [(configurationDescriptor, configurationBytes), (layerDescriptor, blob)]);
    }

    /// <summary>An index of images, or Docker's list of them.</summary>
    public static MadeImage IndexOf(string mediaType, params MadeImage[] images)
    {
        var bytes = Bytes(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = mediaType, ["manifests"] = new JsonArray([.. images.Select(i => (JsonNode)i.Top.ToJson())]) });
        var top = Describe(mediaType, bytes);
        return new MadeImage(top, [.. images.SelectMany(i => i._documents), (top, bytes)], [.. images.SelectMany(i => i._blobs)]);
    }

    /// <summary>Puts it into a registry in a folder.</summary>
    /// <returns>The notation of ContainerBaseImage.</returns>
    public string ToFolder(string folder, string name)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var (descriptor, content) in _blobs.Concat(_documents)) File.WriteAllBytes(Path.Combine(blobs, descriptor.Digest.Hex), content);
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        var index = Path.Combine(folder, "index.json");
        var json = File.Exists(index) ? JsonNode.Parse(File.ReadAllText(index))!.AsObject() : new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray() };
        json["manifests"]!.AsArray().Add((JsonNode)(Top with { Annotations = Descriptor.NoAnnotations.Add(ImageLayout.RefName, name) }).ToJson());
        File.WriteAllText(index, json.ToJsonString());
        return $"oci:{folder}:{name}";
    }

    /// <summary>Pushes it to a registry.</summary>
    /// <returns>The notation of ContainerBaseImage.</returns>
    public string ToRegistry(string host, string repository, string tag)
    {
        foreach (var (descriptor, content) in _blobs)
        {
            using var begun = Send(HttpMethod.Post, new Uri($"http://{host}/v2/{repository}/blobs/uploads/"), null, "application/octet-stream");
            var place = begun.Headers.Location!;
            var upload = new Uri(new Uri($"http://{host}"), $"{place}{(place.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={descriptor.Digest}");
            Send(HttpMethod.Put, upload, content, "application/octet-stream").Dispose();
        }
        foreach (var (descriptor, content) in _documents)
            Send(HttpMethod.Put, new Uri($"http://{host}/v2/{repository}/manifests/{(descriptor == Top ? tag : descriptor.Digest)}"), content, descriptor.MediaType).Dispose();
        return $"{host}/{repository}:{tag}";
    }

    private static HttpResponseMessage Send(HttpMethod method, Uri address, byte[]? content, string mediaType)
    {
        using var request = new HttpRequestMessage(method, address) { Content = new ByteArrayContent(content ?? []) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return Http.Send(request).EnsureSuccessStatusCode();
    }

    private static (byte[] Blob, Digest DiffId) Layer(string content)
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "from-base") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), ModificationTime = DateTimeOffset.UnixEpoch });
        using var blob = new MemoryStream();
        using (var gzip = new GZipStream(blob, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(plain.ToArray());
        return (blob.ToArray(), Oci.Digest.Of(plain.ToArray()));
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static Descriptor Describe(string mediaType, byte[] content) => new(mediaType, Oci.Digest.Of(content), content.Length);
}
