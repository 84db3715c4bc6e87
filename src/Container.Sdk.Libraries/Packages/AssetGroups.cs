namespace Container.Sdk.Libraries;

/// <summary>A file below a folder that is named by a framework.</summary>
/// <param name="Path">Its path in the package.</param>
/// <param name="Framework">The framework; <c>null</c>: any.</param>
/// <param name="Rest">The parts of the path below that folder.</param>
internal sealed record Asset(string Path, FrameworkFolder? Framework, string[] Rest);

/// <summary>How one framework's files are taken out of several frameworks'.</summary>
internal static class AssetGroups
{
    /// <summary>
    /// The files of the newest framework that an app can use. A framework counts with whatever lies in its folder: with
    /// <c>_._</c> alone it says that there is nothing for it, and not that an older one would do.
    /// </summary>
    /// <param name="assets">The files of all frameworks.</param>
    /// <param name="app">What kind of framework the app is known to have; besides, it has the newest .NET.</param>
    public static IEnumerable<Asset> Newest(this IEnumerable<Asset> assets, FrameworkKind app)
    {
        var all = assets.Where(a => a.Framework is null || a.Framework.Kind >= FrameworkKind.NetStandard || a.Framework.Kind == app).ToList();
        var newest = all.Max(a => a.Framework);
        return all.Where(a => a.Framework == newest);
    }

    /// <summary>A name that says that its folder is empty.</summary>
    public static bool IsPlaceholder(this Asset asset) => asset.Rest[^1] == "_._";
}
