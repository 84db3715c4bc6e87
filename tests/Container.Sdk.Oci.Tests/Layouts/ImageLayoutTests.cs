namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class ImageLayoutTests
{
    private static readonly Descriptor One = new(MediaTypes.OciManifest, Digest.Of("1"u8), 1) { Platform = new Platform("linux", "amd64") };
    private static readonly Descriptor Two = new(MediaTypes.OciManifest, Digest.Of("2"u8), 2) { Platform = new Platform("linux", "amd64") };

    [TestMethod]
    public void A_named_image_is_written_as_the_specification_has_it()
    {
        using var folder = new TestFolder();
        new ImageLayout(folder.Path).Name(One, ["app:1"]);
        Assert.AreEqual("{\"imageLayoutVersion\":\"1.0.0\"}", File.ReadAllText(folder["oci-layout"]));
        Assert.AreEqual(
            $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{One.Digest}}}","size":1,"platform":{"architecture":"amd64","os":"linux"},"annotations":{"org.opencontainers.image.ref.name":"app:1"}}]}""",
            File.ReadAllText(folder["index.json"]));
    }

    [TestMethod]
    public void An_image_is_found_by_each_of_its_names()
    {
        using var folder = new TestFolder();
        var layout = new ImageLayout(folder.Path);
        layout.Name(One, ["app:1", "app:latest"]);
        Assert.AreEqual(One.Digest, layout.Find("app:1")?.Digest);
        Assert.AreEqual(One.Digest, layout.Find("app:latest")?.Digest);
        Assert.AreEqual(One.Digest, layout.Find("app")?.Digest);
        Assert.IsNull(layout.Find("app:2"));
    }

    [TestMethod]
    public void A_name_moves_to_its_new_image_and_others_stay()
    {
        using var folder = new TestFolder();
        var layout = new ImageLayout(folder.Path);
        layout.Name(One, ["app:1", "app:latest", "other:1"]);
        layout.Name(Two, ["app:latest"]);
        Assert.AreEqual(
            $"app:1 {One.Digest}|app:latest {Two.Digest}|other:1 {One.Digest}",
            string.Join('|', layout.ReadIndex().Manifests.Select(m => $"{m.Annotations[ImageLayout.RefName]} {m.Digest}")));
    }

    [TestMethod]
    public void The_index_does_not_depend_on_the_order_of_naming()
    {
        using var one = new TestFolder();
        using var two = new TestFolder();
        new ImageLayout(one.Path).Name(One, ["a:1"]);
        new ImageLayout(one.Path).Name(Two, ["b:1"]);
        new ImageLayout(two.Path).Name(Two, ["b:1"]);
        new ImageLayout(two.Path).Name(One, ["a:1"]);
        Assert.AreEqual(File.ReadAllText(one["index.json"]), File.ReadAllText(two["index.json"]));
    }

    [TestMethod]
    public async Task Many_builds_name_their_images_at_once()
    {
        using var folder = new TestFolder();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(build => Task.Run(() =>
        {
            for (var i = 0; i < 4; i++) new ImageLayout(folder.Path).Name(One, [$"app{build}:{i}", "shared:latest"]);
        })));
        var expected = Enumerable.Range(0, 12).SelectMany(build => Enumerable.Range(0, 4).Select(i => $"app{build}:{i}")).Append("shared:latest").Order(StringComparer.Ordinal);
        var index = new ImageLayout(folder.Path).ReadIndex();
        Assert.AreEqual(string.Join('|', expected), string.Join('|', index.Manifests.Select(m => m.Annotations[ImageLayout.RefName])));
        Assert.AreEqual("index.json|index.json.lock|oci-layout", string.Join('|', folder.Names));
    }

    [TestMethod]
    public void What_other_tools_wrote_into_the_index_stays()
    {
        using var folder = new TestFolder();
        const string Theirs = "\"artifactType\":\"application/vnd.example\"";
        Write(folder, $$$"""{"schemaVersion":2,"manifests":[{"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{Two.Digest}}}","size":2,{{{Theirs}}}}],"annotations":{"theirs":"1"}}""");
        new ImageLayout(folder.Path).Name(One, ["app:1"]);
        var text = File.ReadAllText(folder["index.json"]);
        Assert.Contains(Theirs, text);
        Assert.Contains("\"theirs\":\"1\"", text);
    }

    [TestMethod]
    public void A_folder_with_nothing_in_it_has_no_images()
    {
        using var folder = new TestFolder();
        var layout = new ImageLayout(folder.Path);
        Assert.IsFalse(layout.Exists);
        Assert.IsEmpty(layout.ReadIndex().Manifests);
        Assert.IsNull(layout.Find("app"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("{\"manifests\":{}}")]
    [DataRow("{\"manifests\":[{}]}")]
    [DataRow("{\"manifests\":[],\"layers\":[]}")]
    public void A_damaged_index_is_said_and_left_alone(string text)
    {
        using var folder = new TestFolder();
        Write(folder, text);
        Expect.Failure(Diagnostics.DamagedLayout, () => new ImageLayout(folder.Path).ReadIndex());
        Expect.Failure(Diagnostics.DamagedLayout, () => new ImageLayout(folder.Path).Name(One, ["app:1"]));
        Assert.AreEqual(text, File.ReadAllText(folder["index.json"]));
    }

    [TestMethod]
    [DataRow("{\"imageLayoutVersion\":\"2.0.0\"}")]
    [DataRow("{}")]
    [DataRow("")]
    [DataRow("{\"imageLayoutVersion\":1}")]
    public void A_layout_of_another_version_is_refused(string version)
    {
        using var folder = new TestFolder();
        Write(folder, "{\"schemaVersion\":2,\"manifests\":[]}", version);
        Expect.Failure(Diagnostics.DamagedLayout, () => new ImageLayout(folder.Path).ReadIndex());
    }

    [TestMethod]
    public void A_folder_that_cannot_be_made_has_a_code()
    {
        using var folder = new TestFolder();
        folder.Write("file", []);
        Expect.Failure(Diagnostics.NotWritable, () => new ImageLayout(folder["file"]).Name(One, ["app:1"]));
        Expect.Failure(Diagnostics.NotWritable, () => new ImageLayout(folder["file/below"]).Name(One, ["app:1"]));
    }

    [TestMethod]
    public void A_full_disk_leaves_the_old_names()
    {
        using var disk = TinyDisk.Mount();
        var layout = new ImageLayout(disk.Path);
        layout.Name(One, ["app:1"]);
        var before = disk.Files;
        disk.Fill();
        Expect.Failure(Diagnostics.DiskFull, () => layout.Name(Two, ["app:1"]));
        Assert.AreEqual(One.Digest, layout.Find("app:1")?.Digest);
        Assert.AreEqual(string.Join('|', before.Append("filler").Order(StringComparer.Ordinal)), string.Join('|', disk.Files));
    }

    private static void Write(TestFolder folder, string index, string version = "{\"imageLayoutVersion\":\"1.0.0\"}")
    {
        File.WriteAllText(folder["index.json"], index);
        File.WriteAllText(folder["oci-layout"], version);
    }
}
