namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class ImageReferenceTests
{
    private const string Sha = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [TestMethod]
    public void Scratch_is_the_empty_base() => Assert.IsInstanceOfType<ScratchReference>(Parse("scratch"));

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/runtime:10.0", "mcr.microsoft.com/dotnet/runtime:10.0")]
    [DataRow("localhost/app", "localhost/app:latest")]
    [DataRow("localhost:5000/a/b/c:1", "localhost:5000/a/b/c:1")]
    [DataRow("[::1]:5000/app:1", "[::1]:5000/app:1")]
    [DataRow("ubuntu", "docker.io/library/ubuntu:latest")]
    [DataRow("ubuntu:24.04", "docker.io/library/ubuntu:24.04")]
    [DataRow("bitnami/redis", "docker.io/bitnami/redis:latest")]
    [DataRow("docker.io/ubuntu", "docker.io/library/ubuntu:latest")]
    [DataRow("index.docker.io/library/ubuntu:1", "docker.io/library/ubuntu:1")]
    [DataRow("localhost", "docker.io/library/localhost:latest")]
    [DataRow("registry.example.com/app@" + Sha, "registry.example.com/app@" + Sha)]
    [DataRow("registry.example.com/app:1@" + Sha, "registry.example.com/app:1@" + Sha)]
    public void An_image_in_a_registry_is_written_as_every_tool_writes_it(string text, string canonical) => Assert.AreEqual(canonical, Parse(text).ToString());

    [TestMethod]
    public void A_digest_decides_where_a_tag_is_given_too() => Assert.AreEqual(Sha, RegistryReference.Parse($"registry.example.com/app:1@{Sha}").Selector);

    [TestMethod]
    public void A_tag_decides_where_no_digest_is_given() => Assert.AreEqual("1", RegistryReference.Parse("registry.example.com/app:1").Selector);

    [TestMethod]
    [DataRow("", "CSDK1004")]
    [DataRow("https://registry.example.com/app", "CSDK1004")]
    [DataRow("registry.example.com:99999/app", "CSDK1004")]
    [DataRow("registry.example.com/", "CSDK1002")]
    [DataRow("registry.example.com/App", "CSDK1002")]
    [DataRow("registry.example.com/../app", "CSDK1002")]
    [DataRow("registry.example.com/app:", "CSDK1003")]
    [DataRow("registry.example.com/app:1.0+2", "CSDK1003")]
    [DataRow("registry.example.com/app@sha256:12", "CSDK1001")]
    [DataRow("registry.example.com/app@", "CSDK1001")]
    public void What_names_no_image_is_refused_with_the_code_of_the_wrong_part(string text, string code) =>
        Assert.AreEqual(code, Assert.ThrowsExactly<ContainerException>(() => Parse(text)).Diagnostic.Code);

    [TestMethod]
    [DataRow("oci:images:app:1", "/work/images", "app:1")]
    [DataRow("oci:images:app", "/work/images", "app")]
    [DataRow("oci:images:team/app:1", "/work/images", "team/app:1")]
    [DataRow("oci:images", "/work/images", null)]
    [DataRow("oci:../images:app:1", "/images", "app:1")]
    [DataRow("oci:/srv/images:app:1", "/srv/images", "app:1")]
    public void A_folder_is_relative_to_the_project(string text, string folder, string? name)
    {
        OnUnix();
        Assert.AreEqual(new LayoutReference(folder, name, null), Parse(text));
    }

    [TestMethod]
    public void An_image_in_a_folder_can_have_a_digest()
    {
        OnUnix();
        Assert.AreEqual(new LayoutReference("/work/images", "app:1", Digest.Parse(Sha)), Parse($"oci:images:app:1@{Sha}"));
    }

    [TestMethod]
    [DataRow(@"oci:C:\images:app:1")]
    [DataRow("oci:C:/images:app:1")]
    public void The_colon_of_a_drive_letter_separates_nothing(string text) => Assert.AreEqual("app:1", ((LayoutReference)Parse(text)).Name);

    [TestMethod]
    public void A_folder_of_one_letter_is_no_drive()
    {
        OnUnix();
        Assert.AreEqual(new LayoutReference("/work/c", "app:1", null), Parse("oci:c:app:1"));
    }

    [TestMethod]
    [DataRow("oci://images:app:1")]
    [DataRow("oci:")]
    [DataRow("oci::app:1")]
    [DataRow("oci:images:")]
    public void A_folder_that_is_written_wrong_is_refused(string text) => Expect.Failure(Diagnostics.InvalidReference, () => Parse(text));

    [TestMethod]
    public void A_digest_of_an_image_in_a_folder_is_checked() => Expect.Failure(Diagnostics.InvalidDigest, () => Parse("oci:images:app@sha256:1"));

    [TestMethod]
    [DataRow("oci-archive:app.tar", ImageFormat.Oci)]
    [DataRow("docker-archive:app.tar", ImageFormat.Docker)]
    public void An_archive_is_relative_to_the_project(string text, ImageFormat format)
    {
        OnUnix();
        Assert.AreEqual(new ArchiveReference("/work/app.tar", format), Parse(text));
    }

    [TestMethod]
    public void The_engine_is_asked_for_its_own_names() => Assert.AreEqual(new DaemonReference("app:1"), Parse("docker-daemon:app:1"));

    [TestMethod]
    [DataRow("oci-archive:")]
    [DataRow("docker-archive:")]
    [DataRow("docker-daemon:")]
    public void A_notation_without_its_rest_is_refused_as_an_image(string text) => Expect.Failure(Diagnostics.InvalidReference, () => Parse(text));

    // Plans hold a reference as text, and the back ends read it again.
    [TestMethod]
    [DataRow("scratch")]
    [DataRow("ubuntu")]
    [DataRow("localhost:5000/app:1@" + Sha)]
    [DataRow("oci:images:app:1")]
    [DataRow("oci:images:app:1@" + Sha)]
    [DataRow("oci:images:@" + Sha)]
    [DataRow("oci:images")]
    [DataRow("oci-archive:app.tar")]
    [DataRow("docker-archive:a:b.tar")]
    [DataRow("docker-daemon:app:1")]
    public void The_text_of_a_reference_is_the_same_reference(string text)
    {
        var reference = Parse(text);
        Assert.AreEqual(reference, ImageReference.Parse(reference.ToString(), "/elsewhere"));
    }

    [TestMethod]
    public void A_project_folder_with_a_colon_is_no_obstacle()
    {
        OnUnix();
        Assert.AreEqual(new LayoutReference("/work:tree/images", "app:1", null), ImageReference.Parse("oci:images:app:1", "/work:tree"));
    }

    private static ImageReference Parse(string text) => ImageReference.Parse(text, "/work");

    private static void OnUnix()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("the expected paths are those of Unix");
    }
}
