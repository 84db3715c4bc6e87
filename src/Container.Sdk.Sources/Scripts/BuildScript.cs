using System.Collections.Immutable;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>What a build script does, for every shell.</summary>
/// <param name="Plan">What is compiled.</param>
/// <param name="Up">From the script's folder to the sources' root, with <c>/</c>.</param>
/// <param name="Key">The folder of what stays between two runs.</param>
/// <param name="Loads">Whether the image goes to the engine; else the container sends it to its registry or folder itself.</param>
/// <param name="Network">The network, or empty.</param>
internal sealed record BuildScript(SourcePlan Plan, string Up, string Key, bool Loads, string Network)
{
    /// <summary>Where the archive is written in the container.</summary>
    public const string Archive = "/out/image.tar";

    /// <summary>Variables that are passed on by name, where they are set.</summary>
    public static ImmutableArray<string> Inherited { get; } =
        ["DOTNET_CONTAINER_REGISTRY_UNAME", "DOTNET_CONTAINER_REGISTRY_PWORD", "DOTNET_CONTAINER_INSECURE_REGISTRIES", "SOURCE_DATE_EPOCH"];

    /// <summary>What the image is to be called in messages and comments.</summary>
    public ImmutableArray<string> Head =>
    [
        $"Publishes {Plan.Name} in a container of {Plan.BuildImage}, on machines with a container engine and no .NET SDK.",
        Loads ? "The image is loaded into the engine." : "The image goes to where the project says.",
        "Written by Container.Sdk (GenerateBuildScript). What is given to this script is given to dotnet publish.",
    ];

    /// <summary>The arguments of <c>dotnet</c> in the container.</summary>
    public ImmutableArray<string> Arguments => [.. BuilderCommand.Publish(Plan, Loads ? [$"-p:ContainerArchiveOutputPath={Archive}"] : []).Skip(1)];

    /// <summary>A variable with the folder of a package feed, which lies elsewhere on each machine.</summary>
    public static string FeedVariable(FolderFeed feed) => feed.Name.ToUpperInvariant().Replace('-', '_');
}
