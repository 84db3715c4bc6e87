using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LibraryReferencesTests
{
    private static readonly LibrarySources Sources = new([LibrarySource.Parse("Acme.*", "registry.example.com", "libs/{id}", "/work")]);

    [TestMethod]
    public void References_that_a_source_covers_are_asked_for_each_once()
    {
        var asked = Read([Item("Serilog", "4.0.0"), Item("Acme.A", " 1.0.0 "), Item("acme.a", "[1.0.0, )"), Item("Acme.B", "2.*")]);
        Assert.AreEqual("Acme.A [1.0.0, ), Acme.B [2.*, )", string.Join(", ", asked.Requests));
    }

    [TestMethod]
    public void A_reference_without_a_version_asks_for_nothing() => Assert.IsEmpty(Read([Item("Acme.A", "")]).Requests);

    [TestMethod]
    [DataRow("one")]
    [DataRow("[1.0.0")]
    public void A_version_that_is_none_is_refused(string version) => Expect.Failure(Diagnostics.InvalidVersion, () => Read([Item("Acme.A", version)]));

    [TestMethod]
    public void What_was_found_takes_the_place_of_what_was_asked()
    {
        var found = Read([Item("Serilog", "4.0.0"), Item("Acme.A", "1.*"), Item("Acme.B", "[1.0.0, 2.0.0)"), Item("Acme.C", "3.0.0")]).With(Found(("Acme.A 1.*", "1.4.0", true), ("Acme.B [1.0.0, 2.0.0)", "1.1.0", true)));
        Expect.Sequence(found, new FoundReference(false, 1, "Version", "[1.4.0, )"), new FoundReference(false, 2, "Version", "[1.1.0, 2.0.0)"));
    }

    [TestMethod]
    public void What_only_a_library_asked_for_is_no_answer_to_the_project() => Assert.IsEmpty(Read([Item("Acme.A", "1.*")]).With(Found(("Acme.A 1.*", "1.4.0", false))));

    [TestMethod]
    public void Under_central_management_the_version_stands_with_the_central_items()
    {
        var asked = Read([Item("Acme.A", ""), Item("Acme.B", "9.9.9")], [Item("Serilog", "4.0.0"), Item("acme.a", "1.*"), Item("Acme.C", "3.0.0")], isCentral: true);
        Assert.AreEqual("acme.a [1.*, )", string.Join(", ", asked.Requests));
        Expect.Sequence(asked.With(Found(("Acme.A 1.*", "1.4.0", true))), new FoundReference(true, 1, "Version", "[1.4.0, )"));
    }

    [TestMethod]
    public void A_reference_may_override_its_central_version()
    {
        var asked = Read([Item("Acme.A", "", "2.0.0")], [Item("Acme.A", "1.0.0")], isCentral: true);
        Assert.AreEqual("Acme.A [2.0.0, ), Acme.A [1.0.0, )", string.Join(", ", asked.Requests));
        Expect.Sequence(
            asked.With(Found(("Acme.A 2.0.0", "2.0.0", true), ("Acme.A 1.0.0", "1.0.0", true))),
            new FoundReference(false, 0, "VersionOverride", "[2.0.0, )"), new FoundReference(true, 0, "Version", "[1.0.0, )"));
    }

    [TestMethod]
    public void Without_central_management_neither_counts() =>
        Assert.IsEmpty(Read([Item("Acme.A", "", "2.0.0")], [Item("Acme.A", "1.0.0")]).Requests);

    [TestMethod]
    public void Central_versions_can_hold_for_packages_that_only_others_refer_to()
    {
        var asked = Read([], [Item("Acme.A", "1.0.0"), Item("Serilog", "4.0.0")], isCentral: true, pinsTransitive: true);
        Assert.AreEqual("Acme.A [1.0.0, )", string.Join(", ", asked.Requests));
    }

    private static LibraryReferences Read(PackageReferenceItem[] references, PackageReferenceItem[]? versions = null, bool isCentral = false, bool pinsTransitive = false) =>
        LibraryReferences.Read(references, versions ?? [], isCentral, pinsTransitive, Sources);

    private static PackageReferenceItem Item(string include, string version, string versionOverride = "") => new(include, version, versionOverride);

    private static LibraryResolution Found(params (string Request, string Version, bool IsDirect)[] found) => new(
    [
        .. found.Select(f => new ResolvedLibrary(
            Ask.For(f.Request), new ResolvedVersion(NuGetVersion.Parse(f.Version), ImageRepository.ParseName("registry.example.com/libs/acme", "/"), Digest.Of([])), "hash", f.IsDirect)),
    ]);
}
