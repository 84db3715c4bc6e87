namespace Container.Sdk.Sources;

/// <summary>A package source that a NuGet configuration names and restore uses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">The address, or the absolute path of a folder without a separator at the end.</param>
/// <param name="ConfigFile">The configuration that names it; absolute.</param>
/// <param name="Value">What the configuration says, with environment variables replaced; the path of a folder may be relative to the configuration's.</param>
internal sealed record ConfiguredFeed(string Name, string Place, string ConfigFile, string Value)
{
    /// <summary>Whether it is a folder of this machine.</summary>
    public bool IsFolder => IsFolderPlace(Place);

    /// <summary>Whether a package source is a folder, by its place.</summary>
    public static bool IsFolderPlace(string place) => !place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !place.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A package source's place, so that two that are the same are equal.</summary>
    public static string Normalize(string place) => IsFolderPlace(place) ? Path.TrimEndingDirectorySeparator(place) : place;
}
