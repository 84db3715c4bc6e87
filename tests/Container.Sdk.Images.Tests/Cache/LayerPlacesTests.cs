
namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class LayerPlacesTests
{
    private static readonly RegistryHost Here = RegistryHost.Parse("registry.example.com"), There = RegistryHost.Parse("other.example.com");
    private static readonly RepositoryName App = RepositoryName.Parse("team/app"), Library = RepositoryName.Parse("libs/pricing");
    private static readonly Digest One = Digest.Of("1"u8), Two = Digest.Of("2"u8);

    [TestMethod]
    public void A_place_that_was_remembered_is_known_to_the_next_build()
    {
        using var folder = new TestFolder();
        new LayerPlaces(folder.Path, Here).Remember([One], App);
        var places = new LayerPlaces(folder.Path, Here);
        Assert.AreEqual(App, places.Find(One));
        Assert.IsNull(places.Find(Two));
    }

    [TestMethod]
    public void Each_registry_has_its_own_places()
    {
        using var folder = new TestFolder();
        new LayerPlaces(folder.Path, Here).Remember([One], App);
        Assert.IsNull(new LayerPlaces(folder.Path, There).Find(One));
    }

    [TestMethod]
    public void What_another_build_remembered_meanwhile_stays()
    {
        using var folder = new TestFolder();
        var first = new LayerPlaces(folder.Path, Here);
        new LayerPlaces(folder.Path, Here).Remember([One], App);
        first.Remember([Two], Library);
        var places = new LayerPlaces(folder.Path, Here);
        Assert.AreEqual((App, Library), (places.Find(One), places.Find(Two)));
    }

    [TestMethod]
    public void Nothing_is_written_where_nothing_is_new()
    {
        using var folder = new TestFolder();
        var places = new LayerPlaces(folder.Path, Here);
        places.Remember([One], App);
        var file = folder[folder.Names[^1]];
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        places.Remember([One], App);
        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file));
    }

    [TestMethod]
    public void What_cannot_be_read_is_not_known()
    {
        using var folder = new TestFolder();
        new LayerPlaces(folder.Path, Here).Remember([One, Two], App);
        var file = folder[folder.Names[^1]];
        File.WriteAllLines(file, ["", "nonsense", $"{One} ../../etc", "sha256:1 team/app", $"{One}", $"{Two} libs/pricing"]);
        var places = new LayerPlaces(folder.Path, Here);
        Assert.IsNull(places.Find(One));
        Assert.AreEqual(Library, places.Find(Two));
    }

    [TestMethod]
    public void The_oldest_places_are_forgotten_first()
    {
        using var folder = new TestFolder();
        var blobs = Enumerable.Range(0, 10_001).Select(i => Digest.Of(BitConverter.GetBytes(i))).ToList();
        new LayerPlaces(folder.Path, Here).Remember(blobs, App);
        var places = new LayerPlaces(folder.Path, Here);
        Assert.IsNull(places.Find(blobs[0]));
        Assert.AreEqual(App, places.Find(blobs[1]));
        Assert.AreEqual(App, places.Find(blobs[^1]));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_no_reason_to_fail()
    {
        using var folder = new TestFolder();
        folder.Write("file", []);
        var places = new LayerPlaces(folder["file"], Here);
        places.Remember([One], App);
        Assert.AreEqual(App, places.Find(One));
    }

    [TestMethod]
    public void A_placed_blob_can_be_mounted_in_its_registry_only()
    {
        var blob = new PlacedBlob(PackedImage.Create("x").Layers[0].Content, Here, Library);
        Assert.AreEqual(Library, blob.PlaceIn(Here));
        Assert.IsNull(blob.PlaceIn(There));
    }

    [TestMethod]
    public void The_place_that_was_learned_last_counts()
    {
        var blob = new PlacedBlob(new PlacedBlob(PackedImage.Create("x").Layers[0].Content, Here, App), Here, Library);
        Assert.AreEqual(Library, blob.PlaceIn(Here));
    }

    [TestMethod]
    public void A_place_in_one_registry_hides_none_in_another()
    {
        var blob = new PlacedBlob(new PlacedBlob(PackedImage.Create("x").Layers[0].Content, There, App), Here, Library);
        Assert.AreEqual(App, blob.PlaceIn(There));
    }
}
