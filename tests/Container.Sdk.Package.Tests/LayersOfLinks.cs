using System.Formats.Tar;

namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LayersOfLinks
{
    [TestMethod]
    public void A_link_among_the_published_files_stays_a_link()
    {
        using var sandbox = new Sandbox().BuiltConsole(Link("app.dll", "current.dll"));
        var entry = sandbox.BuiltImage().Entry("app/current.dll");
        Assert.AreEqual((TarEntryType.SymbolicLink, "app.dll"), (entry.EntryType, entry.LinkName));
    }

    [TestMethod]
    public void A_link_with_an_absolute_path_leads_to_the_same_file_in_the_image()
    {
        using var sandbox = new Sandbox().BuiltConsole(Link("$([System.IO.Path]::GetFullPath('$(PublishDir)'))app.dll", "links/current.dll"));
        var entry = sandbox.BuiltImage().Entry("app/links/current.dll");
        Assert.AreEqual((TarEntryType.SymbolicLink, "../app.dll"), (entry.EntryType, entry.LinkName));
    }

    [TestMethod]
    public void A_link_to_a_folder_is_no_second_copy_of_what_is_in_it()
    {
        using var sandbox = new Sandbox().BuiltConsole($"""
            <ItemGroup><None Include="data/file.txt" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>
            {Link("data", "latest")}
            """).Write("app/data/file.txt", "text");
        var image = sandbox.BuiltImage();
        Assert.AreEqual(TarEntryType.SymbolicLink, image.Entry("app/latest").EntryType);
        Assert.DoesNotContain("app/latest/file.txt", LayoutImages.OwnFiles(image));
    }

    [TestMethod]
    [DataRow("/etc/hostname")]
    [DataRow("../../../../app.csproj")]
    public void A_link_that_leads_outside_is_refused(string target)
    {
        using var sandbox = new Sandbox().BuiltConsole(Link(target, "outside"));
        sandbox.PublishBuilt().RefusedWith("CSDK6002");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    private static string Link(string target, string name) => $"""
        <Target Name="MakeLink" AfterTargets="Publish">
          <MakeDir Directories="$([System.IO.Path]::GetDirectoryName('$(PublishDir){name}'))" />
          <Exec Command="ln -s '{target}' '$(PublishDir){name}'" />
        </Target>
        """;
}
