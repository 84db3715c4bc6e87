using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>
/// The built-in back end: from <c>plan.json</c> to an image in a folder. Everything that can fail cheaply (names,
/// destination, base) fails before anything is packed.
/// </summary>
public sealed class BuildImage : ImageTask
{
    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var target = ReadTarget();
        var session = OpenSession(target);
        var plan = ImagePlanFile.Read(await File.ReadAllBytesAsync(PlanFile, cancellation).ConfigureAwait(false));
        var destination = session.Destination(target, plan.Format);
        var layers = OpenLayerRepository(session, target, plan);

        var preparing = session.PrepareAsync(target, plan.Format);
        var resolving = session.ResolveBaseAsync(ImageReference.Parse(plan.Base, ProjectFolder), plan.Platform, Engine);
        await System.Threading.Tasks.Task.WhenAll(preparing, resolving).WaitAsync(cancellation).ConfigureAwait(false);

        var assembler = new ImageAssembler(OpenCache(this), session.Budget, this, session.LibraryBlob, layers);
        var present = await preparing.ConfigureAwait(false);
        var image = await assembler.AssembleAsync(plan, await resolving.ConfigureAwait(false), present, destination?.RequiredFormat, cancellation).ConfigureAwait(false);
        // That a tag cannot be used as it is does not mean that it is free: a version is not overwritten.
        if (plan.IsVersion) present ??= await KeptVersion.FindAsync(session, target, cancellation).ConfigureAwait(false);
        if (plan.IsVersion && present is not null)
            image = await KeptVersion.KeepAsync(image, present, plan, target.Display, Path.GetDirectoryName(PlanFile)!, cancellation).ConfigureAwait(false);
        new ImageFolder(ImageFolder).Write(image);
    }
}
