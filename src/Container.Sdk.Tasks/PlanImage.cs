using System.Text;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Container.Sdk.Tasks;

/// <summary>From what the project says and publishes to <c>plan.json</c>.</summary>
public sealed partial class PlanImage : ContainerTask
{
    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var created = BuildTime.Of(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"));
        var maxLayers = SettingsReader.Number("ContainerMaxLayers", MaxLayers, 32, 1, 100);
        var format = SettingsReader.Choice("ContainerImageFormat", ImageFormat, ("OCI", Oci.ImageFormat.Oci), ("Docker", Oci.ImageFormat.Docker));
        var baseImage = ImageReference.Parse(BaseImage, ProjectFolder);
        var platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier);
        var settings = ReadSettings(created, baseImage);
        if (platform.Os == "windows") throw Diagnostics.WindowsImage.Error(RuntimeIdentifier);

        var sources = LibrarySourceReader.Read(LibrarySources, ProjectFolder);
        var libraries = IsCopyFromImage ? new PlannedLibraries(sources, new LibraryStore(CacheFolder), [.. Files.Select(Item)], settings.WorkingDirectory) : null;
        var files = new PublishedFiles(Path.GetFullPath(PublishFolder, ProjectFolder), Path.Combine(Path.GetDirectoryName(PlanFile)!, "normalized"), BaseOf == "Libraries" ? new SilentReporter() : this)
            .Read(Files.Select(Item).Concat(ExtraItems()), new OriginRules(ProjectFolder, AssemblyName, ReferencedProjects.Select(p => p.GetMetadata("FullPath")), libraries is null ? null : libraries.Covers));
        SecretCheck.Check(files, SettingsReader.Names(AllowedFiles));
        if (BaseOf != "Libraries") WarnOfUnstableReferences();
        var (layers, labels) = PlanBase(files, settings.WorkingDirectory, maxLayers);

        var plan = new ImagePlan
        {
            Name = ProjectName,
            Base = LockedBase.Of(baseImage, platform, LockFilePath, SettingsReader.Choice("ContainerLockedMode", LockedMode, ("true", true), ("false", false)) ?? false) is var pinned && pinned != baseImage ? pinned.ToString() : BaseImage,
            Platform = platform,
            Format = format,
            Created = created,
            Settings = settings with { Labels = settings.Labels.AddRange(labels) },
            Steps = StepReader.Read(SystemPackages, Runs, BuildPackages),
            Layers =
            [
                .. ContainerFiles.Read(ContainerFileItems, ProjectFolder, SettingsReader.Names(AllowedFiles)),
                .. layers ?? (libraries is null
                    ? LayeredStrategy.Arrange(files, settings.WorkingDirectory, maxLayers)
                    : CopyFromImageStrategy.Arrange(files, settings.WorkingDirectory, maxLayers, libraries.Find, project => PublishesThinImages ? ThinImageOf(project, sources) : null)),
            ],
            RequiresSharedLayers = SettingsReader.Choice("ContainerRequireSharedLayers", RequireSharedLayers, ("true", true), ("false", false)) ?? false,
        };
        AtomicFile.Write(PlanFile, Encoding.UTF8.GetBytes(ImagePlanFile.Write(plan)), durable: false);
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private bool IsCopyFromImage => Strategy.Equals("CopyFromImage", StringComparison.OrdinalIgnoreCase);

    // A project that imports the SDK says where its thin image goes. The bytes of any other are nobody else's.
    private RepositoryName? ThinImageOf(string project, LibrarySources sources) =>
        Files.FirstOrDefault(f => Path.GetFileNameWithoutExtension(f.GetMetadata("MSBuildSourceProjectFile")) == project && f.GetMetadata("ContainerSdk").Length > 0) is { } file
            ? LibraryRepository.Of(sources, file.GetMetadata("ContainerPackageId"), file.GetMetadata("ContainerRepositoryPrefix"), file.GetMetadata("ContainerRepository")).Name
            : null;

