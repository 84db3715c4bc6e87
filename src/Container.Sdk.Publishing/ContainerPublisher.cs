using Container.Sdk.Images;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>
/// Publishes the image of a project: plan, build, deliver. Each step leaves a file in <see cref="OutputFolder"/>, from which the next
/// can be done by another process.
/// </summary>
/// <param name="session">What all projects of a build share.</param>
/// <param name="reporter">Told what happens.</param>
public sealed class ContainerPublisher(PublishSession session, IReporter reporter)
{
    /// <summary>Plans the image, and writes the plan to <see cref="OutputFolder.Plan"/>.</summary>
    /// <param name="request">What the project asks for.</param>
    /// <param name="published">What it publishes; <see cref="PublishedProject.Nothing"/> where a container compiles.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ContainerException">The code says what is wrong.</exception>
    public async Task<ImagePlan> PlanAsync(ContainerRequest request, PublishedProject published, CancellationToken cancellation)
    {
        if (request.BundlesLibraries) request = await WithBundleAsync(request, published, cancellation).ConfigureAwait(false);
        var sources = request.Strategy.CompilesInContainer ? CompiledSources.Read(request, reporter) : null;
        var plan = request.Kind == ImageKind.Library
            ? LibraryPlanner.Plan(request)
            : await new ImagePlanner(session, reporter).PlanAsync(request, published, sources, cancellation).ConfigureAwait(false);
        PlanDocument.Save(plan, request.Output.Plan);
        return plan;
    }

    /// <summary>Makes the image of a plan, and writes it to <see cref="OutputFolder.Image"/>.</summary>
    /// <exception cref="ContainerException">The code says what is wrong.</exception>
    public async Task<AssembledImage> BuildAsync(ContainerRequest request, ImagePlan plan, CancellationToken cancellation)
    {
        var image = await BackEnd(request.BackEnd).BuildAsync(request, plan, cancellation).ConfigureAwait(false);
        new ImageFolder(request.Output.Image).Write(image);
        return image;
    }

    /// <summary>Delivers an image, and writes what was done to <see cref="OutputFolder.ResultFile"/>.</summary>
    /// <exception cref="ContainerException">The code says what is wrong. No tag has changed, or it has the complete image.</exception>
    public async Task<PublishReport> DeliverAsync(ContainerRequest request, AssembledImage image, CancellationToken cancellation)
    {
        var report = await new ImageDelivery(session, request, reporter).DeliverAsync(image, cancellation).ConfigureAwait(false);
        if (request.Output.ResultFile.Length > 0) ResultDocument.Save(report, request.Output.ResultFile);
        return report;
    }

    /// <summary>The image that <see cref="BuildAsync"/> wrote, with the bytes of its layers where they can be had now.</summary>
    public async Task<AssembledImage> ReadImageAsync(ContainerRequest request, CancellationToken cancellation)
    {
        var contents = new LayerContents(session, request, request.OpenCache(new SilentReporter()));
        var image = await new ImageFolder(request.Output.Image).ReadAsync(cancellation).ConfigureAwait(false);
        return await contents.FindAsync(image, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes the Dockerfile of a plan, and all that a builder needs besides it; in a solution also its part of <c>docker-bake.json</c>.</summary>
    /// <exception cref="ContainerException">The code says what is wrong.</exception>
    public async Task<DockerfileBuild> WriteDockerfileAsync(ContainerRequest request, ImagePlan plan, CancellationToken cancellation)
    {
        var build = await new DockerfileGenerator(session, request, reporter).WriteAsync(plan, cancellation).ConfigureAwait(false);
        if (request.Compilation.SolutionPath.Length > 0) SolutionBakeFile.Add(request, plan, build);
        return build;
    }

    /// <summary><c>ExplainContainer</c>: what would be made, layer by layer, and what speaks for each strategy.</summary>
    /// <param name="request">The project. Where this machine compiles, its plan is read from <see cref="OutputFolder.Plan"/>.</param>
    /// <param name="asked"><c>ContainerStrategy</c> as the project says it.</param>
    public static string Explain(ContainerRequest request, string asked)
    {
        var plan = !request.Strategy.CompilesInContainer && File.Exists(request.Output.Plan) ? PlanDocument.Load(request.Output.Plan) : null;
        var explanation = new Explanation(request.Project.Name, asked, request.Strategy.Name, request.Target.Display, plan, ProjectFactsReader.Choose(request.Project, request.Libraries));
        // A link counts nothing.
        return explanation.ToText(f => f.LinkTarget is null ? new FileInfo(f.Source).Length : 0);
    }

    /// <summary>Begins to ask for the base and the destination, whose answers the steps would wait for. Whatever is wrong is told where the answers are used.</summary>
    public void AskEarly(EarlyRequest request)
    {
        var reference = (request.Lock with { IsLocked = false }).Pin(request.Base, request.Platform);
        Observe(() => session.PrepareAsync(request.Target, request.Format, request.Access, new SilentReporter()));
        Observe(() => session.ResolveAsync(reference, request.Platform, request.Access, new SilentReporter()));

        // An exception that nobody awaits, because the compiler fails too, is no unobserved one.
        static void Observe(Func<Task> ask) => _ = Task.Run(async () => await ask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing), CancellationToken.None);
    }

    private IBackEnd BackEnd(BackEndKind kind) => kind switch
    {
        BackEndKind.Dockerfile => new DockerfileBackEnd(session, reporter),
        BackEndKind.ToolContainer => new ToolContainerBackEnd(new BuiltInBackEnd(session, reporter), reporter),
        _ => new BuiltInBackEnd(session, reporter),
    };

    // One base of all that the app refers to, made and delivered before the app, which then is an app like any other.
    private async Task<ContainerRequest> WithBundleAsync(ContainerRequest request, PublishedProject published, CancellationToken cancellation)
    {
        var bundle = BundledBase.Of(request);
        var plan = await PlanAsync(bundle, published, cancellation).ConfigureAwait(false);
        await BuildAsync(bundle, plan, cancellation).ConfigureAwait(false);
        var image = await ReadImageAsync(bundle, cancellation).ConfigureAwait(false);
        var report = await DeliverAsync(bundle, image, cancellation).ConfigureAwait(false);
        reporter.Progress(report.ToText());
        return BundledBase.Use(request, report);
    }
}
