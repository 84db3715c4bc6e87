using System.Text.Json;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace Container.Sdk.Tasks;

/// <summary>
/// After restore: whether the packages that a build uses are the library images' own. An older package of the same version in
/// NuGet's folder, or one of a public feed, wins without a word.
/// </summary>
public sealed class CheckLibraries : LibraryTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    /// <summary>The packages of the build, by name.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary><c>project.assets.json</c>.</summary>
    [Required] public string AssetsFile { get; set; } = "";

    /// <summary>Whether Container.Sdk is imported as an SDK, so that restore could be prepared.</summary>
    public bool AsSdk { get; set; }
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var sources = ReadSources();
        if (!Packages.Any(p => sources.Covers(p.ItemSpec))) return System.Threading.Tasks.Task.CompletedTask;
        if (!AsSdk) throw Diagnostics.SdkNeeded.Error(ProjectName);
        var store = OpenStore();
        foreach (var (id, version, hash, folder) in Restored())
        {
            if (!sources.Covers(id.Value)) continue;
            var own = store.Packages.HashOf(id, version);
            if (own == hash) continue;
            object[] what = [id.Value, version.ToNormalizedString(), folder, sources.Find(id)!.ToString()];
            // A version that no image gave came from somewhere else altogether.
            if (own is null) throw Diagnostics.OtherPackage.Error(what);
            Warn(Diagnostics.OtherPackage, what);
        }
        return System.Threading.Tasks.Task.CompletedTask;
    }

    // {"libraries": {"Acme.Pricing/1.4.0": {"sha512": "…", "type": "package", "path": "acme.pricing/1.4.0"}}, "packageFolders": {"/home/me/.nuget/packages/": {}}}
    private IEnumerable<(PackageId Id, NuGetVersion Version, string Hash, string Folder)> Restored()
    {
        System.Text.Json.Nodes.JsonObject assets;
        try
        {
            assets = Json.ParseObject(File.ReadAllBytes(AssetsFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // The .NET SDK has just read it; whatever is wrong now is its to say.
            yield break;
        }
        var folders = (assets.GetObject("packageFolders") ?? []).Select(f => f.Key).ToList();
        foreach (var (name, value) in assets.GetObject("libraries") ?? [])
        {
            if (value is not System.Text.Json.Nodes.JsonObject library || library.GetString("type") != "package" || library.GetString("sha512") is not { } hash) continue;
            if (name.Split('/') is not [var idText, var versionText] || !PackageId.TryParse(idText, out var id) || !NuGetVersion.TryParse(versionText, out var version)) continue;
            var path = library.GetString("path") ?? name;
            yield return (id, version, hash, folders.Select(f => Path.Combine(f, path)).FirstOrDefault(Directory.Exists) ?? path);
        }
    }
}
