using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Testing;

/// <summary>A small image whose layers hold the given files, all in memory.</summary>
public static class SampleImage
{
    public static readonly Platform Amd64 = new("linux", "amd64");
    public static readonly RepositoryName Repository = RepositoryName.Parse("team/app");
    public static readonly Tag[] Tags = [Tag.Parse("1.0"), Tag.Latest];

    public static Image Create(ImageFormat format = ImageFormat.Oci, string seed = "sample", Platform? platform = null) =>
        FromLayers(format, platform ?? Amd64, [Tar($"bottom/{seed}.txt", $"the bottom of {seed}"), Tar($"top/{seed}.txt", string.Concat(Enumerable.Repeat($"{seed} ", 500)))]);

    public static Image FromLayers(ImageFormat format, Platform platform, IReadOnlyList<byte[]> tars)
    {
        var layers = tars.Select(tar =>
        {
            var bytes = Gzip(tar);
            var mediaType = format == ImageFormat.Oci ? MediaTypes.OciLayerGzip : MediaTypes.DockerLayerGzip;
            var descriptor = new Descriptor(mediaType, Digest.Of(bytes), bytes.Length);
            return new ImageLayer(descriptor, Digest.Of(tar), new MemoryBlob(bytes, descriptor));
        }).ToImmutableArray();
        return FromLayers(format, Configuration(platform, layers.Select(l => l.DiffId)), layers);
    }

    public static Image FromLayers(ImageFormat format, byte[] configuration, ImmutableArray<ImageLayer> layers)
    {
        var manifest = new ImageManifest(format, new Descriptor(MediaTypes.Config(format), Digest.Of(configuration), configuration.Length), [.. layers.Select(l => l.Descriptor)]);
        return new Image(manifest, manifest.ToBytes(), ImageConfiguration.Parse(configuration, "the sample"), configuration, layers);
    }

    public static byte[] Configuration(Platform platform, IEnumerable<Digest> diffIds)
    {
        var json = new JsonObject
        {
            ["architecture"] = platform.Architecture,
            ["os"] = platform.Os,
            ["config"] = new JsonObject { ["Env"] = new JsonArray("PATH=/bin"), ["Cmd"] = new JsonArray("/hello") },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Json.ArrayOf(diffIds.Select(d => d.ToString())) },
        };
        return Json.ToBytes(json);
    }

    public static byte[] Tar(string name, string content)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            using var data = new MemoryStream(Encoding.UTF8.GetBytes(content));
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data, ModificationTime = DateTimeOffset.UnixEpoch });
        }
        return bytes.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }

    public static async Task<byte[]> WriteAsync(Image image, params Tag[] tags)
    {
        using var bytes = new MemoryStream();
        await ArchiveWriter.WriteAsync(bytes, image, Repository, tags.Length == 0 ? Tags : tags, new SilentReporter(), CancellationToken.None);
        return bytes.ToArray();
    }

    public static async Task<byte[]> ReadAsync(ImageLayer layer)
    {
        await using var content = await layer.Content.OpenAsync(CancellationToken.None);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}

/// <summary>Content in memory.</summary>
public sealed class MemoryBlob(byte[] bytes, Descriptor descriptor) : IBlob
{
    public RepositoryName? PlaceIn(RegistryHost registry) => null;

    public Task<Stream> OpenAsync(CancellationToken cancellation) =>
        Task.FromResult<Stream>(new VerifiedStream(new MemoryStream(bytes), descriptor, "memory"));
}
