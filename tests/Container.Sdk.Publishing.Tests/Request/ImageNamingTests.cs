using Container.Sdk.Libraries;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class ImageNamingTests
{
    private static readonly ImageNaming App = new(ImageKind.Application, "Orders.Api") { Registry = "registry.example.com", Folder = "/work" };
    private static readonly ImageNaming Library = App with { Kind = ImageKind.Library, PackageId = "Acme.Pricing", PackageVersion = "1.4.0" };
    private static readonly LibrarySources Elsewhere = new([LibrarySource.Parse("Acme.*", "libs.example.com", "shared/{id}", "/work")]);

    [TestMethod]
    public void An_app_without_a_tag_is_latest() => Assert.AreEqual("registry.example.com/orders-api:latest", App.ToTarget().Display);

    [TestMethod]
    public void The_same_tag_twice_is_one() => Assert.AreEqual("1 2", string.Join(' ', (App with { Tags = ["1", "2", "1"] }).ToTarget().Tags));

    [TestMethod]
    public void A_prefix_comes_before_the_repository() => Assert.AreEqual("team-a/shop", (App with { Prefix = "team-a/", Repository = "Shop" }).ToTarget().Repository.Value);

    [TestMethod]
    public void A_prefix_does_not_change_the_name_that_a_project_has() =>
        Assert.AreEqual($"team-a/{App.ToTarget().Repository}", (App with { Prefix = "team-a/" }).ToTarget().Repository.Value);

    [TestMethod]
    public void A_tag_that_is_none_is_refused() => Expect.Failure(Diagnostics.InvalidTag, () => (App with { Tags = ["1.0+2"] }).ToTarget());

    [TestMethod]
    public void The_tag_of_a_library_is_its_version_whatever_else_is_said() =>
        Assert.AreEqual("registry.example.com/acme.pricing:1.4.0", (Library with { Tags = ["latest"] }).ToTarget().Display);

    [TestMethod]
    public void A_library_is_written_where_its_package_is_read_from() =>
        Assert.AreEqual("libs.example.com/shared/acme.pricing:1.4.0", (Library with { Libraries = Elsewhere }).ToTarget().Display);

    [TestMethod]
    public void The_project_s_own_word_counts_more_than_a_source() =>
        Assert.AreEqual("registry.example.com/own:1.4.0", (Library with { Libraries = Elsewhere, Repository = "own" }).ToTarget().Display);

    [TestMethod]
    public void A_library_that_only_an_engine_would_have_is_refused() => Expect.Failure(Diagnostics.LibraryNeedsRegistry, () => (Library with { Registry = "" }).ToTarget());

    [TestMethod]
    public void A_library_goes_into_an_archive_without_a_registry() =>
        Assert.AreEqual("acme.pricing", (Library with { Registry = "", Archive = "/work/out/" }).ToTarget().Repository.Value);

    [TestMethod]
    public void A_version_that_is_none_is_refused() => Expect.Failure(Diagnostics.InvalidVersion, () => (Library with { PackageVersion = "one" }).ToTarget());

    [TestMethod]
    public void A_base_lies_beside_its_library() => Assert.AreEqual("registry.example.com/acme.pricing-base:1.4.0", (Library with { Kind = ImageKind.Base }).ToTarget().Display);

    [TestMethod]
    public void A_base_has_the_tags_that_are_said() => Assert.AreEqual("2 3", string.Join(' ', (Library with { Kind = ImageKind.Base, Tags = ["2", "3"] }).ToTarget().Tags));

    [TestMethod]
    public void An_app_starts_from_the_first_tag_wherever_this_build_delivers() => Assert.AreEqual(
        "registry.example.com/acme.pricing-base:1.4.0", (Library with { Kind = ImageKind.Base, Archive = "/work/a.tar", IsDelivered = false }).ToReference().ToString());
}
