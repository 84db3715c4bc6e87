using System.Text.RegularExpressions;

namespace Container.Sdk.Libraries;

/// <summary>What is published of <c>lib</c>: the assemblies and their satellites.</summary>
internal static partial class LibraryFiles
{
    /// <summary>The files in <c>lib</c>; those directly in it only where no framework has a folder.</summary>
    public static List<Asset> In(IEnumerable<(string Path, string[] Parts)> paths)
    {
        var all = paths.Where(p => Is(p.Parts[0], "lib")).ToList();
        var named = all.Where(p => p.Parts.Length > 2).Select(p => new Asset(p.Path, FrameworkFolder.Parse(p.Parts[1]), p.Parts[2..])).Where(a => a.Framework is not null).ToList();
        return named.Count > 0 ? named : [.. all.Where(p => p.Parts.Length == 2).Select(p => new Asset(p.Path, null, p.Parts[1..]))];
    }

    /// <summary>The assemblies, which lie in the app's folder itself.</summary>
    public static IEnumerable<(string PackagePath, string AppPath)> Programs(IEnumerable<Asset> newest) =>
        newest.Where(IsProgram).Select(a => (a.Path, a.Rest[0]));

    /// <summary>The satellites, each in the folder of its culture. Their framework is chosen apart from the assemblies'.</summary>
    public static IEnumerable<(string PackagePath, string AppPath)> Satellites(IEnumerable<Asset> lib, FrameworkKind app) =>
        lib.Where(a => a.Framework is not null && IsInCulture(a)).Newest(app).Where(IsSatellite).Select(a => (a.Path, $"{CultureName(a.Rest[0])}/{a.Rest[1]}"));

    /// <summary>Whether it is an assembly directly in a framework's folder.</summary>
    public static bool IsProgram(Asset asset) =>
        asset.Rest.Length == 1 && Path.GetExtension(asset.Rest[0]).ToLowerInvariant() is ".dll" or ".exe" or ".winmd";

    /// <summary>Whether it is below the folder of a culture.</summary>
    public static bool IsInCulture(Asset asset) => asset.Rest.Length > 1 && Culture().IsMatch(asset.Rest[0]);

    /// <summary>Whether it is a satellite in the folder of its culture.</summary>
    public static bool IsSatellite(Asset asset) =>
        asset.Rest.Length == 2 && asset.Rest[1].EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a folder of a package has this name; NuGet does not look at the case.</summary>
    public static bool Is(string part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);

    // The .NET SDK writes a culture in its standard form: de, pt-BR, zh-Hant-TW.
    private static string CultureName(string culture) => string.Join('-', culture.Split('-').Select((part, i) => (i, part.Length) switch
    {
        (0, _) => part.ToLowerInvariant(),
        (_, 2) => part.ToUpperInvariant(),
        (_, 4) => char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant(),
        _ => part,
    }));

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Culture();
}
