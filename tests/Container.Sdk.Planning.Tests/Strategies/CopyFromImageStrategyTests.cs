using static Container.Sdk.Planning.Tests.Parts;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class CopyFromImageStrategyTests
{
    private static readonly LibraryLayer Image = new(
        ImageReference.Parse("registry.example.com/libs/acme.a:1.0.0", "/"), new Descriptor(MediaTypes.OciLayerGzip, Digest.Of([1]), 1), Digest.Of([2]), "another framework");

    [TestMethod]
    public void A_library_has_the_layer_of_its_image() =>
        Assert.AreSame(Image, Arrange([App(), Library("Acme.A", "1.0.0")], origin => origin.Id == "Acme.A" ? Image : null)[0].Library);

    [TestMethod]
    public void A_library_whose_image_is_not_known_says_so()
    {
        var layer = Arrange([App(), Library("Acme.A", "1.0.0")])[0];
        Assert.IsNull(layer.Library);
        Assert.AreEqual("restore did not take it from its library image", layer.NotShared);
    }

    [TestMethod]
    public void A_project_becomes_a_thin_image_where_it_has_a_repository()
    {
        var layers = Arrange([App(), Project("Core"), Project("Plain")], thinImages: id => id == "Core" ? RepositoryName.Parse("core") : null);
        CollectionAssert.AreEqual((string[])["project Core: core", "project Plain: ", "application: "], layers.Select(l => $"{l.Name}: {l.ThinImage}").ToArray());
    }

    [TestMethod]
    public void Projects_that_share_a_layer_become_no_thin_image() =>
        Assert.IsTrue(Arrange([App(), Project("A"), Project("B")], thinImages: _ => RepositoryName.Parse("x"), most: 2).All(l => l.ThinImage is null));

    [TestMethod]
    public void Packages_and_the_app_are_layers_as_ever() =>
        Assert.IsTrue(Arrange([App(), Package("P", "1", 1)], _ => Image, _ => RepositoryName.Parse("x")).All(l => l is { Library: null, NotShared: null, ThinImage: null }));

    private static PlannedLayer[] Arrange(PublishedFile[] files, Func<FileOrigin, LibraryLayer?>? libraries = null, Func<string, RepositoryName?>? thinImages = null, int most = 100)
    {
        var origins = files.Select(f => f.Origin).Distinct().ToList();
        return
        [
            .. StrategyTable.Find("CopyFromImage")!.Plan(Describe(files) with
            {
                MaxLayers = most,
                Libraries = origins.Where(o => libraries?.Invoke(o) is not null).ToDictionary(o => o, o => libraries!(o)!),
                ThinImages = origins.Where(o => thinImages?.Invoke(o.Id) is not null).DistinctBy(o => o.Id).ToDictionary(o => o.Id, o => thinImages!(o.Id)!),
            }).Layers,
        ];
    }
}
