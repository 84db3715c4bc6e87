using System.Collections.Immutable;
using System.Text;
using Container.Sdk.Images;
using Container.Sdk.Engines;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>
/// <c>BuilderPattern</c>: publishes in a container of the build image over the sources of this machine, and gives <c>plan.json</c> the layers
/// that came out. The image is then assembled as ever.
/// </summary>
public sealed class RunBuilder : ContainerTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string ProjectFile { get; set; } = "";
    [Required] public string SourcesFile { get; set; } = "";
    [Required] public string ExtensionsPath { get; set; } = "";
    [Required] public string PlanFile { get; set; } = "";
    [Required] public string StageFolder { get; set; } = "";
    [Required] public string CacheFolder { get; set; } = "";
    public string Engine { get; set; } = "";
    public string EngineContext { get; set; } = "";
    public string Network { get; set; } = "";
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var plan = SourcePlanFile.Read(await File.ReadAllBytesAsync(SourcesFile, cancellation).ConfigureAwait(false));
        var secrets = NuGetSecrets.Read(SourcesFile, ProjectFile, ExtensionsPath, this);
        var engine = await ContainerEngine.FindAsync(new EngineOptions { Preferred = Engine, Context = EngineContext }, cancellation).ConfigureAwait(false);
        Progress($"compiling in a container of {plan.BuildImage} ({engine.Name})");

        var run = BuilderCommand.Run(plan, Network, secrets);
        var output = new BuilderOutput(plan.Root, this);
        var done = !await engine.IsRemoteAsync(cancellation).ConfigureAwait(false) && await MountedAsync(engine, run, plan, secrets, output, cancellation).ConfigureAwait(false);
        if (!done) await CopiedAsync(engine, run, plan, secrets, cancellation).ConfigureAwait(false);
        TakeOver();
    }

    // Whether the container saw what was mounted: an engine in a virtual machine or in another container looks like one of this machine.
    private async Task<bool> MountedAsync(
        ContainerEngine engine, ContainerRun run, SourcePlan plan, ImmutableArray<BuildSecret> secrets, BuilderOutput output, CancellationToken cancellation)
    {
        var folders = BuilderFolders.Of(CacheFolder, plan);
        using var held = folders.Open(StageFolder);
        var staged = Path.Combine(StageFolder, "plan.json");
        File.Delete(staged);
        var secretFolder = Directory.CreateTempSubdirectory("container-sdk-").FullName;
        try
        {
            var mounted = BuilderMounts.With(run with { User = HostUser.For(engine.Name) }, plan, folders, StageFolder, secrets, secretFolder);
            var exitCode = await engine.RunAsync(mounted, output.Take, cancellation).ConfigureAwait(false);
            if (exitCode == 0 && File.Exists(staged)) return Tell(output);
            if (!await SeesAsync(engine, mounted, folders, cancellation).ConfigureAwait(false)) return false;
            throw Failed(plan, output);
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.ContainerNotStarted && e.Message.Contains("bind source path does not exist", StringComparison.Ordinal))
        {
            return false;
        }
        finally
        {
            Directory.Delete(secretFolder, recursive: true);
        }
    }

    // Asked only where something went wrong: so what goes well costs nothing more.
    private static async Task<bool> SeesAsync(ContainerEngine engine, ContainerRun run, BuilderFolders folders, CancellationToken cancellation)
    {
        var (token, seen) = (Guid.NewGuid().ToString("n"), false);
        var file = Path.Combine(folders.Artifacts, "token");
        await File.WriteAllTextAsync(file, token, cancellation).ConfigureAwait(false);
        await engine.RunAsync(run with { Command = ["cat", $"{BuilderCommand.Artifacts}/token"] }, line => seen |= line == token, cancellation).ConfigureAwait(false);
        File.Delete(file);
        return seen;
    }

    private async System.Threading.Tasks.Task CopiedAsync(ContainerEngine engine, ContainerRun run, SourcePlan plan, ImmutableArray<BuildSecret> secrets, CancellationToken cancellation)
    {
        Detail($"{ProjectName}: {engine.Name} sees no folder of this machine; sources are copied to it.");
        var output = new BuilderOutput(plan.Root, this);
        Directory.CreateDirectory(Path.GetDirectoryName(StageFolder)!);
        var published = new FileStream(Path.Combine(Path.GetDirectoryName(StageFolder)!, "stage.tar"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await using var _ = published.ConfigureAwait(false);
        if (await engine.RunAsync(BuilderCopies.With(run, plan, secrets, published), output.Take, cancellation).ConfigureAwait(false) != 0) throw Failed(plan, output);
        BuilderCopies.Unpack(published, StageFolder);
        Tell(output);
    }

    private bool Tell(BuilderOutput output)
    {
        foreach (var warning in output.Warnings) Log.LogMessageFromText(warning, MessageImportance.High);
        return true;
    }

    private ContainerException Failed(SourcePlan plan, BuilderOutput output)
    {
        Tell(output);
        return Diagnostics.PublishFailedInContainer.Error(ProjectName, plan.BuildImage, output.Errors);
    }

    // What this machine planned knows the base and the settings; the layers are the container's.
    private void TakeOver()
    {
        var plan = ImagePlanFile.Read(File.ReadAllBytes(PlanFile));
        var staged = StagedPlan.Read(StageFolder);
        var own = plan.Layers.Where(l => l.Kind == OriginKind.File);
        var complete = plan with { Layers = [.. own, .. staged.Layers.Where(l => l.Kind != OriginKind.File)] };
        AtomicFile.Write(PlanFile, Encoding.UTF8.GetBytes(ImagePlanFile.Write(complete)), durable: false);
    }
}
