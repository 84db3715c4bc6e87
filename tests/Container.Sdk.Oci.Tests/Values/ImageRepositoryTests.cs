namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class ImageRepositoryTests
{
    [TestMethod]
    [DataRow("registry.example.com:5000/team/app")]
    [DataRow("registry/app")]
    [DataRow("registry/team/app")]
    [DataRow("localhost/app")]
    [DataRow("[::1]:5000/app")]
    [DataRow("docker.io/library/app")]
    [DataRow("oci:/srv/images:team/app")]
    [DataRow("oci:/srv/with space:app")]
    public void What_is_written_is_read(string text)
    {
        if (OperatingSystem.IsWindows() && text.StartsWith("oci:", StringComparison.Ordinal)) Assert.Inconclusive("the paths are those of Unix");
        Assert.AreEqual(text, ImageRepository.ParseName(text, "/work").ToString());
    }

    [TestMethod]
    public void A_folder_is_relative_to_another() =>
        Assert.AreEqual(new LayoutRepository(Path.GetFullPath("images", Path.GetTempPath()), RepositoryName.Parse("app")), ImageRepository.ParseName("oci:images:app", Path.GetTempPath()));

    [TestMethod]
    [DataRow("")]
    [DataRow("app")]
    [DataRow("/app")]
    [DataRow("oci:")]
    [DataRow("oci::app")]
    [DataRow("oci:/srv/images")]
    [DataRow("oci://srv:app")]
    [DataRow("docker-daemon:app")]
    [DataRow("https://registry.example.com/app")]
    public void What_is_no_repository_is_refused(string text)
    {
        var e = Assert.ThrowsExactly<ContainerException>(() => ImageRepository.ParseName(text, "/work"));
        Assert.IsTrue(e.Diagnostic == Diagnostics.InvalidReference || e.Diagnostic == Diagnostics.InvalidRepository, e.Message);
    }

    [TestMethod]
    public void A_tag_is_no_part_of_it() => Expect.Failure(Diagnostics.InvalidRepository, () => ImageRepository.ParseName("registry.example.com/app:1.0", "/work"));
}
