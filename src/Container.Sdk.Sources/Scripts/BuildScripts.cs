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
