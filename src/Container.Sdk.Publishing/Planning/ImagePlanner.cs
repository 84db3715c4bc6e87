using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>From what a project says and publishes to a plan: reads what the plan needs, and lets the strategy plan.</summary>
internal sealed class ImagePlanner(PublishSession session, IReporter reporter)
{
    /// <summary>Plans the image of an application or of a base.</summary>
    /// <exception cref="ContainerException">Files are missing, look like secrets or want one place; a base does not fit.</exception>
    public async Task<ImagePlan> PlanAsync(ContainerRequest request, PublishedProject published, SourcePlan? sources, CancellationToken cancellation)
    {
        var brought = await ReadBaseAsync(request, cancellation).ConfigureAwait(false);
        var description = new ProjectDescription
        {
            Name = request.Project.Name,
            Kind = request.Kind,
            Base = request.Lock.Pin(request.Base, request.Platform),
            Platform = request.Platform,
            Format = request.Format,
            Created = request.Created,
            Settings = request.Settings,
            Steps = request.Steps,
            OwnLayers = OwnFileLayers.Arrange(request.OwnFiles, request.AllowedFiles),
            MaxLayers = request.MaxLayers,
            RequiresSharedLayers = request.RequiresSharedLayers,
            Sources = sources,
            Brought = brought,
            BaseOf = request.IsBundle ? null : new BaseLibrary(request.Project.Name, request.Project.PackageId, request.Project.PackageVersion),
            FrameworkVersion = request.Project.FrameworkVersion,
            DigestOf = file => FileHashing.Read(file.Source).Digest,
        };
        if (!request.Strategy.CompilesInContainer) description = WithFiles(description, request, published);
        WarnOfReplaced(description);
        return request.Strategy.Plan(description);
    }

    private ProjectDescription WithFiles(ProjectDescription description, ContainerRequest request, PublishedProject published)
    {
        var shares = request.Strategy.SharesLibraries;
        var origins = new OriginRules(request.Project.Folder, request.Project.AssemblyName, published.ReferencedProjects, shares ? request.Libraries.Covers : null);
        // What an app publishes is complained of once, not again for the base that is made of it.
        var files = new PublishedFiles(request.Project.PublishFolder, request.Output.Normalized, request.IsBundle ? new SilentReporter() : reporter)
            .Read(published.Files.Concat(Unlisted(request.Project, published)), origins);
        SecretCheck.Check(files, request.AllowedFiles);
        if (!request.IsBundle && request.Project.MapsPaths) WarnOfUnstableReferences(published);
        return description with
        {
            Files = files,
            Libraries = shares
                ? new LibraryLayerSearch(request.Libraries, new LibraryStore(request.Cache.Folder), published.Files, request.Settings.WorkingDirectory).Find(files.Select(f => f.Origin))
                : description.Libraries,
            ThinImages = shares && request.PublishesThinImages ? ThinImages(request.Libraries, published) : description.ThinImages,
        };
    }

    // What publishing adds without listing it: the manifest of static web assets, web.config, the single-file executable.
    private static IEnumerable<PublishedItem> Unlisted(ProjectIdentity project, PublishedProject published)
    {
        foreach (var file in Directory.EnumerateFiles(project.PublishFolder))
            if (EndpointsManifest.IsOne(file)) yield return new PublishedItem(Path.GetFileName(file), file) { IsStaticWebAsset = true };
        foreach (var name in published.OwnNames.Where(n => File.Exists(Path.Combine(project.PublishFolder, n))))
            yield return new PublishedItem(name, Path.Combine(project.Folder, name));
    }

    // A project that imports the SDK says where its thin image goes. The bytes of any other are nobody else's.
    private static Dictionary<string, RepositoryName> ThinImages(LibrarySources libraries, PublishedProject published)
    {
        var repositories = new Dictionary<string, RepositoryName>(StringComparer.Ordinal);
        foreach (var file in published.Files)
            if (file is { Imports: { } sdk, MSBuildSourceProjectFile.Length: > 0 })
                repositories.TryAdd(Path.GetFileNameWithoutExtension(file.MSBuildSourceProjectFile), LibraryRepository.Of(libraries, sdk.PackageId, sdk.RepositoryPrefix, sdk.Repository).Name);
        return repositories;
    }

    // What the base brings is known before the app is planned.
    private async Task<BaseRecord> ReadBaseAsync(ContainerRequest request, CancellationToken cancellation)
    {
        if (!request.Strategy.StartsFromLibrary || request.Kind != ImageKind.Application || request.IsExplained) return BaseRecord.Empty;
        var reference = (request.Lock with { IsLocked = false }).Pin(request.Base, request.Platform);
        if (await ResolveAsync(reference, request).WaitAsync(cancellation).ConfigureAwait(false) is not { } image) return BaseRecord.Empty;
        if (BaseFit.Fault(image.Configuration, request.Project.FrameworkVersion, request.Project.NeedsAspNet) is { } fault)
            throw Diagnostics.BaseDoesNotFit.Error(request.Project.Name, request.Base.ToString(), fault);
        return BaseRecord.Read(image.Configuration.Labels, request.Base.ToString());
    }

    private async Task<Image?> ResolveAsync(ImageReference reference, ContainerRequest request)
    {
        try
        {
            return await session.ResolveAsync(reference, request.Platform, request.Access, reporter).ConfigureAwait(false);
        }
        catch (ContainerException e) when (request.BaseLibrary.Length > 0 && e.Diagnostic == Diagnostics.ImageNotFound)
        {
            throw Diagnostics.BaseNotPublished.Error(e, request.Project.Name, $"{request.Base}, the base image of {request.BaseLibrary}");
        }
    }

    private void WarnOfReplaced(ProjectDescription project)
    {
        if (project.Brought.Files.Count == 0) return;
        ImmutableArray<string> replaced = BaseImageStrategy.Replaced(project);
        if (replaced.Length > 0)
            reporter.Warn(Diagnostics.BaseReplaced, project.Name, replaced.Length == 1 ? "1 file" : $"{replaced.Length} files", string.Join(", ", replaced.Take(10)) + (replaced.Length > 10 ? ", …" : ""));
    }

    private void WarnOfUnstableReferences(PublishedProject published)
    {
        var projects = published.Files
            .Where(f => f is { ReferenceSourceTarget: "ProjectReference", Imports: null } && f.Source.EndsWith(".dll", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f.MSBuildSourceProjectFile)).Distinct().Order(StringComparer.Ordinal).ToList();
        if (projects.Count > 0) reporter.Warn(Diagnostics.ReferenceWithoutSdk, string.Join(", ", projects));
    }
}
