using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests.Packages;

[TestClass]
public sealed class PackageFolderTests
{
    private static readonly PackageId Id = PackageId.Parse("ACME.Lib");
    private static readonly NuGetVersion Version = NuGetVersion.Parse("1.2.3");

    [TestMethod]
    public void A_package_lies_there_as_NuGet_lays_it()
    {
        using var folder = new WorkFolder();
        var packages = Expand(folder, PackageBuilder.Of("lib/net10.0/A.dll", "docs/a%20b.md", "_rels/.rels", "[Content_Types].xml", "package/services/metadata/core-properties/x.psmdcp"));
        Assert.AreEqual(Path.Combine(packages.Root, "acme.lib", "1.2.3"), packages.PathOf(Id, Version));
        string[] expected = [".nupkg.metadata", "acme.lib.1.2.3.nupkg", "acme.lib.1.2.3.nupkg.sha512", "acme.lib.nuspec", "docs/a b.md", "lib/net10.0/A.dll"];
        CollectionAssert.AreEqual(expected, WorkFolder.FilesIn(packages.PathOf(Id, Version)));
        Assert.AreEqual("lib/net10.0/A.dll", File.ReadAllText(Path.Combine(packages.PathOf(Id, Version), "lib/net10.0/A.dll")));
    }

    [TestMethod]
    public void The_hash_is_that_of_the_package_file()
    {
        using var folder = new WorkFolder();
        var package = PackageBuilder.Of("lib/net10.0/a.dll");
        var packages = Expand(folder, package);
        var hash = Convert.ToBase64String(SHA512.HashData(package.ToArray()));
        var path = packages.PathOf(Id, Version);
        Assert.AreEqual(hash, packages.HashOf(Id, Version));
        Assert.AreEqual(hash, File.ReadAllText(Path.Combine(path, "acme.lib.1.2.3.nupkg.sha512")));
        var metadata = JsonNode.Parse(File.ReadAllText(Path.Combine(path, ".nupkg.metadata")))!.AsObject();
        Assert.AreEqual(2, (int)metadata["version"]!);
        Assert.IsTrue(metadata.ContainsKey("source"));
        Assert.IsNull(metadata["source"]);
        CollectionAssert.AreEqual(package.ToArray(), File.ReadAllBytes(Path.Combine(path, "acme.lib.1.2.3.nupkg")));
    }

    [TestMethod]
    public void A_signature_makes_no_other_hash()
    {
        using var folder = new WorkFolder();
        var signed = new PackageBuilder().File("a.txt").File(".signature.p7s", "signed").Nuspec().File("lib/net10.0/a.dll");
        var packages = Expand(folder, signed);
        var unsigned = new PackageBuilder().File("a.txt").Nuspec().File("lib/net10.0/a.dll").ToArray();
        Assert.AreEqual(Convert.ToBase64String(SHA512.HashData(unsigned)), packages.HashOf(Id, Version));
        Assert.AreEqual(Convert.ToBase64String(SHA512.HashData(signed.ToArray())), File.ReadAllText(Path.Combine(packages.PathOf(Id, Version), "acme.lib.1.2.3.nupkg.sha512")));
    }

    [TestMethod]
    public void The_folder_of_a_version_is_its_normalized_lower_case_form_without_metadata()
    {
        var packages = new PackageFolder("/root");
        Assert.AreEqual(Path.Combine("/root", "acme.lib", "1.2.0-beta"), packages.PathOf(Id, NuGetVersion.Parse("1.2-BETA+abc")));
    }

    [TestMethod]
    public void What_is_not_there_has_no_hash()
    {
        using var folder = new WorkFolder();
        var packages = new PackageFolder(folder["packages"]);
        Assert.IsFalse(packages.Has(Id, Version));
        Assert.IsNull(packages.HashOf(Id, Version));
        Expand(folder, PackageBuilder.Of());
        Assert.IsTrue(packages.Has(Id, Version));
    }

