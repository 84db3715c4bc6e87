namespace Container.Sdk.Package.Tests;

/// <summary>Library images that restore takes inside of a build, too.</summary>
[TestClass]
public sealed class MultiStageOfLibraries
{
    [TestMethod]
    public void A_registry_in_a_folder_is_where_the_container_looks_for_it()
    {
        using var image = new EngineRepository();
        using var sandbox = new Sandbox(cold: true).WithSource().Has("Acme.A 1.0.0").Uses("app", ["Acme.A 1.*"]);
        sandbox.Dotnet("app", ["publish", "-v", "minimal", "-p:ContainerStrategy=MultiStage", .. BuildImages.Properties(), .. image.Properties]).SucceededQuietly();
        Assert.Contains("Acme.A", image.Run().Succeeded().Output);
    }
}
