namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LayersOfPackages
{
    private const string Json = "<PackageReference Include=\"Newtonsoft.Json\" Version=\"13.0.3\" />";

    [TestMethod]
    public void Two_services_with_the_same_large_package_share_the_very_blob()
    {
        using var sandbox = new Sandbox()
            .Console("orders", $"<ItemGroup>{Json}</ItemGroup>")
            .Console("stock", $"<ItemGroup>{Json}<PackageReference Include=\"Serilog\" Version=\"3.1.1\" /></ItemGroup>", says: "Another app");
        sandbox.PublishOnScratch("orders").Succeeded();
        sandbox.PublishOnScratch("stock").Succeeded();
        Assert.AreEqual(LayerOf("orders"), LayerOf("stock"));

        string LayerOf(string service)
        {
            var image = LayoutImages.Read(sandbox.Registry, $"{service}:latest");
            var at = LayerFacts.Of(image).ToList().FindIndex(l => l.Name == "package Newtonsoft.Json 13.0.3");
            return image.Layers[at].Descriptor.Digest.ToString();
        }
    }

    [TestMethod]
    public void ContainerMaxLayers_is_respected_and_every_file_stays()
    {
        using var sandbox = new Sandbox().Library("Lib").Console("app", """
            <ItemGroup>
              <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
              <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="10.0.0" />
              <PackageReference Include="Serilog" Version="3.1.1" />
              <PackageReference Include="Spectre.Console" Version="0.49.1" />
              <ProjectReference Include="../Lib/Lib.csproj" />
            </ItemGroup>
            """);
        sandbox.PublishOnScratch("app").Succeeded();
        var whole = LayoutImages.Read(sandbox.Registry, "app:latest");
        Assert.IsGreaterThan(5, whole.Layers.Length, "The app has too few packages for this test.");
        foreach (var most in (int[])[1, 2, 5])
        {
            sandbox.PublishOnScratch("app", "--no-build", $"-p:ContainerMaxLayers={most}", $"-p:ContainerImageTag={most}").Succeeded();
            var image = LayoutImages.Read(sandbox.Registry, $"app:{most}");
            Assert.HasCount(most, image.Layers);
            Expect.Sequence(LayoutImages.OwnFiles(image), [.. LayoutImages.OwnFiles(whole)]);
        }
    }
}
