using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary><c>GenerateBuildScript</c>: <c>build.sh</c> and <c>build.ps1</c>.</summary>
public sealed class WriteBuildScript : ContainerTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string SourcesFile { get; set; } = "";
    [Required] public string Folder { get; set; } = "";
    public string Network { get; set; } = "";

    /// <summary>Whether no registry, folder or archive is set, so that the image is for the engine.</summary>
    public bool ForEngine { get; set; }
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var plan = SourcePlanFile.Read(File.ReadAllBytes(SourcesFile));
        // The same on every machine: the sources may lie anywhere.
        var key = $"{SourceNames.Slug(plan.Name)}-{Digest.Of(Encoding.UTF8.GetBytes($"{plan.App.File}\n{plan.BuildImage}")).Hex[..12]}";
        var script = new BuildScript(plan, Path.GetRelativePath(Folder, plan.Root).Replace('\\', '/'), key, ForEngine, Network);
        foreach (var (name, text) in ((string, string)[])[("build.sh", ShellScript.Write(script)), ("build.ps1", PowerShellScript.Write(script))])
        {
            var path = Path.Combine(Folder, name);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(text), durable: false);
            if (name == "build.sh" && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, LayerEntry.ProgramMode);
            Log.LogMessage(MessageImportance.High, "{0}", $"{ProjectName} -> {path}");
        }
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
