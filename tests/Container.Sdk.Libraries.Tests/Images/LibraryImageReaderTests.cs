namespace Container.Sdk.Libraries.Tests.Images;

[TestClass]
public sealed class LibraryImageReaderTests
{
    private const string Dll = "lib/net10.0/a.dll", Satellite = "lib/net10.0/de/a.resources.dll";
    private const string Name = "packages/Acme.Lib.1.2.3.nupkg";

    private static readonly byte[] Nupkg = PackageBuilder.Of(Dll, Satellite).ToArray();
    private static readonly byte[] GoodPackage = HostileTar.OfPackage(Nupkg).ToArray();
    private static readonly byte[] GoodApp = HostileTar.OfApp(("a.dll", Dll)).Folder("app/de/").File("app/de/a.resources.dll", Satellite).ToArray();

    [TestMethod]
    public async Task The_package_is_written_and_read()
    {
        using var folder = new WorkFolder();
        var package = await FetchAsync(folder, GoodPackage, GoodApp);
        Assert.AreEqual("Acme.Lib 1.2.3", package.ToString());
        CollectionAssert.AreEqual(Nupkg, File.ReadAllBytes(folder["a.nupkg"]));
    }

    [TestMethod]
    public async Task Layers_that_we_pack_ourselves_are_read()
    {
        using var folder = new WorkFolder();
        var long1 = $"runtimes/linux-x64/native/{new string('n', 200)}.so";
        var nupkg = PackageBuilder.Of(Dll, long1).ToArray();
        var package = Pack((Name, folder.Write("source.nupkg", nupkg)));
        var app = Pack(("app/a.dll", folder.Write("a", Dll)), ($"app/{long1}", folder.Write("n", long1)));
        await FetchAsync(folder, LibraryImages.Of(LibraryImages.Labels, package, app));
        CollectionAssert.AreEqual(nupkg, File.ReadAllBytes(folder["a.nupkg"]));
    }

    [TestMethod]
    public async Task The_case_of_the_packages_name_does_not_matter()
    {
        using var folder = new WorkFolder();
        await FetchAsync(folder, HostileTar.OfPackage(Nupkg, "packages/ACME.lib.1.2.3.nupkg").ToArray(), GoodApp);
        Assert.IsTrue(File.Exists(folder["a.nupkg"]));
    }

    [TestMethod]
    public async Task A_layer_that_is_not_compressed_is_read()
    {
        using var folder = new WorkFolder();
        await FetchAsync(folder, LibraryImages.Of(LibraryImages.Labels, LibraryImages.LayerOf(GoodPackage, GoodPackage, MediaTypes.OciLayer), LibraryImages.Layer(GoodApp)));
        Assert.IsTrue(File.Exists(folder["a.nupkg"]));
    }

