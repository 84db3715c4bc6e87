using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Container.Sdk.Images;
using Container.Sdk.Libraries;
using Container.Sdk.Planning;
using Container.Sdk.Registry;

namespace Container.Sdk.Testing;

/// <summary>
/// Library images that are made in this process, in milliseconds, from a package. A test of their own proves that they are what
/// publishing a library project gives.
/// </summary>
public static class LibraryImages
{
    private const string Created = "1980-01-01T00:00:00Z";

    /// <summary>Puts a library's image into a registry in a folder.</summary>
    /// <returns>Digest of its manifest.</returns>
    public static Digest ToFolder(this LibraryPackage package, string folder, string? repository = null, string? tag = null) => Deliver(
        package, (image, id, version) => new LayoutImageDestination(folder, RepositoryName.Parse(repository ?? $"libs/{id.Lower}"), [Tag.Parse(tag ?? version)]).DeliverAsync(image, new SilentReporter(), default));

    /// <summary>Pushes a library's image to a registry on this machine.</summary>
    /// <returns>Digest of its manifest.</returns>
    public static Digest ToRegistry(this LibraryPackage package, string host, string repository, string? tag = null) => Deliver(package, async (image, _, version) =>
    {
        using var client = new RegistryClient(RegistryHost.Parse(host), new RegistryOptions());
        var destination = new RegistryImageDestination(client, RepositoryName.Parse(repository), [Tag.Parse(tag ?? version)]);
        await destination.PrepareAsync(new SilentReporter(), default);
        return await destination.DeliverAsync(image, new SilentReporter(), default);
    });

    /// <summary>Makes the image of a package, as the product does; its bytes are in <paramref name="folder"/>.</summary>
    public static Image Make(string packageFile, string folder)
    {
        var package = NuGetPackage.Read(packageFile, packageFile);
        var contents = LibraryContents.Of(package);
        var name = $"{package.Id} {package.Version.ToNormalizedString()}";
        var plan = new ImagePlan
        {
            Name = package.Id.Value,
            Base = new ScratchReference(),
            Platform = new Platform("linux", "amd64"),
            Created = Created,
            Settings = new ContainerSettings { Labels = Labels(package, contents), WorkingDirectory = "", AppCommandInstruction = AppCommandInstruction.None },
            Content = new PlannedFiles(
            [
                new PlannedLayer($"package {name}", OriginKind.Package, [new FileOrigin(OriginKind.Package, package.Id.Value, package.Version.ToNormalizedString())], [new PlannedFile(packageFile, $"packages/{package.Id}.{package.Version.ToNormalizedString()}.nupkg", LayerEntry.DataMode)]),
                .. LayerArrangement.Arrange(Extract(packageFile, contents, Path.Combine(folder, "library")), "/app", maxLayers: 1),
            ]),
            Version = new PlannedVersion(package.Id.Value, packageFile),
        };
        var cache = LayerCache.Open(Path.Combine(folder, "cache"), CacheMode.ReadWrite, Path.Combine(folder, "own"), long.MaxValue, new SilentReporter());
        using var budget = new PackingBudget(1);
        return new ImageAssembler(cache, budget, new SilentReporter(), (_, _) => throw new NotSupportedException()).AssembleAsync(plan, null, null, null, default).GetAwaiter().GetResult().Image;
    }

    private static Digest Deliver(LibraryPackage package, Func<Image, PackageId, string, Task<Delivery>> deliver)
    {
        var folder = Directory.CreateTempSubdirectory("csdk-library-").FullName;
        try
        {
            var file = package.WriteTo(folder);
            var image = Make(file, folder);
            var read = NuGetPackage.Read(file, file);
            deliver(image, read.Id, LibraryTag.Of(read.Version).Value).GetAwaiter().GetResult();
            return image.Descriptor.Digest;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<PublishedFile> Extract(string packageFile, LibraryContents contents, string folder)
    {
        using var zip = ZipFile.OpenRead(packageFile);
        var package = NuGetPackage.Read(packageFile, packageFile);
        var origin = new FileOrigin(OriginKind.Library, package.Id.Value, package.Version.ToNormalizedString());
        return [.. contents.Files.Select(file =>
        {
            var path = Path.Combine(folder, file.AppPath);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            zip.GetEntry(file.PackagePath)!.ExtractToFile(path);
            return new PublishedFile(path, file.AppPath, new FileInfo(path).Length, origin);
        })];
    }

    private static ImmutableArray<KeyValuePair<string, string>> Labels(NuGetPackage package, LibraryContents contents)
    {
        var dependencies = new JsonObject();
        foreach (var dependency in package.Dependencies) dependencies[dependency.Id.Value] = dependency.Range.ToNormalizedString();
        return
        [
            KeyValuePair.Create("org.opencontainers.image.title", package.Id.Value),
            KeyValuePair.Create("org.opencontainers.image.version", package.Version.ToFullString()),
            KeyValuePair.Create(LibraryLabels.Id, package.Id.Value),
            KeyValuePair.Create(LibraryLabels.Version, package.Version.ToFullString()),
            KeyValuePair.Create(LibraryLabels.Framework, contents.Framework),
            KeyValuePair.Create(LibraryLabels.Dependencies, dependencies.ToJsonString()),
        ];
    }
}
