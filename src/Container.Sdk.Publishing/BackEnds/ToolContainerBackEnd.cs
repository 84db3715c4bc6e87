using Container.Sdk.Images;
using Container.Sdk.Planning;
using Container.Sdk.Sources;

namespace Container.Sdk.Publishing;

/// <summary>A container compiles over the sources of this machine; what comes out is assembled here.</summary>
/// <param name="assembling">Assembles the image.</param>
/// <param name="reporter">Told what the compiler says.</param>
internal sealed class ToolContainerBackEnd(IBackEnd assembling, IReporter reporter) : IBackEnd
{
    /// <inheritdoc/>
    public async Task<AssembledImage> BuildAsync(ContainerRequest request, ImagePlan plan, CancellationToken cancellation)
    {
        var sources = ((PlannedCompilation)plan.Content).Sources;
        var secrets = await NuGetSecrets.ReadAsync(sources, request.Project.File, request.Compilation.ExtensionsPath, reporter, cancellation).ConfigureAwait(false);
        var compilation = new ToolContainerRequest
        {
            Plan = sources,
            Secrets = [.. secrets, .. await new EngineRegistryLogins(request).AsSecretAsync(sources.Registries, cancellation).ConfigureAwait(false)],
            CacheFolder = request.Cache.Folder,
            StageFolder = request.Output.Stage,
            Engine = request.Access.EngineOptions,
            Network = request.Compilation.Network.Length == 0 ? null : request.Compilation.Network,
        };
        await new ToolContainer(compilation, reporter, reporter.Relay).PublishAsync(cancellation).ConfigureAwait(false);

        // What this machine planned knows the base and the settings; the layers are the container's, but for the user's own files.
        var compiled = StageFolder.Read(request.Output.Stage).Layers.Where(l => l.Kind != OriginKind.File);
        return await assembling.BuildAsync(request, plan with { Content = new PlannedFiles([.. plan.Layers, .. compiled]) }, cancellation).ConfigureAwait(false);
    }
}
