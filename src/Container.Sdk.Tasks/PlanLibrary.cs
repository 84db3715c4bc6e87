using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From a library's package to <c>plan.json</c>: a thin image with the package, and the files that an app publishes of it.</summary>
public sealed class PlanLibrary : ContainerTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    [Required] public string ProjectFolder { get; set; } = "";
    [Required] public string PlanFile { get; set; } = "";
    [Required] public string PackageFile { get; set; } = "";
    public string ImageFormat { get; set; } = "";
    public string Registry { get; set; } = "";
    public string Repository { get; set; } = "";
    public string RepositoryPrefix { get; set; } = "";
    public bool Deliver { get; set; } = true;
    public string ArchiveOutputPath { get; set; } = "";
    public ITaskItem[] LibrarySources { get; set; } = [];
    public ITaskItem[] AllowedFiles { get; set; } = [];
    public ITaskItem[] Labels { get; set; } = [];
    public ITaskItem[] GeneratedLabels { get; set; } = [];

    [Output] public string TargetRegistry { get; set; } = "";
    [Output] public string TargetRepository { get; set; } = "";
    [Output] public string TargetTag { get; set; } = "";
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var created = BuildTime.Of(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"));
        var format = SettingsReader.Choice("ContainerImageFormat", ImageFormat, ("OCI", Oci.ImageFormat.Oci), ("Docker", Oci.ImageFormat.Docker));
        var package = NuGetPackage.Read(PackageFile, PackageFile);
        DecideTarget(package);

        var contents = LibraryContents.Of(package);
        var files = Extract(contents, new FileOrigin(OriginKind.Library, package.Id.Value, package.Version.ToNormalizedString()));
        SecretCheck.Check(files, SettingsReader.Names(AllowedFiles));
        var plan = new ImagePlan
        {
            Name = ProjectName,
            Base = "scratch",
            Platform = PlatformOf(contents),
            Format = format,
            Created = created,
            Settings = new ContainerSettings { Labels = ReadLabels(package, contents), WorkingDirectory = "", AppCommandInstruction = AppCommandInstruction.None },
            Layers = [PackageLayer(package), .. LayeredStrategy.Arrange(files, "/app", maxLayers: 1)],
            IsVersion = true,
        };
        AtomicFile.Write(PlanFile, Encoding.UTF8.GetBytes(ImagePlanFile.Write(plan)), durable: false);
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private void DecideTarget(NuGetPackage package)
    {
        var (name, place) = LibraryRepository.Of(LibrarySourceReader.Read(LibrarySources, ProjectFolder), package.Id.Value, RepositoryPrefix, Repository);
        TargetTag = LibraryTag.Of(package.Version).Value;
        TargetRepository = name.Value;
        TargetRegistry = place switch { LayoutRepository folder => $"oci:{folder.Folder}", HostRepository host => host.Host.Value, _ => Registry };
        if (Deliver && ArchiveOutputPath.Length == 0 && TargetRegistry.Length == 0) throw Diagnostics.LibraryNeedsRegistry.Error(ProjectName, "an engine shows its images to nobody else");
    }

    private PlannedLayer PackageLayer(NuGetPackage package)
    {
        var name = $"{package.Id} {package.Version.ToNormalizedString()}";
        return new PlannedLayer(
            $"package {name}", OriginKind.Package, [name],
            [new PlannedFile(PackageFile, $"packages/{package.Id}.{package.Version.ToNormalizedString()}.nupkg", LayerEntry.DataMode)]);
    }

    private List<PublishedFile> Extract(LibraryContents contents, FileOrigin origin)
    {
        var folder = Path.Combine(Path.GetDirectoryName(PlanFile)!, "library");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var files = new List<PublishedFile>();
        using var zip = ZipFile.OpenRead(PackageFile);
        var entries = zip.Entries.ToDictionary(e => Uri.UnescapeDataString(e.FullName), StringComparer.Ordinal);
        foreach (var (packagePath, appPath) in contents.Files)
        {
            var path = Path.Combine(folder, appPath);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entries[packagePath].ExtractToFile(path);
            files.Add(new PublishedFile(path, appPath, new FileInfo(path).Length, origin, ProgramFile.IsProgram(path)));
        }
        return files;
    }

    // A library is for every platform unless it brings native code for one.
    private static Platform PlatformOf(LibraryContents contents)
    {
        var natives = contents.Files.Select(f => f.AppPath.Split('/')).Where(p => p is ["runtimes", _, "native", ..]).Select(p => p[1]).ToHashSet(StringComparer.Ordinal);
        return natives.Contains("linux-arm64") && !natives.Contains("linux-x64") ? new Platform("linux", "arm64") : new Platform("linux", "amd64");
    }

    private ImmutableArray<KeyValuePair<string, string>> ReadLabels(NuGetPackage package, LibraryContents contents)
    {
        var dependencies = new JsonObject();
        foreach (var dependency in package.Dependencies) dependencies[dependency.Id.Value] = dependency.Range.ToNormalizedString();
        // What the SDK of the day is called is no part of a library.
        var generated = GeneratedLabels.Where(l => !l.ItemSpec.StartsWith("net.dot.", StringComparison.Ordinal)).ToArray();
        return
        [
            KeyValuePair.Create("org.opencontainers.image.title", package.Id.Value),
            KeyValuePair.Create("org.opencontainers.image.version", package.Version.ToFullString()),
            .. SettingsReader.Labels(generated, Labels),
            KeyValuePair.Create(LibraryLabels.Id, package.Id.Value),
            KeyValuePair.Create(LibraryLabels.Version, package.Version.ToFullString()),
            KeyValuePair.Create(LibraryLabels.Framework, contents.Framework),
            KeyValuePair.Create(LibraryLabels.Dependencies, dependencies.ToJsonString()),
        ];
    }
}
