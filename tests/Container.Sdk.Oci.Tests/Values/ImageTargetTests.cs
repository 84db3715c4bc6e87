using System.Collections.Immutable;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class ImageTargetTests
{
    private static readonly RepositoryName App = RepositoryName.Parse("team/app");
    private static readonly ImmutableArray<Tag> Tags = [Tag.Parse("1.0"), Tag.Latest];

    [TestMethod]
    public void A_registry_is_a_destination()
    {
        var target = (RegistryTarget)Parse(registry: "Registry.Example.com:5000");
        Assert.AreEqual("registry.example.com:5000", target.Host.Value);
        Assert.AreEqual("registry.example.com:5000/team/app:1.0", target.Display);
    }

    [TestMethod]
    [DataRow("oci:images", "/work/images")]
    [DataRow("oci:/srv/images", "/srv/images")]
    [DataRow("oci:../images", "/images")]
    public void A_folder_is_a_destination_relative_to_the_project(string registry, string folder)
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("the expected paths are those of Unix");
        var target = (LayoutTarget)Parse(registry);
        Assert.AreEqual(folder, target.Folder);
        Assert.AreEqual($"oci:{folder}:team/app:1.0", target.Display);
    }

    [TestMethod]
    [DataRow("oci:")]
    [DataRow("oci://images")]
    [DataRow("https://registry.example.com")]
    [DataRow("registry.example.com/team")]
    public void A_destination_that_is_written_wrong_is_refused(string registry) =>
        Expect.Failure(Diagnostics.InvalidReference, () => Parse(registry));

    [TestMethod]
    public void Without_a_registry_the_image_goes_to_the_local_engine() => Assert.IsInstanceOfType<EngineTarget>(Parse());

    [TestMethod]
    public void An_archive_comes_before_a_registry() => Assert.IsInstanceOfType<ArchiveTarget>(Parse("registry.example.com", archive: "app.tar"));

    [TestMethod]
    [DataRow("out/app.tar", "/work/out/app.tar")]
    [DataRow("out/", "/work/out/")]
    [DataRow("/srv/out/", "/srv/out/")]
    public void The_path_of_an_archive_is_relative_to_the_project_and_keeps_the_slash_of_a_folder(string archive, string path)
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("the expected paths are those of Unix");
        Assert.AreEqual(path, ((ArchiveTarget)Parse(archive: archive)).Path.Replace("//", "/", StringComparison.Ordinal));
    }

    [TestMethod]
    public void An_image_that_is_not_delivered_goes_nowhere() => Assert.IsInstanceOfType<NoTarget>(Parse("registry.example.com", "app.tar", deliver: false));

    [TestMethod]
    public void A_destination_has_the_repository_and_all_tags()
    {
        var target = Parse("registry.example.com");
        Assert.AreEqual(App, target.Repository);
        CollectionAssert.AreEqual(Tags.ToArray(), target.Tags.ToArray());
    }

    private static ImageTarget Parse(string registry = "", string archive = "", bool deliver = true) =>
        ImageTarget.Parse(registry, archive, deliver, App, Tags, "/work");
}
