using System.Text;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class PublishedFilesTests
{
    [TestMethod]
    public void Files_of_the_list_are_described()
    {
        using var folder = new PublishFolder().File("App.dll", "12345").File("runtimes/x/lib.so", "1").File("run.sh", "#!/bin/sh");
        var files = folder.Read(Item("App.dll"), Item("run.sh"), Item("runtimes/x/lib.so") with { NuGetPackageId = "Lib", NuGetPackageVersion = "1" });
        Assert.AreEqual(
            "App.dll 5 application False|run.sh 9 content files True|runtimes/x/lib.so 1 package Lib 1 False",
            string.Join('|', files.OrderBy(f => f.RelativePath, StringComparer.Ordinal).Select(f => $"{f.RelativePath} {f.Length} {f.Origin} {f.IsProgram}")));
        Assert.IsTrue(files.All(f => File.Exists(f.Source)));
    }

    [TestMethod]
    public void A_stale_file_is_not_packed_and_one_warning_says_so()
    {
        using var folder = new PublishFolder().File("App.dll").File("STALE.txt").File("old/STALE.dll");
        Assert.AreEqual("App.dll", string.Join('|', folder.Read(Item("App.dll")).Select(f => f.RelativePath)));
        Assert.AreEqual("CSDK6004", folder.Reporter.Warnings.Single());
    }

    [TestMethod]
    public void A_link_to_a_stale_file_is_not_packed_either()
    {
        using var folder = new PublishFolder().File("App.dll").File("old.dll").Link("stale", "old.dll");
        Assert.AreEqual("App.dll", string.Join('|', folder.Read(Item("App.dll")).Select(f => f.RelativePath)));
        Assert.AreEqual("CSDK6004", folder.Reporter.Warnings.Single());
    }

    [TestMethod]
    public void Nothing_is_warned_of_where_the_list_is_complete()
    {
        using var folder = new PublishFolder().File("App.dll");
        folder.Read(Item("App.dll"));
        Assert.IsEmpty(folder.Reporter.Warnings);
    }

    [TestMethod]
    public void A_file_of_the_list_that_is_not_there_has_a_code()
    {
        using var folder = new PublishFolder().File("App.dll");
        Expect.Failure(Diagnostics.FileMissing, () => folder.Read(Item("App.dll"), Item("Gone.dll")));
    }

    [TestMethod]
    [DataRow("data/real", "real")]
    [DataRow("other/x", "../other/x")]
    public void A_link_inside_of_the_folder_stays_a_link(string target, string written)
    {
        using var folder = new PublishFolder().File("data/real").File("other/x").Link("data/link", target);
        var link = folder.Read(Item("data/real"), Item("other/x"), Item("data/link")).Single(f => f.RelativePath == "data/link");
        Assert.AreEqual((written, 0L), (link.LinkTarget, link.Length));
    }

    [TestMethod]
    public void A_link_to_a_folder_is_one_entry()
    {
        using var folder = new PublishFolder().File("data/real").Link("current", "data");
        Assert.AreEqual(
            "current -> data|data/real -> ",
            string.Join('|', folder.Read(Item("data/real"), Item("current")).OrderBy(f => f.RelativePath, StringComparer.Ordinal).Select(f => $"{f.RelativePath} -> {f.LinkTarget}")));
    }

    [TestMethod]
    public void A_link_that_leads_outside_is_refused()
    {
        using var folder = new PublishFolder().File("App.dll").Link("evil", "/etc/passwd");
        Expect.Failure(Diagnostics.LinkOutside, () => folder.Read(Item("App.dll"), Item("evil")));
    }

    [TestMethod]
    public void A_folder_whose_name_only_begins_alike_is_outside()
    {
        using var folder = new PublishFolder().File("App.dll").Link("evil", "../publish2/x");
        Expect.Failure(Diagnostics.LinkOutside, () => folder.Read(Item("App.dll"), Item("evil")));
    }

    // MSBuild makes such links where CreateSymbolicLinksForPublishFilesIfPossible is set.
    [TestMethod]
    public void A_link_to_the_very_file_that_is_published_stands_for_the_file()
    {
        using var folder = new PublishFolder();
        var source = folder.Outside("App.dll", "12345");
        folder.Link("App.dll", source);
        var file = folder.Read(new PublishedItem("App.dll", source)).Single();
        Assert.AreEqual((null, 5L), (file.LinkTarget, file.Length));
        Assert.AreEqual(Digest.Of("12345"u8), FileHashing.Read(file.Source).Digest);
    }

    [TestMethod]
    public void The_manifest_of_endpoints_is_packed_without_the_time_of_the_build()
    {
        using var folder = new PublishFolder().File(
            "App.staticwebassets.endpoints.json", """{"Endpoints":[{"ResponseHeaders":[{"Name":"Last-Modified","Value":"Mon, 05 Jan 2026 10:00:00 GMT"}]}]}""");
        var file = folder.Read(Item("App.staticwebassets.endpoints.json")).Single();
        var text = File.ReadAllText(file.Source);
        Assert.Contains("Tue, 01 Jan 1980 00:00:00 GMT", text);
        Assert.AreEqual(text.Length, file.Length);
    }

    private static PublishedItem Item(string path) => new(path, "/repo/App/" + path);

    private sealed class PublishFolder : IDisposable
    {
        private readonly TestFolder _folder = new();

        public RecordingReporter Reporter { get; } = new();

        public PublishFolder File(string path, string content = "x")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder["publish/" + path])!);
            _folder.Write("publish/" + path, Encoding.UTF8.GetBytes(content));
            return this;
        }

        /// <summary>A link to something in the folder, or to an absolute path.</summary>
        public PublishFolder Link(string path, string target)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder["publish/" + path])!);
            System.IO.File.CreateSymbolicLink(_folder["publish/" + path], Path.GetFullPath(target, _folder["publish"]));
            return this;
        }

        public string Outside(string name, string content) => _folder.Write(name, Encoding.UTF8.GetBytes(content));

        public IReadOnlyList<PublishedFile> Read(params PublishedItem[] items) =>
            new PublishedFiles(_folder["publish"], _folder["scratch"], Reporter).Read(items, new OriginRules("/repo/App", "App", []));

        public void Dispose() => _folder.Dispose();
    }
}
