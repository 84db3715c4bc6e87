using System.Text;
using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class StoredLibraryTests
{
    private static readonly StoredLibrary Sample = new(
        PackageId.Parse("Acme.A"), NuGetVersion.Parse("1.0.0-beta.1+abc"), "net10.0",
        ImageReference.Parse($"registry.example.com/libs/acme.a:1.0.0-beta.1@{Digest.Of([1])}", "/"), "aGFzaA==",
        new Descriptor(MediaTypes.OciLayerGzip, Digest.Of([2]), 12), Digest.Of([3]),
        [KeyValuePair.Create(PackageId.Parse("Acme.C"), VersionRange.Parse("[1.0,2.0)")), KeyValuePair.Create(PackageId.Parse("Acme.D"), VersionRange.Parse("1.*"))]);

    [TestMethod]
    public void What_is_written_is_read()
    {
        var read = StoredLibrary.Read(Sample.ToBytes())!;
        Assert.AreEqual(Encoding.UTF8.GetString(Sample.ToBytes()), Encoding.UTF8.GetString(read.ToBytes()));
        Assert.AreEqual(Sample.Digest, read.Digest);
        Assert.AreEqual(Sample.Version.ToFullString(), read.Version.ToFullString());
        CollectionAssert.AreEqual(Sample.Dependencies.ToArray(), read.Dependencies.ToArray());
    }

    [TestMethod]
    public void A_dependency_on_any_version_is_read()
    {
        var any = Sample with { Dependencies = [KeyValuePair.Create(PackageId.Parse("Acme.C"), VersionRange.All)] };
        Assert.AreEqual(VersionRange.All, StoredLibrary.Read(any.ToBytes())!.Dependencies.Single().Value);
    }

    [TestMethod]
    public void A_library_without_files_for_an_app_has_no_layer()
    {
        var read = StoredLibrary.Read((Sample with { Layer = null, DiffId = null }).ToBytes())!;
        Assert.IsNull(read.Layer);
        Assert.IsNull(read.DiffId);
    }

    [TestMethod]
    public void A_folder_is_read_as_it_was()
    {
        var folder = Sample with { Image = new LayoutReference(Path.Combine(Path.GetTempPath(), "with space"), "libs/acme.a:1.0.0", Digest.Of([1])) };
        Assert.AreEqual(folder.Image, StoredLibrary.Read(folder.ToBytes())!.Image);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("[1]")]
    [DataRow("""{"version": 2}""")]
    [DataRow("""{"version": 1, "id": "Acme.A"}""")]
    [DataRow("""{"version": "x"}""")]
    public void What_is_damaged_is_not_there(string text) => Assert.IsNull(StoredLibrary.Read(Encoding.UTF8.GetBytes(text)));

    [TestMethod]
    public void What_ends_early_is_not_there()
    {
        var bytes = Sample.ToBytes();
        // The last brace and the line feed after it are the end.
        for (var length = 0; length < bytes.AsSpan().TrimEnd("\r\n"u8).Length; length++) Assert.IsNull(StoredLibrary.Read(bytes[..length]), $"{length}");
    }
}
