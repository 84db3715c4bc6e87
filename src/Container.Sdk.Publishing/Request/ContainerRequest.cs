using System.Collections.Immutable;
using Container.Sdk.Images;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Container.Sdk.Transports;

namespace Container.Sdk.Publishing;

/// <summary>What a project asks for, checked: everything that planning, building and delivering its image need to know of it.</summary>
public sealed record ContainerRequest
{
    /// <summary>The label with the name of the base (image-spec, annotations.md).</summary>
    internal const string BaseNameLabel = "org.opencontainers.image.base.name";

    /// <summary>The project.</summary>
    public required ProjectIdentity Project { get; init; }

    /// <summary>Where the steps write.</summary>
    public required OutputFolder Output { get; init; }

    /// <summary>What the image is.</summary>
    public ImageKind Kind { get; init; }

    /// <summary>How code and libraries become layers.</summary>
    public required ImageStrategy Strategy { get; init; }

    /// <summary>Who makes the image.</summary>
    public BackEndKind BackEnd { get; init; }

    /// <summary>The base image.</summary>
    public required ImageReference Base { get; init; }

    /// <summary>The name of the base image that the image is labelled with; <c>null</c> where it has none, or the label is switched off.</summary>
    public string? BaseName { get; init; }

    /// <summary>The library whose base image <see cref="Base"/> is; empty where the user named the base.</summary>
    public string BaseLibrary { get; init; } = "";

    /// <summary>The platform.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The format; <c>null</c>: the base's.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>The time of the image, RFC 3339.</summary>
    public required string Created { get; init; }

    /// <summary>What the image's configuration is to be on top of the base's.</summary>
    public required ContainerSettings Settings { get; init; }

    /// <summary>The user's own steps.</summary>
    public ImmutableArray<ImageStep> Steps { get; init; } = [];

    /// <summary>Files that the user puts into the image himself.</summary>
    public ImmutableArray<OwnFile> OwnFiles { get; init; } = [];

    /// <summary>Patterns of files that look like secrets and may be packed all the same.</summary>
    public ImmutableArray<string> AllowedFiles { get; init; } = [];

    /// <summary>The most layers of what is published.</summary>
    public int MaxLayers { get; init; } = 32;

    /// <summary>Whether a library's layer that is not the library image's own is an error.</summary>
    public bool RequiresSharedLayers { get; init; }

    /// <summary>Whether referenced projects get thin images of their own.</summary>
    public bool PublishesThinImages { get; init; } = true;

    /// <summary>Whether an app starts from one base that is made of all that it refers to: <c>ContainerBundleLibraries</c>.</summary>
    public bool BundlesLibraries { get; init; }

    /// <summary>Whether the image is only explained: then nobody is asked, and nothing is sent.</summary>
    public bool IsExplained { get; init; }

    /// <summary>Whether the image is that base.</summary>
    public bool IsBundle { get; init; }

    /// <summary>Where the image goes.</summary>
    public required ImageTarget Target { get; init; }

    /// <summary>As whom registries and engines are asked.</summary>
    public required Access Access { get; init; }

    /// <summary>The repository that keeps one copy of every layer; <c>null</c> where there is none.</summary>
    public ImageRepository? LayerRepository { get; init; }

    /// <summary>The layer cache.</summary>
    public required CacheSettings Cache { get; init; }

    /// <summary>Where library images lie.</summary>
    public required LibrarySources Libraries { get; init; }

    /// <summary>The lock file.</summary>
    public required LockSettings Lock { get; init; }

    /// <summary>What a container needs to compile the project.</summary>
    public CompilationSettings Compilation { get; init; } = new();

    /// <summary>Opens the layer cache.</summary>
    /// <param name="reporter">Told where the shared cache cannot be used.</param>
    internal LayerCache OpenCache(IReporter reporter) => LayerCache.Open(Cache.Folder, Cache.Mode, Output.Layers, Cache.MaxBytes, reporter);
}

/// <summary>What is known before anything is compiled, of what will be asked then.</summary>
/// <param name="Base">The base image.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Format">The format; <c>null</c>: the base's.</param>
/// <param name="Target">Where the image goes.</param>
/// <param name="Access">As whom registries and engines are asked.</param>
/// <param name="Lock">The lock file.</param>
public sealed record EarlyRequest(ImageReference Base, Platform Platform, ImageFormat? Format, ImageTarget Target, Access Access, LockSettings Lock);

/// <summary>A project, and what the build says of it.</summary>
/// <param name="File">Absolute path of the project file.</param>
public sealed record ProjectIdentity(string File)
{
    /// <summary>Absolute path of its folder.</summary>
    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>Its name.</summary>
    public string Name { get; init; } = Path.GetFileNameWithoutExtension(File);

    /// <summary>The name of its assembly.</summary>
    public string AssemblyName { get; init; } = Path.GetFileNameWithoutExtension(File);

    /// <summary>The framework that it is published for: <c>net10.0</c>.</summary>
    public string TargetFramework { get; init; } = "";

