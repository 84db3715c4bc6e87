namespace Container.Sdk.Planning.Tests;

/// <summary>Published files, one for each component.</summary>
internal static class Parts
{
    public const long KiB = 1 << 10;

    public static PublishedFile Package(string id, string version, long size) => File(new FileOrigin(OriginKind.Package, id, version), $"{id}.dll", size);

    public static PublishedFile Runtime(string id, long size) => File(new FileOrigin(OriginKind.Runtime, id, "10.0.0"), $"{id}.dll", size);

    public static PublishedFile Library(string id, string version, long size = 1) => File(new FileOrigin(OriginKind.Library, id, version), $"{id}.dll", size);

    public static PublishedFile Host() => File(FileOrigin.Host, "App", 70 * KiB);

    public static PublishedFile Project(string id, long size = 1) => File(new FileOrigin(OriginKind.Project, id), $"{id}.dll", size);

    public static PublishedFile App(string name = "App.dll", long size = 1) => File(FileOrigin.App, name, size);

    public static PublishedFile Content(string name = "data.bin", long size = 1) => File(FileOrigin.Content, name, size);

    public static PublishedFile Asset(string name = "wwwroot/x.js", long size = 1) => File(FileOrigin.StaticAsset, name, size);

    public static PublishedFile File(FileOrigin origin, string name, long size = 1) => new($"/src/{name}", name, size, origin);

    /// <summary>A project that publishes these files.</summary>
    public static ProjectDescription Describe(params PublishedFile[] files) => new()
    {
        Name = "App",
        Base = new ScratchReference(),
        Platform = new Platform("linux", "amd64"),
        Created = "1980-01-01T00:00:00Z",
        Settings = new ContainerSettings(),
        Files = files,
        DigestOf = file => Digest.Of(System.Text.Encoding.UTF8.GetBytes(file.Source)),
    };

    /// <summary>The names of the layers that these files give.</summary>
    public static string Layers(int most, params PublishedFile[] files) => string.Join(" | ", LayerGrouping.Group(Component.Gather(files), most).Select(g => g.Name));
}
