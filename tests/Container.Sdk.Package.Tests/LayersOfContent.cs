namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LayersOfContent
{
    [TestMethod]
    public void Large_content_of_the_app_lies_below_what_is_compiled()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><None Include="large.bin" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");
        File.WriteAllBytes(sandbox.PathOf("app/large.bin"), new byte[1 << 20]);
        var image = sandbox.BuiltImage();
        Expect.Sequence(LayerFacts.Of(image).Select(l => l.Name), "content files", "application");
        Expect.Sequence(LayerFacts.FilesOf(image, "content files"), "app/large.bin");
        Assert.Contains("app/app.dll", LayerFacts.FilesOf(image, "application"));
    }
}
