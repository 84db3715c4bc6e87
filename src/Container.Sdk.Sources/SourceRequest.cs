using System.Collections.Immutable;
using Container.Sdk.Libraries;

namespace Container.Sdk.Sources;

/// <summary>A restored project that is to be compiled in a container.</summary>
public sealed record SourceRequest
{
    /// <summary>Name of the project, for messages and names.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The project file; absolute.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>Where restore wrote what it found (<c>MSBuildProjectExtensionsPath</c>, the <c>obj</c> folder); absolute.</summary>
    public required string ExtensionsPath { get; init; }

    /// <summary>The solution that is built; absolute. <c>null</c> where the project is built by itself.</summary>
    public string? SolutionPath { get; init; }

    /// <summary>The image with the .NET SDK, as the plan is to have it.</summary>
    public required string BuildImage { get; init; }

    /// <summary>The configuration of this build.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>The framework that is published, as the project names it.</summary>
    public string TargetFramework { get; init; } = "";

    /// <summary>Whether the project has several frameworks, so that the container has to be told which.</summary>
    public bool HasSeveralFrameworks { get; init; }

    /// <summary>Where restore takes library images from.</summary>
    public ImmutableArray<LibrarySource> LibrarySources { get; init; } = [];

    /// <summary>The properties that were given to this build from outside, with MSBuild's escapes (<c>%3B</c>), as MSBuild tells them.</summary>
    public IReadOnlyDictionary<string, string> GivenProperties { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Folders of the .NET SDK and of Container.Sdk, whose files the container has by itself; absolute.</summary>
    public ImmutableArray<string> ToolFolders { get; init; } = [];

    /// <summary>Whether native code is compiled.</summary>
    public bool IsAot { get; init; }

    /// <summary>Whether it publishes static web assets.</summary>
    public bool HasStaticAssets { get; init; }

    /// <summary>
    /// Whether <c>dotnet publish</c> would take Release for this project. Then the container does, whatever <see cref="Configuration"/> the command
    /// has that plans it, unless the configuration was given.
    /// </summary>
    public bool IsRelease { get; init; }
}