    [TestMethod]
    public void The_same_package_again_changes_nothing()
    {
        using var folder = new WorkFolder();
        var packages = Expand(folder, PackageBuilder.Of("lib/net10.0/a.dll"));
        var metadata = Path.Combine(packages.PathOf(Id, Version), ".nupkg.metadata");
        File.SetLastWriteTimeUtc(metadata, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Expand(folder, PackageBuilder.Of("lib/net10.0/a.dll"));
        Assert.AreEqual(2001, File.GetLastWriteTimeUtc(metadata).Year);
        AssertNothingPartial(packages);
    }

    [TestMethod]
    public void Another_package_of_the_same_version_is_refused()
    {
        using var folder = new WorkFolder();
        var packages = Expand(folder, PackageBuilder.Of("lib/net10.0/a.dll"));
        var hash = packages.HashOf(Id, Version);
        Expect.Failure(Diagnostics.LibraryElsewhere, () => Expand(folder, PackageBuilder.Of("lib/net10.0/b.dll")));
        Assert.AreEqual(hash, packages.HashOf(Id, Version));
        AssertNothingPartial(packages);
    }

    [TestMethod]
    public void A_folder_that_was_damaged_is_made_anew()
    {
        using var folder = new WorkFolder();
        var packages = Expand(folder, PackageBuilder.Of("lib/net10.0/a.dll"));
        File.Delete(Path.Combine(packages.PathOf(Id, Version), ".nupkg.metadata"));
        File.Delete(Path.Combine(packages.PathOf(Id, Version), "lib/net10.0/a.dll"));
        Expand(folder, PackageBuilder.Of("lib/net10.0/a.dll"));
        Assert.IsTrue(packages.Has(Id, Version));
        Assert.IsTrue(File.Exists(Path.Combine(packages.PathOf(Id, Version), "lib/net10.0/a.dll")));
    }

    [TestMethod]
    public void Many_at_once_agree_and_nobody_sees_half_a_package()
    {
        using var folder = new WorkFolder();
        var builder = Enumerable.Range(0, 200).Aggregate(new PackageBuilder().Nuspec(), (b, i) => b.File($"lib/net10.0/{i}.dll"));
        var nupkg = folder.Write("a.nupkg", builder.ToArray());
        var package = NuGetPackage.Read(nupkg, "the package");
        var packages = new PackageFolder(folder["packages"]);
        var seen = 0;
        using var done = new CancellationTokenSource();
        var watcher = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                if (!Directory.Exists(packages.PathOf(Id, Version))) continue;
                if (WorkFolder.FilesIn(packages.PathOf(Id, Version)).Length != 204) return false;
                seen++;
            }
            return seen > 0;
        });
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => packages.Expand(nupkg, package));
        SpinWait.SpinUntil(() => seen > 0 || watcher.IsCompleted, TimeSpan.FromSeconds(10));
        done.Cancel();
        Assert.IsTrue(watcher.Result);
        AssertNothingPartial(packages);
    }

    [TestMethod]
    public void Many_at_once_repair_a_damaged_folder()
    {
        using var folder = new WorkFolder();
        var nupkg = folder.Write("a.nupkg", PackageBuilder.Of("lib/net10.0/a.dll").ToArray());
        var package = NuGetPackage.Read(nupkg, "the package");
        var packages = new PackageFolder(folder["packages"]);
        folder.Write("packages/acme.lib/1.2.3/lib/net10.0/half.dll", "half");
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => packages.Expand(nupkg, package));
        Assert.IsTrue(packages.Has(Id, Version));
        CollectionAssert.DoesNotContain(WorkFolder.FilesIn(packages.PathOf(Id, Version)), "lib/net10.0/half.dll");
        AssertNothingPartial(packages);
    }

    [TestMethod]
    [DataRow(".nupkg.metadata")]
    [DataRow(".NUPKG.metadata")]
    [DataRow("acme.lib.1.2.3.nupkg.sha512")]
    public void A_file_that_would_take_the_place_of_NuGets_own_is_refused(string name)
    {
        using var folder = new WorkFolder();
        Expect.Failure(Diagnostics.DamagedLibrary, () => Expand(folder, PackageBuilder.Of(name)));
        Assert.IsFalse(new PackageFolder(folder["packages"]).Has(Id, Version));
        AssertNothingPartial(new PackageFolder(folder["packages"]));
    }

    [TestMethod]
    public void A_file_that_is_longer_than_promised_is_refused()
    {
        var zip = new PackageBuilder().Nuspec().File("lib/net10.0/a.dll", new byte[100], level: CompressionLevel.NoCompression).ToArray();
        RefusedWhenExpanded(PackageBuilder.Patch(zip, "lib/net10.0/a.dll", 24, 50));
    }

    [TestMethod]
    public void A_file_that_is_shorter_than_promised_is_refused() =>
        RefusedWhenExpanded(PackageBuilder.Patch(PackageBuilder.Of("lib/net10.0/a.dll").ToArray(), "lib/net10.0/a.dll", 24, 500));

    [TestMethod]
    public void A_file_that_is_compressed_in_an_unknown_way_is_refused() =>
        RefusedWhenExpanded(PackageBuilder.Patch(PackageBuilder.Of("lib/net10.0/a.dll").ToArray(), "lib/net10.0/a.dll", 10, 99, size: 2));

    [TestMethod]
    public void What_a_killed_process_left_is_deleted_after_a_day()
    {
        using var folder = new WorkFolder();
        folder.Write("packages/.package.old.partial/a", "");
        folder.Write("packages/.package.new.partial/a", "");
        Directory.SetLastWriteTimeUtc(folder["packages/.package.old.partial"], DateTime.UtcNow.AddDays(-2));
        Expand(folder, PackageBuilder.Of());
        Assert.IsFalse(Directory.Exists(folder["packages/.package.old.partial"]));
        Assert.IsTrue(Directory.Exists(folder["packages/.package.new.partial"]));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_made_is_not_writable()
    {
        using var folder = new WorkFolder();
        folder.Write("packages", "a file");
        Expect.Failure(Diagnostics.NotWritable, () => Expand(folder, PackageBuilder.Of()));
    }

    private static PackageFolder Expand(WorkFolder folder, PackageBuilder package) => Expand(folder, package.ToArray());

    private static PackageFolder Expand(WorkFolder folder, byte[] package)
    {
        var nupkg = folder.Write("a.nupkg", package);
        var packages = new PackageFolder(folder["packages"]);
        packages.Expand(nupkg, NuGetPackage.Read(nupkg, "the package"));
        return packages;
    }

    private static void RefusedWhenExpanded(byte[] package)
    {
        using var folder = new WorkFolder();
        Expect.Failure(Diagnostics.DamagedLibrary, () => Expand(folder, package));
        Assert.IsFalse(Directory.Exists(new PackageFolder(folder["packages"]).PathOf(Id, Version)));
        AssertNothingPartial(new PackageFolder(folder["packages"]));
    }

    private static void AssertNothingPartial(PackageFolder packages) =>
        Assert.IsEmpty(Directory.GetDirectories(packages.Root).Where(d => d.EndsWith(".partial", StringComparison.Ordinal)));
}
