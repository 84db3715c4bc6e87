namespace Container.Sdk.Publishing.Tests;

/// <summary>Bases in files: an image with one layer and one variable, and the app lies on top.</summary>
[TestClass]
public sealed class BaseTests : IDisposable
{
    private static readonly MadeImage Base = MadeImage.Of("""{"Env": ["FROM_BASE=yes"]}""");

    private readonly TestApp _app = new();

    [TestMethod]
    public Task A_base_in_a_folder_is_found_by_its_name()
    {
        MadeImage.Of(content: "another").ToFolder(_app.PathOf("bases"), "other:1.0");
        return IsOn(Base.ToFolder(_app.PathOf("bases"), "base:1.0"));
    }

    [TestMethod]
    public Task A_base_in_a_folder_is_found_by_its_digest()
    {
        Base.ToFolder(_app.PathOf("bases"), "base:1.0");
        MadeImage.Of(content: "another").ToFolder(_app.PathOf("bases"), "base:2.0");
        return IsOn($"oci:{_app.PathOf("bases")}:base@{Base.Digest}");
    }

    [TestMethod]
    public Task A_relative_folder_is_relative_to_the_project()
    {
        Base.ToFolder(_app.PathOf("bases"), "base:1.0");
        return IsOn("oci:../bases:base:1.0");
    }

    [TestMethod]
    public Task The_only_image_of_a_folder_needs_no_name()
    {
        Base.ToFolder(_app.PathOf("bases"), "base:1.0");
        return IsOn($"oci:{_app.PathOf("bases")}");
    }

    [TestMethod]
    public Task An_index_in_a_folder_gives_the_platforms_image()
    {
        var arm = MadeImage.Of(root: """{"architecture": "arm64"}""");
        return IsOn(MadeImage.IndexOf(MediaTypes.OciIndex, arm, Base).ToFolder(_app.PathOf("bases"), "base:1.0"));
    }

    [TestMethod]
    [DataRow(ImageFormat.Docker, "")]
    [DataRow(ImageFormat.Oci, "OCI")]
    public async Task A_folder_takes_OCI_whatever_the_base_is(ImageFormat ofBase, string asked)
    {
        _app["ContainerBaseImage"] = MadeImage.Of(format: ofBase).ToFolder(_app.PathOf("bases"), "base:1.0");
        Assert.AreEqual(ImageFormat.Oci, (await _app.With("ContainerImageFormat", asked).ImageAsync()).Manifest.Format);
    }

    public void Dispose() => _app.Dispose();

    private async Task IsOn(string reference)
    {
        var image = await _app.With("ContainerBaseImage", reference).ImageAsync();
        Assert.HasCount(2, image.Layers);
        Assert.AreEqual(Base.DiffIds[0], image.Layers[0].DiffId.ToString());
        Assert.Contains(KeyValuePair.Create("FROM_BASE", "yes"), image.Configuration.Environment);
        Assert.Contains("app/app.dll", LayoutImages.OwnFiles(image));
    }
}
