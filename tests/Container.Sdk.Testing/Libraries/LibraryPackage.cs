using System.IO.Compression;
using System.Text;
using NuGet.Versioning;

namespace Container.Sdk.Testing;

/// <summary>A library's package, made without compiling: the same parts give the same bytes.</summary>
/// <param name="Id">Its id; its assembly is called so too.</param>
/// <param name="Version">Its version.</param>
/// <param name="Dependencies">What it needs, as <c>Acme.C [1.0.0, )</c>.</param>
public sealed record LibraryPackage(string Id, string Version, params string[] Dependencies)
{
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What its assembly says: its id and version, unless a test wants two that differ.</summary>
    public string Says { get; init; } = $"{Id} {Version}";

    /// <summary>The folders in <c>lib</c> that have its assembly.</summary>
    public IReadOnlyList<string> Frameworks { get; init; } = ["net10.0"];

    /// <summary>More files.</summary>
    public IReadOnlyList<(string Path, byte[] Content)> Files { get; init; } = [];

    /// <summary>Reads <c>Acme.A 1.0.0</c>.</summary>
    public static LibraryPackage Of(string name, params string[] dependencies) => new(name.Split(' ')[0], name.Split(' ')[1], dependencies);

    /// <summary>Writes the package into a folder.</summary>
    /// <returns>The file.</returns>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{Id}.{NuGetVersion.Parse(Version).ToNormalizedString()}.nupkg");
        using var package = ZipFile.Open(file, ZipArchiveMode.Create);
        Add(package, $"{Id}.nuspec", Encoding.UTF8.GetBytes(Nuspec()));
        var assembly = TinyAssembly.Of(Id, NuGetVersion.Parse(Version).Version, Says);
        foreach (var framework in Frameworks) Add(package, $"lib/{framework}/{Id}.dll", assembly);
        foreach (var (path, content) in Files) Add(package, path, content);
        return file;
    }

    private string Nuspec() => $"""
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{Id}</id>
            <version>{Version}</version>
            <authors>the tests</authors>
            <description>A library of a test.</description>
            <dependencies>{string.Concat(Frameworks.Select(Group))}</dependencies>
          </metadata>
        </package>
        """;

    private string Group(string framework) =>
        $"<group targetFramework=\"{framework}\">{string.Concat(Dependencies.Select(d => d.Split(' ', 2)).Select(d => $"<dependency id=\"{d[0]}\" version=\"{d[1]}\" />"))}</group>";

    private static void Add(ZipArchive package, string path, byte[] content)
    {
        var entry = package.CreateEntry(path);
        entry.LastWriteTime = Time;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
