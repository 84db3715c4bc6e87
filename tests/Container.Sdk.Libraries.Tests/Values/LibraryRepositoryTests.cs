namespace Container.Sdk.Libraries.Tests.Values;

[TestClass]
public sealed class LibraryRepositoryTests
{
    private static readonly LibrarySources Sources = new([LibrarySource.Parse("Acme.*", "registry.example.com", "libs/{id}", "/work"), LibrarySource.Parse("Folder.*", "oci:/images", "{id}", "/work")]);

    [TestMethod]
    public void What_is_read_from_a_source_is_written_there()
    {
        var repository = LibraryRepository.Of(Sources, "Acme.Pricing", "team/", "");
        Assert.AreEqual("libs/acme.pricing", repository.Name.Value);
        Assert.AreEqual("registry.example.com/libs/acme.pricing:1.0.0", Target(repository));
        Assert.AreEqual("oci:/images:folder.lib:1.0.0", Target(LibraryRepository.Of(Sources, "Folder.Lib", "", "")));
    }

    [TestMethod]
    public void The_projects_own_word_comes_first()
    {
        var repository = LibraryRepository.Of(Sources, "Acme.Pricing", "team/", "prices");
        Assert.AreEqual("team/prices", repository.Name.Value);
        Assert.IsNull(repository.Place);
        Assert.AreEqual("other.example.com/team/prices:1.0.0", Target(repository, "other.example.com"));
    }

    [TestMethod]
    [DataRow("Contoso.Lib", "team/contoso.lib")]
    [DataRow("no package id!", "team/no-package-id")]
    public void Without_a_source_it_is_called_after_its_package(string id, string expected)
    {
        var repository = LibraryRepository.Of(Sources, id, "team/", "");
        Assert.AreEqual(expected, repository.Name.Value);
        Assert.IsInstanceOfType<EngineTarget>(repository.Target("", [Tag.Latest], "/work"));
    }

    [TestMethod]
    public void The_base_of_a_library_lies_beside_it()
    {
        Assert.AreEqual("registry.example.com/libs/acme.pricing-base:1.0.0", Target(LibraryRepository.Of(Sources, "Acme.Pricing", "", "").Beside("-base")));
        Assert.AreEqual("oci:/images:folder.lib-base:1.0.0", Target(LibraryRepository.Of(Sources, "Folder.Lib", "", "").Beside("-base")));
        Assert.AreEqual("oci:/work/out:lib-base:1.0.0", Target(LibraryRepository.Of(Sources, "Lib", "", "").Beside("-base"), "oci:out"));
    }

    private static string Target(LibraryRepository repository, string registry = "")
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("the expected paths are those of Unix");
        return repository.Target(registry, [Tag.Parse("1.0.0")], "/work").Display;
    }
}
