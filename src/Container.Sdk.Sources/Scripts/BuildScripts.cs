using System.Collections.Immutable;
using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>What build scripts are to do.</summary>
/// <param name="Plan">What is compiled.</param>
/// <param name="Folder">The folder that they are written to; absolute.</param>
public sealed record BuildScriptRequest(SourcePlan Plan, string Folder)
{
    /// <summary>Whether the image is loaded into the engine; else the container sends it to where the project says.</summary>
    public bool LoadsIntoEngine { get; init; }

    /// <summary>The container's network: <c>none</c>, <c>host</c>, or one of the engine's; <c>null</c>: the engine's own choice.</summary>
    public string? Network { get; init; }
}

/// <summary>A build script.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsProgram">Whether its file is to be executable, on systems that tell programs by that.</param>
public sealed record BuildScriptFile(string Name, string Text, bool IsProgram);

/// <summary>Scripts that publish a project in a tool container, for machines that have a container engine and no .NET SDK.</summary>
public static class BuildScripts
{
    /// <summary>The same script for each shell, <c>build.sh</c> and <c>build.ps1</c>. No path of this machine is in them: they can be committed.</summary>
    public static ImmutableArray<BuildScriptFile> Write(BuildScriptRequest request)
    {
        var plan = request.Plan;
        var script = new BuildScript(
            plan,
            Path.GetRelativePath(request.Folder, plan.Root).Replace('\\', '/'),
            // Equal on every machine, wherever the sources lie there.
            $"{Slug.Of(plan.Name)}-{Digest.Of(Encoding.UTF8.GetBytes($"{plan.App.File}\n{plan.BuildImage}")).Hex[..12]}",
            request.LoadsIntoEngine,
            request.Network);
        return [new BuildScriptFile("build.sh", ShellScript.Write(script), IsProgram: true), new BuildScriptFile("build.ps1", PowerShellScript.Write(script), IsProgram: false)];
    }
}

/// <summary>What a build script does, whatever shell it is for.</summary>
/// <param name="Plan">What is compiled.</param>
/// <param name="Up">The path from the script's folder to the sources' root, with <c>/</c>.</param>
/// <param name="Key">Name of the folder that stays between two runs.</param>
/// <param name="Loads">Whether the image is loaded into the engine; else the container sends it to where the project says.</param>
/// <param name="Network">The network; <c>null</c>: the engine's own choice.</param>
internal sealed record BuildScript(SourcePlan Plan, string Up, string Key, bool Loads, string? Network)
{
    /// <summary>The folder in the container that an image for the engine is written to; absolute.</summary>
    private const string Output = "/out";

    /// <summary>Variables of whoever runs it that the container gets too, where they are set.</summary>
    public static ImmutableArray<string> Inherited { get; } =
        ["DOTNET_CONTAINER_REGISTRY_UNAME", "DOTNET_CONTAINER_REGISTRY_PWORD", "DOTNET_CONTAINER_INSECURE_REGISTRIES", "SOURCE_DATE_EPOCH"];

    /// <summary>Folders that the container sees. In both shells <c>$root</c> is the sources' root, and <c>$kept</c> the folder that stays between two runs.</summary>
    public static ImmutableArray<(string Source, string Target)> Mounts { get; } =
    [
        ("$root", SourceNames.Root), ("$kept/nuget", Toolchain.NuGetFolder), ("$kept/artifacts", ToolContainerCommand.Artifacts), ("$kept/home", Toolchain.Home), ("$kept/out", Output),
    ];

    /// <summary>The comment at the top, a line each.</summary>
    public IEnumerable<string> Head =>
        ((string[])[
            $"Publishes {Plan.Name} in a container of {Plan.BuildImage}, on machines with a container engine and no .NET SDK.",
            Loads ? "The image is loaded into the engine." : "The image goes to where the project says.",
            "Written by Container.Sdk (GenerateBuildScript). What is given to this script is given to dotnet publish.",
        ]).Select(l => string.Concat(l.Select(c => char.IsControl(c) ? ' ' : c)));

    /// <summary>The arguments of <c>dotnet</c> in the container.</summary>
    public IEnumerable<string> Arguments => ToolContainerCommand.Publish(Plan, Loads ? [$"-p:ContainerArchiveOutputPath={Output}/image.tar"] : []).Skip(1);

    /// <summary>The variable that says where the folder of a package feed lies, which is another on each machine.</summary>
    public static string FeedVariable(FolderFeed feed) => feed.Name.ToUpperInvariant().Replace('-', '_');
}
