using System.Formats.Tar;
using System.IO.Compression;

namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LayersOfLargeFiles
{
    [TestMethod]
    public void Large_content_of_the_app_lies_below_what_is_compiled()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><None Include="large.bin" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");
        File.WriteAllBytes(sandbox.PathOf("app/large.bin"), new byte[1 << 20]);
        var image = sandbox.BuiltImage();
        Expect.Sequence(LayerFacts.Of(image).Select(l => l.Name), "content files", "application");
        Expect.Sequence(LayerFacts.FilesOf(image, "content files"), "app/large.bin");
        Assert.Contains("app/app.dll", LayerFacts.FilesOf(image, "application"));
    }

    // 8 GiB is more than the size field of a tar header holds; nothing of the file is on the disk, and it is linked, not copied.
    [TestMethod]
    public void A_file_of_more_than_8_GiB_is_packed_whole()
    {
        const long Size = (8L << 30) + 1;
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><None Include="large.bin" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");
        using (var file = File.Create(sandbox.PathOf("app/large.bin"))) file.SetLength(Size);
        sandbox.PublishBuilt("-p:CreateHardLinksForPublishFilesIfPossible=true").Succeeded();

        // Only the headers are read: to validate the whole image takes longer than to make it.
        var image = new FolderImageSource(new FolderReference(sandbox.Registry, "app:latest", null)).ResolveAsync(new Platform("linux", "amd64"), default).GetAwaiter().GetResult();
        using var blob = image.Layers[0].Content.OpenAsync(default).GetAwaiter().GetResult();
        using var reader = new TarReader(new GZipStream(blob, CompressionMode.Decompress));
        TarEntry? entry;
        do entry = reader.GetNextEntry();
        while (entry is not null and not { Name: "app/large.bin" });
        Assert.AreEqual(Size, entry?.Length);
    }
}
