using System.IO.Compression;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class PackageComparisonTests : IDisposable
{
    private const string Nuspec = """<package><metadata><id>Acme.A</id><version>1.0.0</version><repository type="git" url="https://example.com/a.git" {0} /></metadata></package>""";

    private readonly string _folder = Directory.CreateTempSubdirectory("csdk-comparison-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Equal_content_is_equal_however_it_was_compressed() => Assert.AreEqual("", Differences(
        Package(CompressionLevel.NoCompression, ("lib/a.dll", "code"), ("[Content_Types].xml", "one"), ("package/services/metadata/x.psmdcp", "one")),
        Package(CompressionLevel.Optimal, ("lib/a.dll", "code"), ("[Content_Types].xml", "two"), ("package/services/metadata/y.psmdcp", "two"))));

    [TestMethod]
    public void Where_it_was_packed_makes_no_difference() => Assert.AreEqual("", Differences(
        Package(("Acme.A.nuspec", Nuspec.Replace("{0}", "branch=\"refs/heads/main\" commit=\"0123\"", StringComparison.Ordinal))),
        Package(("Acme.A.nuspec", Nuspec.Replace("{0}", "commit=\"4567\"", StringComparison.Ordinal)))));

    [TestMethod]
    public void What_differs_is_named_by_file() => Assert.AreEqual(
        "lib/a.dll has other content | lib/b.dll is missing | lib/c.dll is new",
        Differences(Package(("lib/a.dll", "one"), ("lib/b.dll", "x")), Package(("lib/a.dll", "two"), ("lib/c.dll", "x"))));

    [TestMethod]
    public void A_long_list_ends_with_a_count() => StringAssert.EndsWith(
        Differences(Package(), Package([.. Enumerable.Range(0, 30).Select(i => ($"lib/{i:00}.dll", "x"))])), "lib/19.dll is new | and 10 more");

    private static string Differences(string present, string made) => string.Join(" | ", PackageComparison.Differences(present, made));

    private string Package(params (string Name, string Content)[] files) => Package(CompressionLevel.Fastest, files);

    private string Package(CompressionLevel level, params (string Name, string Content)[] files)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.nupkg");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name, level).Open());
            writer.Write(content);
        }
        return path;
    }
}
