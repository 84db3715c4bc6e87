namespace Container.Sdk.Planning;

/// <summary>Where a published file came from, from the bottom of an image to its top.</summary>
public enum OriginKind
{
    /// <summary>Files that the user puts anywhere into the image: <c>ContainerFile</c>.</summary>
    File,

    /// <summary>The .NET runtime of a self-contained app.</summary>
    Runtime,

    /// <summary>A NuGet package.</summary>
    Package,

    /// <summary>A NuGet package that travels as a library image.</summary>
    Library,

    /// <summary>A library project that the app refers to.</summary>
    Project,

    /// <summary>Static web assets.</summary>
    StaticAsset,

    /// <summary>The program that starts the app's assembly: the same in every build, and much larger than most apps.</summary>
    Host,

    /// <summary>Files that the app publishes as they are: content, not compiled.</summary>
    Content,

    /// <summary>The app itself.</summary>
    App,
}

/// <summary>The component that a file belongs to.</summary>
/// <param name="Kind">What kind of component.</param>
/// <param name="Id">Package id or project name; empty for the app and its assets.</param>
/// <param name="Version">Package version; empty for what has none.</param>
public sealed record FileOrigin(OriginKind Kind, string Id = "", string Version = "")
{
    /// <summary>The app itself.</summary>
    public static FileOrigin App { get; } = new(OriginKind.App);

    /// <summary>The program that starts the app.</summary>
    public static FileOrigin Host { get; } = new(OriginKind.Host);

    /// <summary>The app's content files.</summary>
    public static FileOrigin Content { get; } = new(OriginKind.Content);

    /// <summary>Static web assets.</summary>
    public static FileOrigin StaticAsset { get; } = new(OriginKind.StaticAsset);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        OriginKind.App => "application",
        OriginKind.File => Id.Length == 0 ? "files" : $"files of {Id}",
        OriginKind.Host => "program host",
        OriginKind.Content => "content files",
        OriginKind.StaticAsset => "static web assets",
        OriginKind.Library => $"library {Id} {Version}",
        OriginKind.Project => $"project {Id}",
        OriginKind.Runtime => $"runtime {Id} {Version}",
        _ => $"package {Id} {Version}",
    };
}
