using System.Collections.Immutable;
using Container.Sdk.Engines;
using Container.Sdk.Planning;
using Container.Sdk.Processes;

namespace Container.Sdk.Sources;

/// <summary>Publishes a project in a container of its build image, over the sources of this machine. The container plans the layers; the image is assembled elsewhere.</summary>
/// <param name="request">What is published, and where.</param>
/// <param name="reporter">Told of progress, and each line that the container says.</param>
/// <param name="warn">Told each warning of the compiler once, with the paths of this machine.</param>
public sealed class ToolContainer(ToolContainerRequest request, IReporter reporter, Action<string> warn)
{
    private const string PlanFile = "plan.json";

    private readonly SourcePlan _plan = request.Plan;

    /// <summary>Runs the container to its end. Then <see cref="ToolContainerRequest.StageFolder"/> has the files of the image and their plan.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.PublishFailedInContainer"/> with the compiler's errors, or a code of the engine.</exception>
    public async Task PublishAsync(CancellationToken cancellation)
    {
        var engine = await ContainerEngine.FindAsync(request.Engine, cancellation).ConfigureAwait(false);
        reporter.Progress($"compiling in a container of {_plan.BuildImage} ({engine.Name})");
        var run = ToolContainerCommand.Run(_plan, request.Network, request.Secrets);
        if (!await engine.IsRemoteAsync(cancellation).ConfigureAwait(false) && await TryMountedAsync(engine, run, cancellation).ConfigureAwait(false)) return;
        reporter.Detail($"{_plan.Name}: {engine.Name} sees no folder of this machine; sources are copied to it.");
        await CopiedAsync(engine, run, cancellation).ConfigureAwait(false);
    }

    // Whether the container saw what was mounted. An engine in a virtual machine or in another container looks like one of this machine, and mounts its own folders.
    private async Task<bool> TryMountedAsync(ContainerEngine engine, ContainerRun run, CancellationToken cancellation)
    {
        var folders = ToolContainerFolders.Of(request.CacheFolder, _plan);
        using var held = folders.Open(request.StageFolder);
        var staged = Path.Combine(request.StageFolder, PlanFile);
        File.Delete(staged);
        using var secrets = new PrivateFolder(request.Engine.TemporaryFolder);
        try
        {
            var output = new CompilerOutput(_plan.Root, reporter);
            var mounted = ToolContainerMounts.With(run with { User = HostUser.For(engine.Name) }, _plan, folders, request.StageFolder, request.Secrets, secrets);
            var exitCode = await engine.RunAsync(mounted, output.Take, cancellation).ConfigureAwait(false);
            var isDone = exitCode == 0 && File.Exists(staged);
            // Asked only where something went wrong, so that it costs nothing where all is well.
            if (!isDone && !await SeesAsync(engine, mounted, folders, cancellation).ConfigureAwait(false)) return false;
            Finish(output, isDone);
            return true;
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.ContainerNotStarted && e.Message.Contains("bind source path does not exist", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static async Task<bool> SeesAsync(ContainerEngine engine, ContainerRun run, ToolContainerFolders folders, CancellationToken cancellation)
    {
        var (token, isSeen) = (Guid.NewGuid().ToString("n"), false);
        var file = Path.Combine(folders.Artifacts, "token");
        await File.WriteAllTextAsync(file, token, cancellation).ConfigureAwait(false);
        await engine.RunAsync(run with { Command = ["cat", $"{ToolContainerCommand.Artifacts}/token"] }, line => isSeen |= line == token, cancellation).ConfigureAwait(false);
        File.Delete(file);
        return isSeen;
    }

    private async Task CopiedAsync(ContainerEngine engine, ContainerRun run, CancellationToken cancellation)
    {
        var output = new CompilerOutput(_plan.Root, reporter);
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(request.StageFolder)!).FullName;
        var published = new FileStream(Path.Combine(parent, "stage.tar"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await using var _ = published.ConfigureAwait(false);
        var exitCode = await engine.RunAsync(ToolContainerCopies.With(run, _plan, request.Secrets, published), output.Take, cancellation).ConfigureAwait(false);
        Finish(output, exitCode == 0);
        ToolContainerCopies.Unpack(published, request.StageFolder);
    }

    private void Finish(CompilerOutput output, bool isDone)
    {
        foreach (var warning in output.Warnings) warn(warning);
        if (!isDone) throw Diagnostics.PublishFailedInContainer.Error(_plan.Name, _plan.BuildImage, output.Errors);
    }
}

/// <summary>What a tool container publishes, and where.</summary>
public sealed record ToolContainerRequest
{
    /// <summary>What is compiled. Its name stands for the project in messages.</summary>
    public required SourcePlan Plan { get; init; }

    /// <summary>What NuGet in the container gets besides the sources (<see cref="NuGetSecrets"/>).</summary>
    public ImmutableArray<BuildSecret> Secrets { get; init; } = [];

    /// <summary>The user's cache folder, where packages and what the compiler made stay until the next time; absolute.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The folder that gets what is published, with its plan; absolute.</summary>
    public required string StageFolder { get; init; }

    /// <summary>Which engine runs the container.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>The network: <c>none</c>, <c>host</c>, or one of the engine's; <c>null</c>: the engine's own choice.</summary>
    public string? Network { get; init; }
}
