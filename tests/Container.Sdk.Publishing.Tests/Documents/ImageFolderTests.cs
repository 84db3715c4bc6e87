using System.Text.Json;
using Container.Sdk.Images;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class ImageFolderTests : IDisposable
{
    private static readonly ImageReference Library = ImageReference.Parse("registry.example.com/libs/acme:1.0.0", "/work");

    private readonly TestFolder _folder = new();

    private ImageFolder Folder => new(_folder["image"]);

    [TestMethod]
    public async Task An_image_reads_back_with_its_layers()
    {
        var assembled = Assembled("a", "b");
        Folder.Write(assembled);
        var read = await Folder.ReadAsync(default);
        CollectionAssert.AreEqual(assembled.Image.ManifestBytes, read.Image.ManifestBytes);
        CollectionAssert.AreEqual(assembled.Image.ConfigurationBytes, read.Image.ConfigurationBytes);
        Assert.AreEqual(Show(assembled), Show(read));
        Assert.AreEqual((assembled.Base, assembled.Platform, assembled.Version), (read.Base, read.Platform, read.Version));
    }

    [TestMethod]
    public async Task What_is_known_of_a_layer_reads_back()
    {
        var assembled = Assembled("a", "b");
        assembled = assembled with
        {
            Layers =
            [
                assembled.Layers[0] with { Outcome = LayerOutcome.Library, Library = Library, OwnBecause = "its symbols are published with it" },
                assembled.Layers[1] with { ThinImage = RepositoryName.Parse("team/core"), IsBuilt = true, CreatedBy = "Container.Sdk: b" },
            ],
            Version = new PlannedVersion("Acme.Pricing", "/src/acme.nupkg"),
        };
        Folder.Write(assembled);
        var read = await Folder.ReadAsync(default);
        Assert.AreEqual(Show(assembled), Show(read));
        Assert.AreEqual(assembled.Version, read.Version);
    }

    [TestMethod]
    public async Task An_image_is_written_over_another()
    {
        Folder.Write(Assembled("a", "b", "c"));
        var assembled = Assembled("d");
        Folder.Write(assembled);
        Assert.AreEqual(Show(assembled), Show(await Folder.ReadAsync(default)));
        Assert.HasCount(1, new ImageLayout(Folder.Folder).ReadIndex().Manifests);
        Assert.HasCount(2, Directory.GetFiles(_folder["image/blobs/sha256"]));
    }

    [TestMethod]
    public void The_same_image_is_the_same_files()
    {
        Folder.Write(Assembled("a", "b"));
        var names = _folder.Names.Where(n => File.Exists(_folder[n])).ToList();
        var before = names.Select(n => File.ReadAllText(_folder[n])).ToList();
        Folder.Write(Assembled("a", "b"));
        Expect.Sequence(names.Select(n => File.ReadAllText(_folder[n])), [.. before]);
    }

    // What was not copied is not said: a sparse layout has the documents alone.
    [TestMethod]
    public async Task It_has_no_bytes_of_layers()
    {
        var assembled = Assembled("a");
        Folder.Write(assembled);
        Assert.IsFalse(File.Exists(Path.Combine(Folder.Folder, "blobs", "sha256", assembled.Image.Layers[0].Descriptor.Digest.Hex)));
        await Assert.ThrowsAsync<ContainerException>(async () => await (await Folder.ReadAsync(default)).Image.Layers[0].Content.OpenAsync(default));
    }

    [TestMethod]
    public async Task Documents_that_do_not_belong_together_are_refused()
    {
        Folder.Write(Assembled("a", "b"));
        var known = await File.ReadAllBytesAsync(_folder["image/image.json"]);
        Folder.Write(Assembled("a"));
        await File.WriteAllBytesAsync(_folder["image/image.json"], known);
        await Assert.ThrowsAsync<JsonException>(() => Folder.ReadAsync(default));
    }

    [TestMethod]
    public async Task A_member_that_nobody_knows_is_refused()
    {
        Folder.Write(Assembled("a"));
        var file = _folder["image/image.json"];
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"isBuilt\"", "\"isBuild\"", StringComparison.Ordinal));
        await Assert.ThrowsAsync<JsonException>(() => Folder.ReadAsync(default));
    }

    public void Dispose() => _folder.Dispose();

    private static AssembledImage Assembled(params string[] contents)
    {
        var image = PackedImage.Create(contents);
        return new AssembledImage(image, [.. contents.Select((content, i) => new AssembledLayer(content, LayerOutcome.Packed, [$"part {i}"]) { Key = Digest.Of(System.Text.Encoding.UTF8.GetBytes(content)) })])
        {
            Base = ImageReference.Parse("registry.example.com/base:1", "/"), Platform = PackedImage.Amd64,
        };
    }

    private static string Show(AssembledImage image) => string.Join('\n', image.Layers.Zip(image.Image.Layers, (known, layer) =>
        $"{known.Name} {known.Outcome} {known.Key} {string.Join(',', known.Components)} {known.Library} {known.OwnBecause} {known.ThinImage} {known.IsBuilt} {known.CreatedBy} {layer.Descriptor.Digest} {layer.Descriptor.Size} {layer.DiffId}"));
}
