using Container.Sdk.Libraries;

namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class LibraryPlacesTests : IDisposable
{
    private readonly RestoredApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public void A_registry_is_named_once_by_its_host() =>
        Expect.Sequence(Of(Source("Acme.*", "registry.example:5000"), Source("Other.*", "a.example"), Source("Third", "registry.example:5000")).Registries, "a.example", "registry.example:5000");

    [TestMethod]
    public void A_registry_in_a_folder_of_the_repository_comes_with_the_sources_and_another_has_its_own_path()
    {
        var (inner, outer) = (_app.Feed("repo/libs"), _app.Feed("libs"));
        Expect.Sequence(
            Of(Source("A", "oci:../../libs"), Source("B", $"oci:{outer}"), Source("C", "oci:missing")).Folders.OrderBy(f => f.Folder, StringComparer.Ordinal),
            new Planning.FolderFeed("libraries-1", outer, outer), new Planning.FolderFeed("libraries-2", inner, "/source/libs"));
    }

    private LibrarySource Source(string pattern, string registry) => LibrarySource.Parse(pattern, registry, "", _app.ProjectFolder);

    private LibraryPlaces Of(params LibrarySource[] sources) => LibraryPlaces.Of([.. sources], _app.Root);
}