    /// <summary>The version of that framework: <c>10.0</c>.</summary>
    public string FrameworkVersion { get; init; } = "";

    /// <summary>The id of its package.</summary>
    public string PackageId { get; init; } = "";

    /// <summary>The version of its package.</summary>
    public string PackageVersion { get; init; } = "";

    /// <summary>Absolute path of the package of a library; empty where none was made.</summary>
    public string PackageFile { get; init; } = "";

    /// <summary>Absolute path of the folder that it is published to.</summary>
    public string PublishFolder { get; init; } = "";

    /// <summary>Absolute path of <c>project.assets.json</c>.</summary>
    public string AssetsFile { get; init; } = "";

    /// <summary>Whether it is compiled to native code.</summary>
    public bool IsNative { get; init; }

    /// <summary>Whether it needs the ASP.NET Core runtime of its base.</summary>
    public bool NeedsAspNet { get; init; }

    /// <summary>Whether its paths are mapped, so that its bytes do not depend on the folder.</summary>
    public bool MapsPaths { get; init; }
}

/// <summary>A file for a place of its own in the image: a <c>ContainerFile</c> item.</summary>
/// <param name="Source">Absolute path on this machine.</param>
/// <param name="Path">Absolute path in the image.</param>
public sealed record OwnFile(string Source, string Path)
{
    /// <summary>Permission bits; <c>null</c>: those of a program for a program, else those of data.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>Owner, a number.</summary>
    public int UserId { get; init; }

    /// <summary>Group, a number.</summary>
    public int GroupId { get; init; }
}

/// <summary>The layer cache of this machine.</summary>
/// <param name="Folder">Absolute path.</param>
/// <param name="Mode">How it is used.</param>
/// <param name="MaxBytes">The most bytes that it keeps.</param>
public sealed record CacheSettings(string Folder, CacheMode Mode = CacheMode.ReadWrite, long MaxBytes = 10L << 30);

/// <summary>The lock file of a project.</summary>
/// <param name="File">Absolute path; empty where there is none.</param>
/// <param name="IsLocked">Whether what it does not cover is an error: <c>ContainerLockedMode</c>.</param>
public sealed record LockSettings(string File, bool IsLocked)
{
    /// <summary>What the file says; <c>null</c> where there is none.</summary>
    /// <exception cref="ContainerException">It cannot be read.</exception>
    internal LockFile? Read() => File.Length == 0 ? null : LockFile.ReadIfThere(File);

    /// <summary>An image as the file has it: by digest, so that a tag that moved or went does not matter.</summary>
    /// <param name="image">The image.</param>
    /// <param name="platform">The platform.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LockOutOfDate"/> in locked mode where the file has no digest; the file's own codes.</exception>
    internal ImageReference Pin(ImageReference image, Platform platform)
    {
        if (!image.CanMove || File.Length == 0) return image;
        if (Read()?.DigestOf(image, platform) is { } digest) return image.At(digest);
        return IsLocked ? throw Diagnostics.LockOutOfDate.Error(File, (string[])[$"+ {image} for {platform}"]) : image;
    }
}

/// <summary>What a container needs to compile a project.</summary>
public sealed record CompilationSettings
{
    /// <summary>The image with the .NET SDK; empty where nothing is compiled in a container.</summary>
    public string BuildImage { get; init; } = "";

    /// <summary><c>ContainerBuildNetwork</c>, or empty.</summary>
    public string Network { get; init; } = "";

    /// <summary><c>ContainerBuildxBuilder</c>, or empty.</summary>
    public string Builder { get; init; } = "";

    /// <summary><c>ContainerBuildCacheFrom</c>.</summary>
    public ImmutableArray<string> CacheFrom { get; init; } = [];

    /// <summary><c>ContainerBuildCacheTo</c>.</summary>
    public ImmutableArray<string> CacheTo { get; init; } = [];

    /// <summary>The folder that restore writes to; absolute.</summary>
    public string ExtensionsPath { get; init; } = "";

    /// <summary>The solution; empty where the project is built alone.</summary>
    public string SolutionPath { get; init; } = "";

    /// <summary>The configuration of this build.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>Whether <c>dotnet publish</c> would take Release: a Dockerfile is not for another configuration only because another command writes it.</summary>
    public bool IsRelease { get; init; }

    /// <summary>Whether the project has several frameworks.</summary>
    public bool HasSeveralFrameworks { get; init; }

    /// <summary>Whether it publishes static web assets.</summary>
    public bool HasStaticAssets { get; init; }

    /// <summary>Where library images lie, item by item.</summary>
    public ImmutableArray<LibrarySource> LibrarySources { get; init; } = [];

    /// <summary>Folders of the .NET SDK and of this one, whose files are no sources; absolute.</summary>
    public ImmutableArray<string> ToolFolders { get; init; } = [];

    /// <summary>The properties that were given to this build, with MSBuild's escapes.</summary>
    public IReadOnlyDictionary<string, string> GivenProperties { get; init; } = ImmutableDictionary<string, string>.Empty;
}
