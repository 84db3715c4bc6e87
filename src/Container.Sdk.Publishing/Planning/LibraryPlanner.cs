using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>From a library's package to a plan: a thin image with the package, and the files that an app publishes of it.</summary>
internal static class LibraryPlanner
{
    /// <exception cref="ContainerException">The package is damaged, or has files that look like secrets.</exception>
    public static ImagePlan Plan(ContainerRequest request)
    {
        var file = request.Project.PackageFile;
        var package = NuGetPackage.Read(file, file);
        var contents = LibraryContents.Of(package);
        var files = Extract(file, contents, new FileOrigin(OriginKind.Library, package.Id.Value, package.Version.ToNormalizedString()), request.Output.Library);
        SecretCheck.Check(files, request.AllowedFiles);
        return new ImagePlan
        {
            Name = request.Project.Name,
            Base = new ScratchReference(),
            Platform = PlatformOf(contents),
            Format = request.Format,
            Created = request.Created,
            Settings = request.Settings with { Labels = Labels(package, contents, request.Settings.Labels) },
            Content = new PlannedFiles([PackageLayer(package, file), .. LayerArrangement.Arrange(files, "/app", maxLayers: 1)]),
            Version = new PlannedVersion(package.Id.Value, file),
        };
    }

    private static PlannedLayer PackageLayer(NuGetPackage package, string file)
    {
        var version = package.Version.ToNormalizedString();
        return new PlannedLayer(
            $"package {package.Id} {version}", OriginKind.Package, [new FileOrigin(OriginKind.Package, package.Id.Value, version)],
            [new PlannedFile(file, $"packages/{package.Id}.{version}.nupkg", LayerEntry.DataMode)]);
    }

    private static List<PublishedFile> Extract(string package, LibraryContents contents, FileOrigin origin, string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var files = new List<PublishedFile>();
        using var zip = ZipFile.OpenRead(package);
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

    private static ImmutableArray<KeyValuePair<string, string>> Labels(NuGetPackage package, LibraryContents contents, ImmutableArray<KeyValuePair<string, string>> own)
    {
        var dependencies = new JsonObject();
        foreach (var dependency in package.Dependencies) dependencies[dependency.Id.Value] = dependency.Range.ToNormalizedString();
        return
        [
            KeyValuePair.Create("org.opencontainers.image.title", package.Id.Value),
            KeyValuePair.Create("org.opencontainers.image.version", package.Version.ToFullString()),
            .. own,
            KeyValuePair.Create(LibraryLabels.Id, package.Id.Value),
            KeyValuePair.Create(LibraryLabels.Version, package.Version.ToFullString()),
            KeyValuePair.Create(LibraryLabels.Framework, contents.Framework),
            KeyValuePair.Create(LibraryLabels.Dependencies, dependencies.ToJsonString()),
        ];
    }
}
