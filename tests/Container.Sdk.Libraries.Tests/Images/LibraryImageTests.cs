using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests.Images;

[TestClass]
public sealed class LibraryImageTests
{
    private static readonly byte[] Tar = HostileTar.OfApp().ToArray();

    [TestMethod]
    public void A_library_image_says_what_it_carries()
    {
        var library = Read(LibraryImages.Of(Tar, Tar), "1.2.3");
        Assert.AreEqual("Acme.Lib 1.2.3", library.ToString());
        Assert.AreEqual("net10.0", library.Framework);
        Assert.AreEqual(Ask.For("acme.core 1.0.0"), library.Dependencies.Single());
        Assert.AreSame(library.Image.Layers[0], library.PackageLayer);
        Assert.AreSame(library.Image.Layers[1], library.AppLayer);
    }

    [TestMethod]
    public void A_library_without_files_for_an_app_has_one_layer() => Assert.IsNull(Read(LibraryImages.Of(Tar), null).AppLayer);

    [TestMethod]
    public void Case_and_build_metadata_make_no_other_library() =>
        Assert.AreEqual("1.2.3+abc", Read(With(LibraryLabels.Version, "1.2.3+abc"), "1.2.3", "ACME.LIB").Version.ToFullString());

    [TestMethod]
    public void Any_version_will_do_where_none_is_asked_for() => Assert.AreEqual("9.0.0", Read(With(LibraryLabels.Version, "9.0.0"), null).Version.ToNormalizedString());

    [TestMethod]
    [DataRow("container-sdk.library.id")]
    [DataRow("container-sdk.library.version")]
    [DataRow("container-sdk.library.framework")]
    [DataRow("container-sdk.library.dependencies")]
    public void An_image_without_a_label_is_no_library(string label)
    {
        var labels = LibraryImages.Labels;
        labels.Remove(label);
        var e = Expect.Failure(Diagnostics.NotALibrary, () => Read(LibraryImages.Of(labels, LibraryImages.Layer(Tar)), "1.2.3"));
        StringAssert.Contains(e.Message, label, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow(LibraryLabels.Id, "../x")]
    [DataRow(LibraryLabels.Version, "latest")]
    public void A_label_that_cannot_be_true_makes_no_library(string label, string value) => Expect.Failure(Diagnostics.NotALibrary, () => Read(With(label, value), "1.2.3"));

    [TestMethod]
    [DataRow(LibraryLabels.Id, "Evil.Lib", "Evil.Lib 1.2.3")]
    [DataRow(LibraryLabels.Version, "1.2.4", "Acme.Lib 1.2.4")]
    [DataRow(LibraryLabels.Version, "1.2.3-beta", "Acme.Lib 1.2.3-beta")]
    public void Another_library_than_the_one_asked_for_is_refused(string label, string value, string found)
    {
        var e = Expect.Failure(Diagnostics.OtherLibrary, () => Read(With(label, value), "1.2.3"));
        StringAssert.Contains(e.Message, $"the image was asked for Acme.Lib 1.2.3, and holds {found}.", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("{")]
    [DataRow("")]
    [DataRow("""{"a":1}""")]
    [DataRow("""{"a":null}""")]
    [DataRow("""{"a":"one"}""")]
    [DataRow("""{"../a":"1.0"}""")]
    [DataRow("""{"a":"1.0","a":"2.0"}""")]
    [DataRow("""{"a":"1.0","A":"2.0"}""")]
    public void Dependencies_that_cannot_be_read_are_refused(string json) => Expect.Failure(Diagnostics.DamagedLibrary, () => Read(With(LibraryLabels.Dependencies, json), "1.2.3"));

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    public void Another_number_of_layers_is_refused(int layers) =>
        Expect.Failure(Diagnostics.DamagedLibrary, () => Read(LibraryImages.Of([.. Enumerable.Repeat(Tar, layers)]), "1.2.3"));

    private static Image With(string label, string value)
    {
        var labels = LibraryImages.Labels;
        labels[label] = value;
        return LibraryImages.Of(labels, LibraryImages.Layer(Tar));
    }

    private static LibraryImage Read(Image image, string? version, string id = "Acme.Lib") =>
        LibraryImage.Read(image, PackageId.Parse(id), version is null ? null : NuGetVersion.Parse(version), "the image");
}
