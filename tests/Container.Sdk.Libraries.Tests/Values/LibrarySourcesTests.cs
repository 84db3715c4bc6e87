namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LibrarySourcesTests
{
    [TestMethod]
    [DataRow("Acme.Pricing.Core", "c.example.com/acme.pricing.core")]
    [DataRow("Acme.Pricing", "b.example.com/acme.pricing")]
    [DataRow("Acme.Orders", "a.example.com/acme.orders")]
    [DataRow("Acmeware", "z.example.com/acmeware")]
    public void The_source_that_names_the_most_of_an_id_has_it(string id, string place) =>
        Assert.AreEqual(place, Sources("*=z.example.com", "Acme.*=a.example.com", "Acme.Pricing*=b.example.com", "Acme.Pricing.Core=c.example.com").Find(PackageId.Parse(id))!.ToString());

    [TestMethod]
    public void An_id_in_full_names_more_of_it_than_any_start() =>
        Assert.AreEqual("a.example.com/acme.orders", Sources("Acme.Orders*=b.example.com", "Acme.Orders=a.example.com").Find(PackageId.Parse("Acme.Orders"))!.ToString());

    [TestMethod]
    public void The_order_of_sources_does_not_matter() =>
        Assert.AreEqual("a.example.com/acme.orders", Sources("Acme.Orders=a.example.com", "Acme.*=b.example.com").Find(PackageId.Parse("Acme.Orders"))!.ToString());

    [TestMethod]
    [DataRow("acme.ORDERS")]
    [DataRow("Acme.Orders")]
    public void Case_does_not_matter(string id) => Assert.AreEqual("a.example.com/acme.orders", Sources("ACME.*=a.example.com").Find(PackageId.Parse(id))!.ToString());

    [TestMethod]
    [DataRow("Acme", false)]
    [DataRow("Acme.Orders", true)]
    [DataRow("Acmeware", false)]
    [DataRow("no id", false)]
    public void A_pattern_is_for_what_begins_so(string name, bool covered) => Assert.AreEqual(covered, Sources("Acme.*=a.example.com").Covers(name));

    [TestMethod]
    public void What_no_pattern_is_for_has_no_place() => Assert.IsNull(Sources("Acme.*=a.example.com").Find(PackageId.Parse("Serilog")));

    [TestMethod]
    [DataRow("Acme.*=a.example.com", "Acme.*=b.example.com")]
    [DataRow("Acme.*=a.example.com", "ACME.*=b.example.com")]
    [DataRow("Acme.*=a.example.com", "Acme.*=a.example.com=libs/{id}")]
    public void Two_places_for_one_pattern_are_refused(string first, string second) => Expect.Failure(Diagnostics.LibrarySourceTwice, () => Sources(first, second));

    [TestMethod]
    [DataRow("Acme.*=a.example.com", "Acme.*=a.example.com")]
    [DataRow("Acme.*=a.example.com", "acme.*=A.example.com")]
    [DataRow("Acme.*=docker.io=acme/{id}", "Acme.*=index.docker.io=acme/{id}")]
    [DataRow("Acme.*=oci:images", "Acme.*=oci:./images/../images")]
    public void The_same_place_twice_is_one(string first, string second) => Assert.IsTrue(Sources(first, second).Covers("Acme.Orders"));

    [TestMethod]
    public void No_sources_are_none() => Assert.IsTrue(new LibrarySources([]).IsEmpty);

    [TestMethod]
    public void Without_a_repository_it_is_the_id() => Assert.AreEqual("{id}", LibrarySource.Parse("Acme.*", "a.example.com", " ", "/work").Repository);

    [TestMethod]
    public void A_repository_in_a_folder_is_relative_to_the_project() =>
        Assert.AreEqual(new LayoutRepository(Path.GetFullPath("/work/images"), RepositoryName.Parse("libs/acme.orders")), Sources("Acme.*=oci:images=libs/{id}").Find(PackageId.Parse("Acme.Orders")));

    [TestMethod]
    [DataRow("Acme.*", "a.example.com", "libs")]
    [DataRow("*", "a.example.com", "libs/all")]
    [DataRow("", "a.example.com", "{id}")]
    [DataRow("A*c", "a.example.com", "{id}")]
    [DataRow("Acme.*.*", "a.example.com", "{id}")]
    [DataRow("../x", "a.example.com", "{id}")]
    [DataRow(".*", "a.example.com", "{id}")]
    [DataRow("Acme.*", "", "{id}")]
    public void An_item_that_names_no_place_for_each_package_is_refused(string pattern, string registry, string repository) =>
        Expect.Failure(Diagnostics.InvalidLibrarySource, () => LibrarySource.Parse(pattern, registry, repository, "/work"));

    [TestMethod]
    [DataRow("Libs/{id}")]
    [DataRow("libs//{id}")]
    [DataRow("../{id}")]
    [DataRow("libs/{id}:1")]
    [DataRow("libs/{Id}")]
    public void A_repository_that_no_registry_can_have_is_refused(string repository) =>
        Expect.Failure(Diagnostics.InvalidRepository, () => LibrarySource.Parse("Acme", "a.example.com", repository, "/work"));

    [TestMethod]
    [DataRow("https://a.example.com")]
    [DataRow("a.example.com/libs")]
    [DataRow("oci://images")]
    [DataRow("oci:")]
    public void A_registry_that_is_none_is_refused(string registry) =>
        Expect.Failure(Diagnostics.InvalidReference, () => LibrarySource.Parse("Acme.*", registry, "{id}", "/work"));

    [TestMethod]
    public void A_package_may_have_a_repository_of_its_own_name() => Assert.AreEqual("a.example.com/libs/pricing", Sources("Acme.Pricing=a.example.com=libs/pricing").Find(PackageId.Parse("Acme.Pricing"))!.ToString());

    private static LibrarySources Sources(params string[] sources) =>
        new(sources.Select(s => s.Split('=')).Select(p => LibrarySource.Parse(p[0], p[1], p.Length > 2 ? p[2] : "", "/work")));
}
