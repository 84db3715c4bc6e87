using NuGet.Configuration;

namespace Container.Sdk.Sources;

/// <summary>A package source that a NuGet configuration names and restore uses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Location">The address, or the absolute path of a folder without a separator at the end.</param>
/// <param name="ConfigFile">The configuration that names it; absolute.</param>
/// <param name="Value">What the configuration says, with environment variables replaced; the path of a folder may be relative to the configuration's.</param>
internal sealed record ConfiguredFeed(string Name, string Location, string ConfigFile, string Value)
{
    /// <summary>Whether it is a folder of this machine.</summary>
    public bool IsFolder => IsFolderLocation(Location);

    /// <summary>Whether a package source is a folder, by its location.</summary>
    public static bool IsFolderLocation(string location) => !new PackageSource(location).IsHttp;

    /// <summary>A package source's location, so that two that are the same are equal.</summary>
    public static string Normalize(string location) => IsFolderLocation(location) ? Path.TrimEndingDirectorySeparator(location) : location;
}
