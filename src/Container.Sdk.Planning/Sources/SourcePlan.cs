using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>
/// What is compiled in a container, and how: the step between a project's facts and a Dockerfile. All paths are relative to
/// <see cref="Root"/> and have <c>/</c>; nothing in it is a secret.
/// </summary>
public sealed record SourcePlan
{
    /// <summary>Name of the project.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that the builder reads from; absolute.</summary>
    public required string Root { get; init; }

    /// <summary>The projects, each behind those that it uses; the last is the app.</summary>
    public required ImmutableArray<SourceProject> Projects { get; init; }

    /// <summary>Files outside of the projects' folders that restore may read, such as <c>Directory.Build.props</c>; a name with <c>/</c> at its end is a folder.</summary>
    public ImmutableArray<string> Shared { get; init; } = [];

    /// <summary>Files outside of the projects' folders that only the compiler reads, such as <c>.editorconfig</c>.</summary>
    public ImmutableArray<string> CompilerFiles { get; init; } = [];

    /// <summary>The image with the .NET SDK.</summary>
    public required string BuildImage { get; init; }

    /// <summary>Whether the SDK of the builder's own platform makes files for another.</summary>
    public bool CrossCompiles { get; init; }

    /// <summary>The configuration.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>The app's framework, where it has several; <c>null</c>: it has one.</summary>
    public string? Framework { get; init; }

    /// <summary>Whether it publishes static web assets.</summary>
    public bool HasStaticAssets { get; init; }

    /// <summary>Properties that were given to the build and reach the compiler.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>Package feeds, and registries of library images, that are folders of this machine and do not come with the sources.</summary>
    public ImmutableArray<FolderFeed> Feeds { get; init; } = [];

    /// <summary>Registries that restore takes library images from.</summary>
    public ImmutableArray<string> Registries { get; init; } = [];

    /// <summary>NuGet configurations that hold credentials: they are mounted as secrets and never copied.</summary>
    public ImmutableArray<SecretConfig> SecretConfigs { get; init; } = [];

    /// <summary>The app.</summary>
    public SourceProject App => Projects[^1];
}

/// <summary>A project that is compiled in the container.</summary>
/// <param name="File">The project file.</param>
/// <param name="Uses">The project files that it refers to, and those that they refer to.</param>
public sealed record SourceProject(string File, ImmutableArray<string> Uses)
{
    /// <summary>Its folder; empty for the root itself.</summary>
    public string Folder => File.Contains('/') ? File[..File.LastIndexOf('/')] : "";

    /// <summary>Its name.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>The framework that the app takes of it, where it has several; <c>null</c>: it has one.</summary>
    public string? Framework { get; init; }

    /// <summary>Files in its folder that restore reads: imports and lock files.</summary>
    public ImmutableArray<string> RestoreFiles { get; init; } = [];

    /// <summary>Files outside of its folder that it is compiled from.</summary>
    public ImmutableArray<string> LinkedFiles { get; init; } = [];

    /// <summary>Folders outside of its own that it is compiled to, as with <c>UseArtifactsOutput</c>.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];
}

/// <summary>A package feed that is a folder of this machine.</summary>
/// <param name="Name">The name of the build context that it is.</param>
/// <param name="Folder">Where it lies here; absolute.</param>
/// <param name="Target">Where the NuGet configuration looks for it in the container; absolute.</param>
public sealed record FolderFeed(string Name, string Folder, string Target);

/// <summary>A NuGet configuration with credentials in it.</summary>
/// <param name="Id">The id of the secret.</param>
/// <param name="File">The file.</param>
public sealed record SecretConfig(string Id, string File);
