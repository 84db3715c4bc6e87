namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class ConfigurationOfLabels
{
    [TestMethod]
    public void The_users_labels_stay_where_none_are_generated()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><ContainerLabel Include="mine" Value="kept" /></ItemGroup>""");
        var labels = sandbox.BuiltImage("-p:ContainerGenerateLabels=false").Configuration.Labels;
        Expect.Sequence(labels.Select(l => $"{l.Key}={l.Value}"), "mine=kept");
    }

    [TestMethod]
    public void Labels_are_generated_from_what_the_project_says_of_itself()
    {
        using var sandbox = new Sandbox().BuiltConsole("""
            <PropertyGroup>
              <Description>Sells: things; many</Description>
              <Authors>Ann;Bob</Authors>
              <PackageVersion>1.2.3+build.4</PackageVersion>
              <PackageProjectUrl>https://example.com/shop</PackageProjectUrl>
              <PackageLicenseExpression>MIT</PackageLicenseExpression>
              <ContainerVendor>Shop &amp; Co</ContainerVendor>
              <ContainerTitle>Shop</ContainerTitle>
            </PropertyGroup>
            """);
        var labels = sandbox.BuiltImage().Configuration.Labels;
        Assert.AreEqual("Sells: things; many", labels["org.opencontainers.image.description"]);
        Assert.AreEqual("Ann;Bob", labels["org.opencontainers.image.authors"]);
        Assert.AreEqual("1.2.3+build.4", labels["org.opencontainers.image.version"]);
        Assert.AreEqual("https://example.com/shop", labels["org.opencontainers.image.url"]);
        Assert.AreEqual("MIT", labels["org.opencontainers.image.licenses"]);
        Assert.AreEqual("Shop & Co", labels["org.opencontainers.image.vendor"]);
        Assert.AreEqual("Shop", labels["org.opencontainers.image.title"]);
        Assert.AreEqual("10.0", labels["net.dot.runtime.majorminor"]);
    }

    [TestMethod]
    public void One_generated_label_can_be_switched_off()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var labels = sandbox.BuiltImage("-p:ContainerGenerateLabelsImageCreated=false").Configuration.Labels;
        Assert.IsFalse(labels.ContainsKey("org.opencontainers.image.created"));
        Assert.IsTrue(labels.ContainsKey("org.opencontainers.image.version"));
    }

    [TestMethod]
    public void SOURCE_DATE_EPOCH_is_the_time_of_the_image_and_not_of_its_files()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Environment["SOURCE_DATE_EPOCH"] = "1700000000";
        var image = sandbox.BuiltImage();
        Assert.AreEqual("2023-11-14T22:13:20Z", (string?)image.Document()["created"]);
        Assert.AreEqual("2023-11-14T22:13:20Z", (string?)image.Document()["history"]!.AsArray()[^1]!["created"]);
        Assert.AreEqual("2023-11-14T22:13:20Z", image.Configuration.Labels["org.opencontainers.image.created"]);
        Assert.AreEqual(1980, image.Entry("app/app.dll").ModificationTime.Year);
    }
}