    private ContainerSettings ReadSettings(string created, ImageReference baseImage) => new()
    {
        Entrypoint = SettingsReader.Names(Entrypoint),
        EntrypointArgs = SettingsReader.Names(EntrypointArgs),
        AppCommand = SettingsReader.Names(AppCommand),
        AppCommandArgs = SettingsReader.Names(AppCommandArgs),
        DefaultArgs = SettingsReader.Names(DefaultArgs),
        AppCommandInstruction = SettingsReader.Choice(
            "ContainerAppCommandInstruction", AppCommandInstruction,
            ("Entrypoint", Planning.AppCommandInstruction.Entrypoint), ("DefaultArgs", Planning.AppCommandInstruction.DefaultArgs), ("None", Planning.AppCommandInstruction.None)),
        Environment = SettingsReader.Environment(EnvironmentVariables),
        // A later label wins: the user's own over those that are made.
        Labels = SettingsReader.Labels(GeneratedLabels, CreatedLabels(created), BaseNameLabels(baseImage), Labels),
        Ports = SettingsReader.Ports(Ports),
        Volumes = SettingsReader.Volumes(Volumes),
        User = SettingsReader.User(User),
        WorkingDirectory = SettingsReader.ImagePath("ContainerWorkingDirectory", WorkingDirectory),
        LabelBaseDigest = LabelBaseDigest,
    };

    private ITaskItem[] CreatedLabels(string created) => [.. CreatedLabelNames.Select(name => Label(name.ItemSpec, created))];

    // A path of this machine means nothing where the image is read, and would make it another image in each folder.
    private ITaskItem[] BaseNameLabels(ImageReference baseImage) => !LabelBaseName ? [] : baseImage switch
    {
        LayoutReference { Name: { } name } => [Label("org.opencontainers.image.base.name", name)],
        RegistryReference => [Label("org.opencontainers.image.base.name", BaseImage)],
        _ => [],
    };

    private static TaskItem Label(string name, string value)
    {
        var item = new TaskItem(name);
        item.SetMetadata("Value", value);
        return item;
    }

    private void WarnOfUnstableReferences()
    {
        var projects = Files
            .Where(f => f.GetMetadata("ReferenceSourceTarget") == "ProjectReference" && f.GetMetadata("ContainerSdk").Length == 0 && f.GetMetadata("Extension") == ".dll")
            .Select(f => Path.GetFileNameWithoutExtension(f.GetMetadata("MSBuildSourceProjectFile"))).Distinct().Order(StringComparer.Ordinal).ToList();
        if (MapsPaths && projects.Count > 0) Warn(Diagnostics.ReferenceWithoutSdk, string.Join(", ", projects));
    }

    private PublishedItem Item(ITaskItem item) => new(RelativePath(item.GetMetadata("RelativePath")), FullPath(item))
    {
        NuGetPackageId = item.GetMetadata("NuGetPackageId"),
        NuGetPackageVersion = item.GetMetadata("NuGetPackageVersion"),
        PathInPackage = item.GetMetadata("PathInPackage"),
        ReferenceSourceTarget = item.GetMetadata("ReferenceSourceTarget"),
        MSBuildSourceProjectFile = item.GetMetadata("MSBuildSourceProjectFile"),
    };

    // What publishing adds without listing it: static web assets and their manifest, web.config, the single-file executable.
    private IEnumerable<PublishedItem> ExtraItems()
    {
        var folder = Path.GetFullPath(PublishFolder, ProjectFolder);
        foreach (var asset in StaticWebAssets)
            yield return new PublishedItem(RelativePath(asset.GetMetadata("TargetPath")), FullPath(asset)) { IsStaticWebAsset = true };
        foreach (var file in Directory.EnumerateFiles(folder))
            if (EndpointsManifest.IsOne(file)) yield return new PublishedItem(Path.GetFileName(file), file) { IsStaticWebAsset = true };
        foreach (var name in OwnFiles.Select(f => f.ItemSpec).Where(f => File.Exists(Path.Combine(folder, f))))
            yield return new PublishedItem(RelativePath(name), Path.Combine(ProjectFolder, name));
    }

    // As the file lies in the publish folder: `./x` and `a//b` are `x` and `a/b` there.
    private static string RelativePath(string path) =>
        string.Join('/', path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."));

    private string FullPath(ITaskItem item) => Path.GetFullPath(item.ItemSpec, ProjectFolder);
}
