namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LayersOfStaleFiles
{
    [TestMethod]
    public void What_an_earlier_publish_left_is_named_and_not_packed()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var clean = sandbox.BuiltImage();
        sandbox.Write("app/bin/Release/net10.0/publish/old/STALE.txt", "left behind");
        var output = sandbox.PublishBuilt().WarnedWith("CSDK6004").Output;
        StringAssert.Contains(output, "old/STALE.txt");
        Assert.AreEqual(clean.Descriptor.Digest, LayoutImages.Read(sandbox.Registry, "app:latest").Descriptor.Digest);
    }

    [TestMethod]
    public void A_file_that_was_deleted_from_the_project_leaves_the_image()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><None Include="*.txt" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""").Write("app/gone.txt", "soon");
        Assert.Contains("app/gone.txt", LayoutImages.OwnFiles(sandbox.BuiltImage()));
        File.Delete(sandbox.PathOf("app/gone.txt"));
        Assert.DoesNotContain("app/gone.txt", LayoutImages.OwnFiles(sandbox.BuiltImage()));
    }
}
