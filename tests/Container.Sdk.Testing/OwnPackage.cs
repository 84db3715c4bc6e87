using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>
/// A NuGet package that a test makes. Its version follows from its content, so that the package folder that all tests
/// share never has another one under the same name.
/// </summary>
public sealed class OwnPackage
{
    /// <summary>Packs files into the feed of a world; the id starts with <c>Own.</c>.</summary>
    public OwnPackage(Sandbox sandbox, string id, params (string Path, byte[] Content)[] files)
    {
        Id = id;
        var hash = SHA256.HashData([.. files.SelectMany(f => Encoding.UTF8.GetBytes($"{f.Path} {f.Content.Length} ").Concat(f.Content))]);
        Version = $"1.0.0-h{Convert.ToHexStringLower(hash)[..8]}";
        AddFeed(sandbox);
        using var package = ZipFile.Open(sandbox.PathOf($"own-packages/{id}.{Version}.nupkg"), ZipArchiveMode.Create);
        Add(package, $"{id}.nuspec", Encoding.UTF8.GetBytes($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{id}</id>
                <version>{Version}</version>
                <authors>the tests</authors>
                <description>A package of a test.</description>
                <dependencies><group targetFramework="net10.0" /></dependencies>
              </metadata>
            </package>
            """));
        foreach (var (path, content) in files) Add(package, path, content);
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The version.</summary>
    public string Version { get; }

    /// <summary>The item that refers to it; its libraries need not be real, since nothing is compiled against them.</summary>
    public string Reference => $"<PackageReference Include=\"{Id}\" Version=\"{Version}\" ExcludeAssets=\"compile\" />";

    private static void AddFeed(Sandbox sandbox)
    {
        if (Directory.Exists(sandbox.PathOf("own-packages"))) return;
        Directory.CreateDirectory(sandbox.PathOf("own-packages"));
        sandbox.Write("NuGet.config", File.ReadAllText(sandbox.PathOf("NuGet.config"))
            .Replace("</packageSources>", "  <add key=\"own\" value=\"own-packages\" />\n  </packageSources>", StringComparison.Ordinal)
            .Replace("</packageSourceMapping>", "  <packageSource key=\"own\"><package pattern=\"Own.*\" /></packageSource>\n  </packageSourceMapping>", StringComparison.Ordinal));
    }

    private static void Add(ZipArchive package, string path, byte[] content)
    {
        using var entry = package.CreateEntry(path).Open();
        entry.Write(content);
    }
}
