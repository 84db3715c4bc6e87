namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LibraryImagesOfTests
{
    [TestMethod]
    public void The_library_images_of_these_tests_are_those_that_publishing_makes()
    {
        using var sandbox = new Sandbox().Library("Acme.Real", """
            <PropertyGroup>
              <ContainerStrategy>CopyFromImage</ContainerStrategy>
              <ContainerImageKind>Library</ContainerImageKind>
              <PackageVersion>1.2.0</PackageVersion>
            </PropertyGroup>
            <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="13.0.3" /></ItemGroup>
            """);
        sandbox.PublishOnScratch("Acme.Real").Succeeded();
        var published = LayoutImages.Read(sandbox.Registry, "acme.real:1.2.0");
        var package = sandbox.PathOf("package.nupkg");
        File.WriteAllBytes(package, published.Bytes("packages/Acme.Real.1.2.0.nupkg"));

        var made = LibraryImages.Make(package, sandbox.PathOf("made"));
        Expect.Sequence(made.Layers.Select(l => $"{l.DiffId} {l.Descriptor}"), [.. published.Layers.Select(l => $"{l.DiffId} {l.Descriptor}")]);
        Expect.Sequence(Labels(made), [.. Labels(published)]);
        Assert.AreEqual(published.Configuration.Platform, made.Configuration.Platform);
    }

    private static IEnumerable<string> Labels(Image image) => image.Configuration.Labels
        .Where(l => l.Key.StartsWith("container-sdk.", StringComparison.Ordinal) || l.Key is "org.opencontainers.image.title" or "org.opencontainers.image.version")
        .Select(l => $"{l.Key}={l.Value}").Order(StringComparer.Ordinal);
}
