using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>An image that carries a library: its package in one layer, the files of it that an app publishes in the other.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Framework">The framework whose files are in the app layer; empty where there is none.</param>
/// <param name="Dependencies">The packages that it needs.</param>
/// <param name="Image">The image.</param>
public sealed record LibraryImage(PackageId Id, NuGetVersion Version, string Framework, ImmutableArray<LibraryRequest> Dependencies, Image Image)
{
    private const int MostLayers = 2;

    /// <summary>The layer with the package.</summary>
    public ImageLayer PackageLayer => Image.Layers[0];

    /// <summary>The layer with the files of <c>/app</c>; <c>null</c> where the library has none for an app.</summary>
    public ImageLayer? AppLayer => Image.Layers.ElementAtOrDefault(1);

    /// <summary>The library's id and version, for people.</summary>
    public override string ToString() => Describe(Id, Version);

    /// <summary>Reads what an image says of itself. Its layers are read by <see cref="LibraryImageReader"/>.</summary>
    /// <param name="image">The image.</param>
    /// <param name="id">The library that was asked for.</param>
    /// <param name="version">Its version; <c>null</c>: any.</param>
    /// <param name="name">What the image is called, for messages.</param>
    /// <exception cref="ContainerException">
    /// <see cref="Diagnostics.NotALibrary"/>, <see cref="Diagnostics.OtherLibrary"/> or <see cref="Diagnostics.DamagedLibrary"/>
    /// </exception>
    public static LibraryImage Read(Image image, PackageId id, NuGetVersion? version, string name)
    {
        var labels = image.Configuration.Labels;
        var (foundId, foundVersion) = (Label(LibraryLabels.Id), Label(LibraryLabels.Version));
        if (!PackageId.TryParse(foundId, out var parsedId)) throw Diagnostics.NotALibrary.Error(name, $"its label {LibraryLabels.Id}, '{foundId}', is no package id");
        if (!NuGetVersion.TryParse(foundVersion, out var parsedVersion)) throw Diagnostics.NotALibrary.Error(name, $"its label {LibraryLabels.Version}, '{foundVersion}', is no version");
        CheckIdentity(id, version, parsedId, parsedVersion, name);
        var dependencies = ReadDependencies(Label(LibraryLabels.Dependencies), name);
        var library = new LibraryImage(parsedId, parsedVersion, Label(LibraryLabels.Framework), dependencies, image);
        if (image.Layers.Length is 0 or > MostLayers) throw Diagnostics.DamagedLibrary.Error(name, $"it has {image.Layers.Length} layers; a library has one with its package, and one with its files");
        return library;

        string Label(string label) => labels.TryGetValue(label, out var value) ? value : throw Diagnostics.NotALibrary.Error(name, $"it has no label {label}");
    }

    /// <summary>Checks that something is the library that was asked for. Build metadata is not asked for: a tag cannot say it.</summary>
    internal static void CheckIdentity(PackageId id, NuGetVersion? version, PackageId foundId, NuGetVersion foundVersion, string where)
    {
        if (!foundId.Equals(id) || (version is not null && !VersionComparer.VersionRelease.Equals(foundVersion, version)))
            throw Diagnostics.OtherLibrary.Error(where, version is null ? id.Value : Describe(id, version), Describe(foundId, foundVersion));
    }

    private static string Describe(PackageId id, NuGetVersion version) => $"{id} {version.ToNormalizedString()}";

    private static ImmutableArray<LibraryRequest> ReadDependencies(string json, string name)
    {
        try
        {
            var parsed = Json.ParseObject(Encoding.UTF8.GetBytes(json));
            var dependencies = parsed.Select(d => ReadDependency(d.Key, parsed.GetString(d.Key) ?? "")).ToImmutableArray();
            return dependencies.GroupBy(d => d.Id).FirstOrDefault(g => g.Count() > 1) is { } twice ? throw new JsonException($"it has '{twice.Key}' twice") : dependencies;
        }
        catch (JsonException e)
        {
            throw Diagnostics.DamagedLibrary.Error(e, name, $"its label {LibraryLabels.Dependencies} cannot be read, {e.Message}");
        }
    }

    private static LibraryRequest ReadDependency(string id, string range) =>
        !PackageId.TryParse(id, out var package) ? throw new JsonException($"'{id}' is no package id")
        : VersionRange.TryParse(range, out var versions) ? new LibraryRequest(package, versions)
        : throw new JsonException($"'{range}' is no range of versions");
}

/// <summary>The labels by which an image says that it is a library, and which.</summary>
public static class LibraryLabels
{
    private const string Prefix = "container-sdk.library.";

    /// <summary>The package id.</summary>
    public const string Id = Prefix + "id";

    /// <summary>The version of the package, build metadata included.</summary>
    public const string Version = Prefix + "version";

    /// <summary>The framework whose files are in <c>/app</c>, as the package's folder is named; empty where it has none.</summary>
    public const string Framework = Prefix + "framework";

    /// <summary>The packages that it needs: a JSON object, id to range.</summary>
    public const string Dependencies = Prefix + "dependencies";
}
