using FsCheck;
using FsCheck.Fluent;
using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LibraryTagTests
{
    [TestMethod]
    [DataRow("latest")]
    [DataRow("10")]
    [DataRow("1.2")]
    [DataRow("v1.2.3")]
    [DataRow("1.0.0-Beta")]
    [DataRow("1.2.3.0")]
    [DataRow("01.2.3")]
    [DataRow("1.2.3-")]
    [DataRow("1.2.3_x")]
    [DataRow("1.2.3.4.5")]
    [DataRow("src-0123456789abcdef")]
    [DataRow("sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.sig")]
    public void A_tag_that_is_no_normalised_version_is_none(string tag) => Assert.IsNull(LibraryTag.ToVersion(Tag.Parse(tag)));

    [TestMethod]
    [DataRow("1.2.3")]
    [DataRow("0.0.0")]
    [DataRow("1.2.3.4")]
    [DataRow("1.0.0-beta.1")]
    [DataRow("1.0.0-0")]
    [DataRow("1.0.0--")]
    public void A_tag_that_is_a_normalised_version_is_that_version(string tag) => Assert.AreEqual(NuGetVersion.Parse(tag), LibraryTag.ToVersion(Tag.Parse(tag)));

    [TestMethod]
    public void No_tag_can_have_build_metadata() => Assert.IsFalse(Tag.TryParse("1.2.3+x", out _));

    [TestMethod]
    [DataRow("1.2.3+build.5", "1.2.3")]
    [DataRow("1.2", "1.2.0")]
    [DataRow("1.2.3.0", "1.2.3")]
    [DataRow("1.0.0-Beta", "1.0.0-beta")]
    [DataRow("01.02.03", "1.2.3")]
    public void The_tag_of_a_version_is_normalised(string version, string tag) => Assert.AreEqual(tag, LibraryTag.Of(NuGetVersion.Parse(version)).Value);

    [TestMethod]
    public void A_version_that_is_too_long_for_a_tag_is_refused() =>
        Expect.Failure(Diagnostics.InvalidTag, () => LibraryTag.Of(NuGetVersion.Parse($"1.0.0-{new string('a', 123)}")));

    [TestMethod]
    public void Every_version_but_for_its_metadata_comes_back_from_its_tag() => Prop.ForAll(Versions().ToArbitrary(), version =>
    {
        var read = LibraryTag.ToVersion(LibraryTag.Of(version));
        return read is not null && VersionComparer.VersionRelease.Equals(version, read) && !read.HasMetadata;
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Every_tag_that_is_a_version_is_the_tag_of_that_version() => Prop.ForAll(Texts().ToArbitrary(), text =>
        !Tag.TryParse(text, out var tag) || LibraryTag.ToVersion(tag) is not { } version || LibraryTag.Of(version) == tag).QuickCheckThrowOnFailure();

    [TestMethod]
    public void No_tag_by_content_is_a_version() => Prop.ForAll(Digests().ToArbitrary(), digest =>
        LibraryTag.ToVersion(LibraryTag.OfSource(digest)) is null && LibraryTag.ToVersion(Tag.Parse($"layer-{digest.Hex}")) is null).QuickCheckThrowOnFailure();

    [TestMethod]
    public void A_tag_by_content_begins_with_what_it_is() =>
        Assert.AreEqual("src-e3b0c44298fc1c14", LibraryTag.OfSource(Digest.Of([])).Value);

    private static Gen<Digest> Digests() => Gen.Choose(0, 255).ArrayOf(32).Select(bytes => Digest.FromHash(Array.ConvertAll(bytes, b => (byte)b)));

    private static Gen<NuGetVersion> Versions() =>
        from numbers in Gen.Choose(0, 1200).ArrayOf(4)
        from labels in Label().ListOf().Resize(4)
        from metadata in Gen.Elements("", "build", "Sha.5114f85")
        select new NuGetVersion(numbers[0], numbers[1], numbers[2], numbers[3] % 3, labels, metadata);

    private static Gen<string> Label() => Gen.Elements("beta", "Beta", "0", "1", "rc-2", "-", "x7Z");

    // Texts that are almost versions find more than random ones.
    private static Gen<string> Texts() => Gen.Elements("0", "1", "12", "01", ".", "-", "a", "B", "v", "_", "1.2.3", "1.0.0-").ListOf().Select(string.Concat);
}
