using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From what the project says and publishes to <c>plan.json</c>.</summary>
public sealed partial class PlanImage : ContainerTask
{
    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var created = BuildTime.Of(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"));
        var settings = ReadSettings(created);
        var maxLayers = SettingsReader.Number("ContainerMaxLayers", MaxLayers, 32, 1, 100);
        var format = SettingsReader.Choice("ContainerImageFormat", ImageFormat, ("OCI", Oci.ImageFormat.Oci), ("Docker", Oci.ImageFormat.Docker));
        var baseImage = ImageReference.Parse(BaseImage, ProjectFolder);

        var files = new PublishedFiles(Path.GetFullPath(PublishFolder, ProjectFolder), Path.Combine(Path.GetDirectoryName(PlanFile)!, "normalized"), this)
            .Read(Files.Select(Item).Concat(ExtraItems()), new OriginRules(ProjectFolder, ReferencedProjects.Select(p => p.GetMetadata("FullPath"))));
        SecretCheck.Check(files, SettingsReader.Names(AllowedFiles));

        var plan = new ImagePlan
        {
            Name = ProjectName,
            Base = baseImage.ToString(),
            Platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier),
            Format = format,
            Created = created,
            Settings = settings,
            Layers = [.. LayeredStrategy.Arrange(files, settings.WorkingDirectory, maxLayers)],
        };
        AtomicFile.Write(PlanFile, Encoding.UTF8.GetBytes(ImagePlanFile.Write(plan)), durable: false);
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private ContainerSettings ReadSettings(string created) => new()
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
        Labels = SettingsReader.Labels(GeneratedLabels, CreatedLabels(created), Labels),
        Ports = SettingsReader.Ports(Ports),
        Volumes = SettingsReader.Volumes(Volumes),
        User = SettingsReader.User(User),
        WorkingDirectory = SettingsReader.ImagePath("ContainerWorkingDirectory", WorkingDirectory),
        LabelBaseDigest = LabelBaseDigest,
    };

    private ITaskItem[] CreatedLabels(string created) =>
    [
        .. CreatedLabelNames.Select(name =>
        {
            var item = new Microsoft.Build.Utilities.TaskItem(name.ItemSpec);
            item.SetMetadata("Value", created);
            return item;
        }),
    ];

    private PublishedItem Item(ITaskItem item) => new(item.GetMetadata("RelativePath").Replace('\\', '/'), FullPath(item))
    {
        NuGetPackageId = item.GetMetadata("NuGetPackageId"),
        NuGetPackageVersion = item.GetMetadata("NuGetPackageVersion"),
        ReferenceSourceTarget = item.GetMetadata("ReferenceSourceTarget"),
        MSBuildSourceProjectFile = item.GetMetadata("MSBuildSourceProjectFile"),
    };

    // What publishing adds without listing it: static web assets and their manifest, web.config, the single-file executable.
    private IEnumerable<PublishedItem> ExtraItems()
    {
        var folder = Path.GetFullPath(PublishFolder, ProjectFolder);
        foreach (var asset in StaticWebAssets)
            yield return new PublishedItem(asset.GetMetadata("TargetPath").Replace('\\', '/'), FullPath(asset)) { IsStaticWebAsset = true };
        foreach (var file in Directory.EnumerateFiles(folder))
            if (EndpointsManifest.IsOne(file)) yield return new PublishedItem(Path.GetFileName(file), file) { IsStaticWebAsset = true };
        foreach (var name in OwnFiles.Select(f => f.ItemSpec).Where(f => File.Exists(Path.Combine(folder, f))))
            yield return new PublishedItem(name.Replace('\\', '/'), Path.Combine(ProjectFolder, name));
    }

    private string FullPath(ITaskItem item) => Path.GetFullPath(item.ItemSpec, ProjectFolder);
}
