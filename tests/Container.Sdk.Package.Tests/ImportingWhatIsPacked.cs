using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Container.Sdk.Package.Tests;

/// <summary>What is in the package.</summary>
[TestClass]
public sealed class ImportingWhatIsPacked
{
    [TestMethod]
    public void The_folder_sdk_is_in_the_package_as_it_stands()
    {
        using var package = Open();
        var root = Path.Combine(PackedPackage.Root, "sdk");
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, file).Replace('\\', '/');
            using var packed = new StreamReader((package.GetEntry(name) ?? throw new AssertFailedException($"{name} is not in the package.")).Open());
            Assert.AreEqual(File.ReadAllText(file), packed.ReadToEnd(), name);
        }
    }

    [TestMethod]
    public void Nothing_else_is_in_the_package_but_the_tasks_the_licence_and_the_readme()
    {
        using var package = Open();
        var root = Path.Combine(PackedPackage.Root, "sdk");
        var rest = package.Entries.Select(e => e.FullName)
            .Where(n => !File.Exists(Path.Combine(root, n)) && !n.StartsWith("tasks/", StringComparison.Ordinal))
            // What a package is made of: the Open Packaging Conventions.
            .Where(n => n is not "[Content_Types].xml" && !n.StartsWith("_rels/", StringComparison.Ordinal) && !n.StartsWith("package/", StringComparison.Ordinal));
        Expect.Sequence(rest.Order(StringComparer.Ordinal), "Container.Sdk.nuspec", "LICENSE", "README.md", "THIRD-PARTY-NOTICES.txt");
    }

    [TestMethod]
    [DataRow("any")]
    [DataRow("linux-x64")]
    public void The_tasks_are_our_own_assemblies_and_those_of_NuGet_and_find_all_that_they_refer_to(string platform)
    {
        using var package = Open();
        var files = package.Entries.Where(e => e.FullName.StartsWith($"tasks/{platform}/", StringComparison.Ordinal)).ToList();
        var assemblies = files.Where(e => e.Name != "Container.Sdk.Tasks.deps.json").ToDictionary(e => Path.GetFileNameWithoutExtension(e.Name), References);
        Assert.HasCount(assemblies.Count + 1, files);
        Assert.IsTrue(assemblies.ContainsKey("Container.Sdk.Tasks"));
        // What a version, a configuration and a credential of NuGet's mean is NuGet's to say; the last two are what its assemblies need.
        foreach (var name in assemblies.Keys.Where(n => !n.StartsWith("NuGet.", StringComparison.Ordinal) && n is not ("Newtonsoft.Json" or "System.Security.Cryptography.ProtectedData")))
            StringAssert.StartsWith(name, "Container.Sdk.");
        // The runtime and MSBuild come from the host; everything else has to be in the package.
        var missing = assemblies.Values.SelectMany(r => r).Distinct()
            .Where(r => !r.StartsWith("System.", StringComparison.Ordinal) && !r.StartsWith("Microsoft.Build.", StringComparison.Ordinal) && r is not ("Microsoft.Build" or "Microsoft.Win32.Primitives") && !assemblies.ContainsKey(r));
        Expect.Sequence(missing);
    }

    [TestMethod]
    public void The_tasks_are_there_for_every_machine_and_compiled_ahead_for_one()
    {
        using var package = Open();
        Expect.Sequence(
            package.Entries.Where(e => e.FullName.StartsWith("tasks/", StringComparison.Ordinal)).Select(e => e.FullName.Split('/')[1]).Distinct().Order(StringComparer.Ordinal),
            "any", "linux-x64");
    }

    [TestMethod]
    public void The_package_is_an_SDK_that_brings_no_dependencies_along()
    {
        using var package = Open();
        using var stream = package.GetEntry("Container.Sdk.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        string? Text(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
        Assert.AreEqual("Container.Sdk", Text("id"));
        Assert.AreEqual(PackedPackage.Version, Text("version"));
        Assert.AreEqual("true", Text("developmentDependency"));
        Assert.AreEqual("MSBuildSdk", metadata.Descendants().Single(e => e.Name.LocalName == "packageType").Attribute("name")!.Value);
        Assert.IsFalse(metadata.Descendants().Any(e => e.Name.LocalName == "dependency"));
    }

    private static List<string> References(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        using (var stream = entry.Open()) stream.CopyTo(bytes);
        bytes.Position = 0;
        using var assembly = new PEReader(bytes);
        var metadata = assembly.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    private static ZipArchive Open() => ZipFile.OpenRead(Path.Combine(PackedPackage.Feed, $"Container.Sdk.{PackedPackage.Version}.nupkg"));
}
