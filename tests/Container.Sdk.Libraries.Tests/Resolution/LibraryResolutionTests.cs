using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LibraryResolutionTests : IDisposable
{
    private static readonly LibrarySources Sources = SourcesOf(("Acme.*", "registry.example.com"));
    private static readonly LibraryResolution Sample = new(
    [
        Resolved("Acme.B [1.0.0, 2.0.0)", "1.1.0", "registry.example.com/libs/acme.b", isDirect: false),
        Resolved("Acme.A 1.*", "1.4.0", "registry.example.com/libs/acme.a", isDirect: true),
    ]) { Others = [PackageId.Parse("Serilog")] };

    private readonly OwnFolder _folder = new();

    private string File => _folder["libraries.json"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void What_was_written_is_read_in_the_order_of_ids()
    {
        Sample.Write(File);
        var read = LibraryResolution.Read(File)!;
        CollectionAssert.AreEqual(new[] { Sample.Libraries[1], Sample.Libraries[0] }, read.Libraries.ToArray());
        Assert.AreEqual("Serilog", string.Join(", ", read.Others));
    }

    [TestMethod]
    public void The_same_record_is_the_same_file_in_whatever_order_it_was_made()
    {
        Sample.Write(File);
        var first = System.IO.File.ReadAllText(File);
        (Sample with { Libraries = [.. Sample.Libraries.Reverse()] }).Write(_folder["other.json"]);
        Assert.AreEqual(first, System.IO.File.ReadAllText(_folder["other.json"]));
    }

    [TestMethod]
    public void A_record_that_says_nothing_new_leaves_the_file_alone()
    {
        Sample.Write(File);
        var before = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        System.IO.File.SetLastWriteTimeUtc(File, before);
        Sample.Write(File);
        Assert.AreEqual(before, System.IO.File.GetLastWriteTimeUtc(File));
        (Sample with { Others = [] }).Write(File);
        Assert.AreNotEqual(before, System.IO.File.GetLastWriteTimeUtc(File));
    }

    [TestMethod]
    public void No_file_is_no_record() => Assert.IsNull(LibraryResolution.Read(_folder["none.json"]));

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{"version":1}""")]
    [DataRow("""{"version":"1","libraries":[]}""")]
    [DataRow("""{"version":2,"libraries":[]}""")]
    [DataRow("""{"version":1,"libraries":[1]}""")]
    [DataRow("""{"version":1,"libraries":[null]}""")]
    [DataRow("""{"version":1,"libraries":[{"id":"Acme.A"}]}""")]
    [DataRow("""{"version":1,"libraries":[],"others":["no id!"]}""")]
    [DataRow("""{"version":1,"libraries":[],"others":[],"more":1}""")]
    public void A_file_that_is_no_record_of_this_version_is_none(string content)
    {
        System.IO.File.WriteAllText(File, content);
        Assert.IsNull(LibraryResolution.Read(File));
    }

    [TestMethod]
    [DataRow("id", "\"no id!\"")]
    [DataRow("id", "null")]
    [DataRow("asked", "\"x\"")]
    [DataRow("version", "\"x\"")]
    [DataRow("repository", "\"acme\"")]
    [DataRow("digest", "\"sha256:a\"")]
    [DataRow("hash", "1")]
    [DataRow("direct", "\"yes\"")]
    [DataRow("more", "1")]
    public void A_member_that_is_something_else_or_that_nobody_knows_makes_it_none(string member, string value)
    {
        Sample.Write(File);
        var json = Json.ParseObject(System.IO.File.ReadAllBytes(File));
        json["libraries"]![0]![member] = System.Text.Json.Nodes.JsonNode.Parse(value);
        System.IO.File.WriteAllBytes(File, Json.ToBytes(json));
        Assert.IsNull(LibraryResolution.Read(File));
    }

    [TestMethod]
    public void A_range_that_is_there_twice_makes_it_none()
    {
        (Sample with { Libraries = [.. Sample.Libraries, Sample.Libraries[0] with { IsDirect = true }] }).Write(File);
        Assert.IsNull(LibraryResolution.Read(File));
    }

    // The shape that files of earlier versions have.
    [TestMethod]
    public void The_file_is_what_it_always_was()
    {
        Sample.Write(File);
        Assert.AreEqual($$"""
            {
              "version": 1,
              "libraries": [
                {
                  "id": "Acme.A",
                  "asked": "[1.*, )",
                  "version": "1.4.0",
                  "repository": "registry.example.com/libs/acme.a",
                  "digest": "{{Digest.Of("Acme.A 1.*"u8)}}",
                  "hash": "Acme.A 1.*==",
                  "direct": true
                },
                {
                  "id": "Acme.B",
                  "asked": "[1.0.0, 2.0.0)",
                  "version": "1.1.0",
                  "repository": "registry.example.com/libs/acme.b",
                  "digest": "{{Digest.Of("Acme.B [1.0.0, 2.0.0)"u8)}}",
                  "hash": "Acme.B [1.0.0, 2.0.0)==",
                  "direct": false
                }
              ],
              "others": [
                "Serilog"
              ]
            }

            """, System.IO.File.ReadAllText(File));
    }

    [TestMethod]
    [DataRow("registry/libs/acme.a", "registry")]
    [DataRow("localhost:5000/libs/acme.a", "localhost:5000")]
    [DataRow("docker.io/libs/acme.a", "docker.io")]
    public void A_registry_of_any_name_is_read_as_it_was_written(string repository, string registry)
    {
        new LibraryResolution([Resolved("Acme.A 1.*", "1.4.0", repository, isDirect: true)]).Write(File);
        Assert.IsTrue(LibraryResolution.Read(File)!.Answers([Ask.For("Acme.A 1.*")], SourcesOf(("Acme.*", registry))));
    }

    [TestMethod]
    public void The_same_requests_are_answered_however_they_are_written() => Assert.IsTrue(Sample.Answers([Ask.For("acme.a 1.*"), Ask.For("Serilog 4.0.0")], Sources));

    [TestMethod]
    [DataRow("Acme.A 1.0.0")]
    [DataRow("Acme.A 1.*;Acme.C 1.0.0")]
    [DataRow("Acme.A 1.*;Acme.B [1.0.0, 2.0.0)")]
    [DataRow("")]
    public void Other_requests_are_not_answered(string requests) =>
        Assert.IsFalse(Sample.Answers(requests.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Ask.For), Sources));

    [TestMethod]
    public void A_library_that_lies_elsewhere_now_is_not_answered() => Assert.IsFalse(Sample.Answers([Ask.For("Acme.A 1.*")], SourcesOf(("Acme.*", "registry.example.com"), ("Acme.B", "other.example.com"))));

    [TestMethod]
    public void A_dependency_that_is_covered_since_is_not_answered() => Assert.IsFalse(Sample.Answers([Ask.For("Acme.A 1.*")], SourcesOf(("Acme.*", "registry.example.com"), ("Serilog", "registry.example.com"))));

    [TestMethod]
    public void A_library_that_no_source_covers_now_is_not_answered() => Assert.IsFalse(Sample.Answers([Ask.For("Acme.A 1.*")], SourcesOf(("Acme.A", "registry.example.com"))));

    [TestMethod]
    public void Nothing_is_answered_by_nothing() => Assert.IsTrue(new LibraryResolution([]).Answers([Ask.For("Serilog 4.0.0")], Sources));

    [TestMethod]
    public void A_range_of_all_versions_is_answered()
    {
        var all = Ask.For("Acme.A");
        new LibraryResolution([Resolved("Acme.A", "1.0.0", "registry.example.com/libs/acme.a", isDirect: true)]).Write(File);
        Assert.IsTrue(LibraryResolution.Read(File)!.Answers([all], Sources));
    }

    private static ResolvedLibrary Resolved(string request, string version, string repository, bool isDirect) => new(
        Ask.For(request), new ResolvedVersion(NuGetVersion.Parse(version), ImageRepository.ParseName(repository, "/"), Digest.Of(System.Text.Encoding.UTF8.GetBytes(request))), $"{request}==", isDirect);

    private static LibrarySources SourcesOf(params (string Pattern, string Registry)[] sources) =>
        new(sources.Select(s => LibrarySource.Parse(s.Pattern, s.Registry, "libs/{id}", "/work")));
}
