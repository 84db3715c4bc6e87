using System.Text;
using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class StoredLibraryTests
{
    private static readonly StoredLibrary Sample = new(
        PackageId.Parse("Acme.A"), new(NuGetVersion.Parse("1.0.0-beta.1+abc"), ImageRepository.ParseName("registry.example.com/libs/acme.a", "/"), Digest.Of([1])), "net10.0", "aGFzaA==",
        new Descriptor(MediaTypes.OciLayerGzip, Digest.Of([2]), 12), Digest.Of([3]),
        [Ask.For("Acme.C [1.0,2.0)"), Ask.For("Acme.D 1.*")]);

    [TestMethod]
    public void What_is_written_is_read()
    {
        var read = StoredLibrary.Read(Sample.ToBytes())!;
        Assert.AreEqual(Encoding.UTF8.GetString(Sample.ToBytes()), Encoding.UTF8.GetString(read.ToBytes()));
        Assert.AreEqual(Sample.Resolved, read.Resolved);
        Assert.AreEqual(Sample.Version.ToFullString(), read.Version.ToFullString());
        CollectionAssert.AreEqual(Sample.Dependencies.ToArray(), read.Dependencies.ToArray());
    }

    [TestMethod]
    public void A_dependency_on_any_version_is_read()
    {
        var any = Sample with { Dependencies = [Ask.For("Acme.C")] };
        Assert.AreEqual(VersionRange.All, StoredLibrary.Read(any.ToBytes())!.Dependencies.Single().Range);
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
        var folder = Sample with { Resolved = Sample.Resolved with { Repository = new LayoutRepository(Path.Combine(Path.GetTempPath(), "with space"), RepositoryName.Parse("libs/acme.a")) } };
        Assert.AreEqual(folder.Image, StoredLibrary.Read(folder.ToBytes())!.Image);
        Assert.AreEqual(folder.Resolved, StoredLibrary.Read(folder.ToBytes())!.Resolved);
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
    [DataRow("registry")]
    [DataRow("localhost")]
    [DataRow("localhost:5000")]
    public void A_registry_of_any_name_is_read_as_it_was(string host)
    {
        var library = Sample with { Resolved = Sample.Resolved with { Repository = new HostRepository(RegistryHost.Parse(host), RepositoryName.Parse("acme.a")) } };
        Assert.AreEqual(library.Resolved, StoredLibrary.Read(library.ToBytes())!.Resolved);
    }

    // The shape that files of earlier versions have.
    [TestMethod]
    public void The_file_is_what_it_always_was() => Assert.AreEqual(
        $$"""
        {
          "version": 1,
          "id": "Acme.A",
          "packageVersion": "1.0.0-beta.1+abc",
          "framework": "net10.0",
          "image": "registry.example.com/libs/acme.a:1.0.0-beta.1@{{Digest.Of([1])}}",
          "packageHash": "aGFzaA==",
          "layer": {
            "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
            "digest": "{{Digest.Of([2])}}",
            "size": 12
          },
          "diffId": "{{Digest.Of([3])}}",
          "dependencies": [
            {
              "id": "Acme.C",
              "range": "[1.0.0, 2.0.0)"
            },
            {
              "id": "Acme.D",
              "range": "[1.*, )"
            }
          ]
        }

        """, Encoding.UTF8.GetString(Sample.ToBytes()));

    [TestMethod]
    [DataRow("id", "\"no id!\"")]
    [DataRow("packageVersion", "\"x\"")]
    [DataRow("packageVersion", "\"1.0.1\"")]
    [DataRow("image", "\"registry.example.com/libs/acme.a:1.0.0-beta.1\"")]
    [DataRow("image", "null")]
    [DataRow("layer", "{}")]
    [DataRow("diffId", "\"x\"")]
    [DataRow("dependencies", "null")]
    [DataRow("dependencies", "[{\"id\":\"Acme.C\",\"range\":\"x\"}]")]
    [DataRow("more", "1")]
    public void A_member_that_is_something_else_or_that_nobody_knows_makes_it_none(string member, string value)
    {
        var json = Json.ParseObject(Sample.ToBytes());
        json[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
        Assert.IsNull(StoredLibrary.Read(Json.ToBytes(json)));
    }

    [TestMethod]
    public void What_ends_early_is_not_there()
    {
        var bytes = Sample.ToBytes();
        // The last brace and the line feed after it are the end.
        for (var length = 0; length < bytes.AsSpan().TrimEnd("\r\n"u8).Length; length++) Assert.IsNull(StoredLibrary.Read(bytes[..length]), $"{length}");
    }
}