    [TestMethod]
    public async Task A_gzip_of_several_members_is_read()
    {
        using var folder = new WorkFolder();
        byte[] blob = [.. LibraryImages.Gzip(GoodPackage[..700]), .. LibraryImages.Gzip(GoodPackage[700..])];
        await FetchAsync(folder, LibraryImages.Of(LibraryImages.Labels, LibraryImages.LayerOf(blob, GoodPackage), LibraryImages.Layer(GoodApp)));
        CollectionAssert.AreEqual(Nupkg, File.ReadAllBytes(folder["a.nupkg"]));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_library_with_nothing_for_an_app_needs_no_files(bool hasLayer)
    {
        using var folder = new WorkFolder();
        var package = HostileTar.OfPackage(PackageBuilder.Of("analyzers/dotnet/cs/a.dll").ToArray()).ToArray();
        await FetchAsync(folder, hasLayer ? LibraryImages.Of(package, HostileTar.OfApp().ToArray()) : LibraryImages.Of(package));
        Assert.IsTrue(File.Exists(folder["a.nupkg"]));
    }

    [TestMethod]
    public Task A_package_layer_without_a_package_is_refused() => PackageRefused(new HostileTar().Folder("packages/"), $"has no '{Name}'");

    [TestMethod]
    [DataRow("packages/Acme.Lib.1.2.4.nupkg")]
    [DataRow("packages/Other.1.2.3.nupkg")]
    [DataRow("packages/sub/Acme.Lib.1.2.3.nupkg")]
    public Task A_package_of_another_name_is_refused(string name) => PackageRefused(HostileTar.OfPackage(Nupkg, name), "where only");

    [TestMethod]
    public Task A_file_beside_the_package_is_refused() => PackageRefused(HostileTar.OfPackage(Nupkg).File("packages/more", "x"), "where only");

    [TestMethod]
    [DataRow("etc/passwd")]
    [DataRow("Acme.Lib.1.2.3.nupkg")]
    public Task A_file_outside_of_the_folder_is_refused(string name) => PackageRefused(HostileTar.OfPackage(Nupkg).File(name, "x"), "not in 'packages/'");

    [TestMethod]
    public Task A_folder_outside_of_the_folder_is_refused() => PackageRefused(HostileTar.OfPackage(Nupkg).Folder("etc/"), "not in 'packages/'");

    [TestMethod]
    [DataRow("../x", "leads upwards")]
    [DataRow("packages/../../x", "leads upwards")]
    [DataRow("/packages/x", "absolute")]
    [DataRow("./packages/x", "dot")]
    [DataRow(@"packages\x", "backslash")]
    [DataRow("packages//x", "empty part")]
    [DataRow("packages/\u0007", "control")]
    public Task A_name_that_two_systems_understand_differently_is_refused(string name, string reason) => PackageRefused(HostileTar.OfPackage(Nupkg).File(name, "x"), reason);

    [TestMethod]
    [DataRow("packages/Acme.Lib.1.2.3.nupkg")]
    [DataRow("packages/ACME.Lib.1.2.3.nupkg")]
    public Task A_package_that_is_there_twice_is_refused(string second) => PackageRefused(HostileTar.OfPackage(Nupkg).File(second, Nupkg), "twice");

    [TestMethod]
    [DataRow("packages/", "twice")]
    [DataRow("packages/Acme.Lib.1.2.3.nupkg/", "a file and a directory")]
    public Task A_folder_that_cannot_be_there_is_refused(string folder, string reason) => PackageRefused(HostileTar.OfPackage(Nupkg).Folder(folder), reason);

    [TestMethod]
    [DataRow('1')]
    [DataRow('2')]
    [DataRow('3')]
    [DataRow('4')]
    [DataRow('6')]
    [DataRow('7')]
    [DataRow('g')]
    [DataRow('L')]
    [DataRow('K')]
    [DataRow('S')]
    public Task What_is_neither_a_file_nor_a_directory_is_refused(char type) => PackageRefused(new HostileTar().Header(Name, type, 0), "neither a file nor a directory");

    [TestMethod]
    public Task A_directory_without_a_slash_is_refused() => PackageRefused(new HostileTar().Header("packages", '5', 0), "a file and a directory");

    [TestMethod]
    public Task A_file_with_a_slash_is_refused() => PackageRefused(new HostileTar().Header("packages/", '0', 0), "a file and a directory");

    [TestMethod]
    public Task A_directory_with_a_content_is_refused() => PackageRefused(new HostileTar().Header("packages/", '5', 5), "with a content");

    [TestMethod]
    public Task A_file_that_runs_as_somebody_else_is_refused() => PackageRefused(new HostileTar().File(Name, Nupkg, mode: 0x9ED), "more rights");

    [TestMethod]
    public Task An_extended_header_that_runs_as_somebody_else_is_refused() =>
        PackageRefused(new HostileTar().Header("pax", 'x', 11, mode: 0x9ED).Raw("11 mtime=1\n"u8.ToArray()).File(Name, Nupkg), "more rights");

    [TestMethod]
    public Task A_damaged_header_is_refused() => PackageRefused(new HostileTar().Header(Name, '0', 0, damaged: true), "damaged header");

    [TestMethod]
    public Task An_extended_header_that_claims_a_gigabyte_is_refused() => PackageRefused(new HostileTar().Header("pax", 'x', 1 << 30), "extended header of 1073741824 bytes");

    [TestMethod]
    [DataRow("size")]
    [DataRow("linkpath")]
    [DataRow("SCHILY.xattr.security.capability")]
    public Task An_extended_header_that_says_more_than_a_name_is_refused(string key) =>
        PackageRefused(new HostileTar().Pax((key, "1")).File(Name, Nupkg), $"an extended header with '{key}'");

    [TestMethod]
    public Task An_extended_header_that_is_damaged_is_refused() =>
        PackageRefused(new HostileTar().Header("pax", 'x', 9).Raw("99 path=x"u8.ToArray()), "damaged extended header");

    [TestMethod]
    public Task Two_extended_headers_are_refused() => PackageRefused(new HostileTar().Pax(("path", Name)).Pax(("path", "x")).File("y", Nupkg), "two extended headers");

    [TestMethod]
    public Task A_name_in_an_extended_header_is_checked_too() => PackageRefused(new HostileTar().Pax(("path", "../x")).File(Name, Nupkg), "leads upwards");

    [TestMethod]
    public Task An_extended_header_at_the_end_is_refused() => PackageRefused(HostileTar.OfPackage(Nupkg).Pax(("path", Name)), "ends with an extended header");

    [TestMethod]
    public async Task Times_in_an_extended_header_do_not_matter()
    {
        using var folder = new WorkFolder();
        await FetchAsync(folder, new HostileTar().Pax(("mtime", "1.5"), ("path", Name)).File("short", Nupkg).ToArray(), GoodApp);
        Assert.IsTrue(File.Exists(folder["a.nupkg"]));
    }

    [TestMethod]
    public Task An_entry_after_the_end_is_refused() => PackageRefused([.. GoodPackage, .. HostileTar.OfPackage(Nupkg).ToArray()], "goes on after its end");

    [TestMethod]
    [DataRow(100)]
    [DataRow(512 + 100)]
    [DataRow(1024 + 100)]
    public Task A_tar_that_is_cut_off_is_refused(int length) => PackageRefused(GoodPackage[..length], "cut off");

    [TestMethod]
    public Task More_than_20_000_entries_are_refused() =>
        PackageRefused(Enumerable.Range(0, 20_001).Aggregate(HostileTar.OfPackage(Nupkg), (t, i) => t.Folder($"packages/{i}/")), "more than 20000 entries");

    [TestMethod]
    public Task A_layer_that_expands_beyond_measure_is_refused() => PackageRefused(HostileTar.OfPackage(new byte[40 << 20]), "expands to more than");

    [TestMethod]
    public Task A_tar_of_another_digest_is_refused() => Refused(Diagnostics.DamagedLibrary, "is promised", LibraryImages.LayerOf(LibraryImages.Gzip(GoodPackage), GoodApp), LibraryImages.Layer(GoodApp));

    [TestMethod]
    public Task A_gzip_that_is_cut_off_is_refused()
    {
        var blob = LibraryImages.Gzip(GoodPackage)[..^300];
        return Refused(Diagnostics.DamagedLibrary, "", LibraryImages.LayerOf(blob, GoodPackage), LibraryImages.Layer(GoodApp));
    }

    [TestMethod]
    public async Task A_gzip_that_lacks_its_last_bytes_is_refused()
    {
        // Checksum and size are its last eight: without them, all of the content is there.
        for (var missing = 1; missing <= 9; missing++)
            await Refused(Diagnostics.DamagedLibrary, "cut off", LibraryImages.LayerOf(LibraryImages.Gzip(GoodPackage)[..^missing], GoodPackage), LibraryImages.Layer(GoodApp));
    }

    [TestMethod]
    public async Task Bytes_behind_the_end_of_a_gzip_are_refused()
    {
        foreach (var more in new byte[][] { [0], [1, 2, 3], [0x1F, 0x8B], new byte[100_000] })
            await Refused(Diagnostics.DamagedLibrary, "", LibraryImages.LayerOf([.. LibraryImages.Gzip(GoodPackage), .. more], GoodPackage), LibraryImages.Layer(GoodApp));
    }

    [TestMethod]
    public Task What_is_no_gzip_is_refused() => Refused(Diagnostics.DamagedLibrary, "cannot be read", LibraryImages.LayerOf(GoodPackage, GoodPackage), LibraryImages.Layer(GoodApp));

    [TestMethod]
    public Task A_layer_that_is_compressed_otherwise_is_refused() =>
        Refused(Diagnostics.DamagedLibrary, "which is not read", LibraryImages.LayerOf(GoodPackage, GoodPackage, MediaTypes.OciLayerZstd), LibraryImages.Layer(GoodApp));

    [TestMethod]
    public Task A_blob_of_another_digest_is_refused()
    {
        var blob = LibraryImages.Gzip(GoodPackage);
        // The last byte of what follows the gzip: only who reads to the end notices.
        byte[] promised = [.. blob, 1, 2, 3], served = [.. blob, 1, 2, 4];
        return Refused(Diagnostics.DigestMismatch, "", LibraryImages.LayerOf(promised, GoodPackage, served: served), LibraryImages.Layer(GoodApp));
    }

    [TestMethod]
    public Task A_blob_that_was_changed_on_its_way_is_said_to_be_that()
    {
        var blob = LibraryImages.Gzip(GoodPackage);
        byte[] served = [.. blob[..^20], 1, .. blob[^19..]];
        return Refused(Diagnostics.DigestMismatch, "", LibraryImages.LayerOf(blob, GoodPackage, served: served), LibraryImages.Layer(GoodApp));
    }

    [TestMethod]
    public Task A_package_that_is_no_zip_is_refused() => PackageRefused(HostileTar.OfPackage(new byte[500]), "no zip");

    [TestMethod]
    [DataRow("Evil.Lib", "1.2.3")]
    [DataRow("Acme.Lib", "6.6.6")]
    public Task A_package_that_says_it_is_another_is_refused(string id, string version) =>
        Refused(Diagnostics.OtherLibrary, $"and holds {id} {version}.", LibraryImages.Layer(HostileTar.OfPackage(new PackageBuilder().Nuspec(id: id, version: version).ToArray()).ToArray()), LibraryImages.Layer(GoodApp));

    [TestMethod]
    public Task A_file_that_the_package_has_not_is_refused() => AppRefused(HostileTar.OfApp(("a.dll", Dll), ("de/a.resources.dll", Satellite), ("evil.dll", "evil")), "has 'app/evil.dll'");

    [TestMethod]
    public Task A_whiteout_is_refused() => AppRefused(HostileTar.OfApp(("a.dll", Dll), ("de/a.resources.dll", Satellite), (".wh.appsettings.json", "")), "has 'app/.wh.appsettings.json'");

    [TestMethod]
    public Task A_file_that_is_missing_is_refused() => AppRefused(HostileTar.OfApp(("a.dll", Dll)), "lacks 'app/de/a.resources.dll'");

    [TestMethod]
    public Task A_file_with_another_content_is_refused() => AppRefused(HostileTar.OfApp(("a.dll", "evil"), ("de/a.resources.dll", Satellite)), "'app/a.dll', which is not the file of its package");

    [TestMethod]
    [DataRow("app/a.dll")]
    [DataRow("app/A.dll")]
    public Task A_file_of_the_app_that_is_there_twice_is_refused(string second) => AppRefused(HostileTar.OfApp(("a.dll", Dll), ("de/a.resources.dll", Satellite)).File(second, Dll), "twice");

    [TestMethod]
    [DataRow("usr/bin/x")]
    [DataRow("packages/x")]
    [DataRow("APP/a.dll")]
    public Task A_file_outside_of_the_apps_folder_is_refused(string name) => AppRefused(new HostileTar().File(name, "x"), "not in 'app/'");

    [TestMethod]
    public Task A_link_in_the_apps_folder_is_refused() => AppRefused(new HostileTar().Header("app/a.dll", '2', 0), "neither a file nor a directory");

    [TestMethod]
    public Task Files_of_another_digest_are_refused() => Refused(Diagnostics.DamagedLibrary, "is promised", LibraryImages.Layer(GoodPackage), LibraryImages.LayerOf(LibraryImages.Gzip(GoodApp), GoodPackage));

    [TestMethod]
    public Task A_library_without_its_files_is_refused() => Refused(Diagnostics.DamagedLibrary, "lacks 'app/a.dll'", LibraryImages.Layer(GoodPackage));

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = false)]
    public async Task A_damaged_layer_is_refused_where_it_was_refused_before()
    {
        using var folder = new WorkFolder();
        var good = new HostileTar().Folder("app/").Pax(("mtime", "1.5"), ("path", "app/a.dll")).File("short", Dll).Folder("app/de/").File("app/de/a.resources.dll", Satellite).ToArray();
        var random = new Random(1);
        var taken = 0;
        for (var round = 0; round < 1000; round++)
        {
            var tar = TarMutations.Mutate(good, random);
            try
            {
                await FetchAsync(folder, GoodPackage, tar);
                taken++;
            }
            catch (ContainerException e)
            {
                Assert.AreEqual(Diagnostics.DamagedLibrary, e.Diagnostic, $"round {round}");
                continue;
            }
            Assert.IsTrue(FormerLayerReader.Takes(tar), $"round {round}");
        }
        Assert.IsGreaterThan(20, taken);
    }

    private static ImageLayer Pack(params (string Path, string Source)[] files)
    {
        using var blob = new MemoryStream();
        using var budget = new PackingBudget(1);
        var packed = LayerPacker.Pack(files.Select(f => new LayerEntry(f.Path, FileHashing.Read(f.Source), LayerEntry.DataMode)), blob, budget, CancellationToken.None);
        var layer = LibraryImages.LayerOf(blob.ToArray(), []);
        return layer with { DiffId = packed.DiffId };
    }

    private static Task PackageRefused(HostileTar package, string reason) => PackageRefused(package.ToArray(), reason);

    private static Task PackageRefused(byte[] package, string reason) => Refused(Diagnostics.DamagedLibrary, reason, LibraryImages.Layer(package), LibraryImages.Layer(GoodApp));

    private static Task AppRefused(HostileTar app, string reason) => Refused(Diagnostics.DamagedLibrary, reason, LibraryImages.Layer(GoodPackage), LibraryImages.Layer(app.ToArray()));

    // Whatever is wrong, nothing of it is left.
    private static async Task Refused(Diagnostic diagnostic, string reason, params ImageLayer[] layers)
    {
        using var folder = new WorkFolder();
        var e = await Expect.FailureAsync(diagnostic, () => FetchAsync(folder, LibraryImages.Of(LibraryImages.Labels, layers)));
        StringAssert.Contains(e.Message, reason, StringComparison.Ordinal);
        Assert.IsEmpty(WorkFolder.FilesIn(folder.Path));
    }

    private static Task<NuGetPackage> FetchAsync(WorkFolder folder, params byte[][] tars) => FetchAsync(folder, LibraryImages.Of(tars));

    private static Task<NuGetPackage> FetchAsync(WorkFolder folder, Image image) =>
        LibraryImageReader.FetchAsync(LibraryImage.Read(image, PackageId.Parse("Acme.Lib"), null, "the image"), folder["a.nupkg"], CancellationToken.None);
}
