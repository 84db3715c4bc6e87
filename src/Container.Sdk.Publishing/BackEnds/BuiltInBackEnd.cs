using Container.Sdk.Images;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary><c>BuiltIn</c>: the image is assembled here, from files of this machine, with no engine.</summary>
internal sealed class BuiltInBackEnd(PublishSession session, IReporter reporter) : IBackEnd
{
    /// <inheritdoc/>
    public async Task<AssembledImage> BuildAsync(ContainerRequest request, ImagePlan plan, CancellationToken cancellation)
    {
        var destination = session.Destination(request.Target, plan.Format, request.Access);
        var preparing = session.PrepareAsync(request.Target, plan.Format, request.Access, reporter);
        var resolving = session.ResolveAsync(plan.Base, plan.Platform, request.Access, reporter);
        await Task.WhenAll(preparing, resolving).WaitAsync(cancellation).ConfigureAwait(false);

        var present = await preparing.ConfigureAwait(false);
        var image = await Assembler(request).AssembleAsync(plan, await resolving.ConfigureAwait(false), present, destination?.RequiredFormat, cancellation).ConfigureAwait(false);
        if (plan.Version is null) return image;
        // That a tag cannot be used as it is does not mean that it is free: a version is not overwritten.
        var versions = new VersionKeeper(session, request, reporter);
        present ??= await versions.FindAsync(cancellation).ConfigureAwait(false);
        return present is null ? image : await versions.KeepAsync(image, present, cancellation).ConfigureAwait(false);
    }

    private ImageAssembler Assembler(ContainerRequest request)
    {
        var transports = session.Transports(request.Access);
        return new ImageAssembler(
            request.OpenCache(reporter), session.Budget, reporter, (library, layer) => transports.Blob(library, layer),
            request.LayerRepository is { } repository ? new LayerStore(session, repository, request.Access, reporter) : null);
    }
}
