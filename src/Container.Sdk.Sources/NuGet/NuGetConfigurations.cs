using System.Collections.Immutable;
using System.Xml.Linq;
using Container.Sdk.Planning;
using NuGet.Configuration;

namespace Container.Sdk.Sources;

/// <summary>
/// The NuGet configurations that restore used. The inner ones are in the repository, and the container reads them too; the outer ones are of this user
/// and this machine, and the container gets what they say as the configuration of its user.
/// </summary>
internal sealed record NuGetConfigurations
{
    /// <summary>The inner files, the nearest to the project first; absolute.</summary>
    public required ImmutableArray<string> InnerFiles { get; init; }

    /// <summary>The package sources that restore uses, of all configurations together; those of the nearest configuration first.</summary>
    public required ImmutableArray<ConfiguredFeed> Feeds { get; init; }

    /// <summary>The package sources that restore uses, as the outer configurations alone would have them.</summary>
    public required ImmutableArray<ConfiguredFeed> OuterFeeds { get; init; }

    /// <summary>Which packages the outer configurations take from which source (package source mapping), as elements of a configuration.</summary>
    public required ImmutableArray<XElement> OuterMapping { get; init; }

    /// <summary>The package sources that restore reaches over a network, with the credentials that the configurations and the environment have for them.</summary>
    public required ImmutableArray<PackageSource> RemoteSources { get; init; }

    /// <summary>Which configuration has the credentials of a package source, by its name.</summary>
    public required IReadOnlyDictionary<string, string> CredentialFiles { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="root">The folder that the container sees as <see cref="SourceNames.Root"/>; absolute.</param>
    /// <param name="projectFolder">The app's folder; absolute.</param>
    /// <param name="restored">What restore used.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourcesNotRestored"/></exception>
    public static NuGetConfigurations Read(string root, string projectFolder, RestoreOutput restored)
    {
        // NuGet would write a file that is no longer there.
        string[] files = [.. restored.ConfigFiles.Where(File.Exists)];
        string[] inner = [.. files.Where(f => IsAbove(root, projectFolder, f))];
        var used = restored.Sources.Select(ConfiguredFeed.Normalize).ToHashSet(StringComparer.Ordinal);
        try
        {
            var (all, outer) = (Settings.LoadSettingsGivenConfigPaths(files), Settings.LoadSettingsGivenConfigPaths([.. files.Except(inner)]));
            return new NuGetConfigurations
            {
                InnerFiles = [.. inner],
                Feeds = FeedsOf(all, used),
                OuterFeeds = FeedsOf(outer, used),
                OuterMapping = [.. Items<PackageSourceMappingSourceItem>(outer, ConfigurationConstants.PackageSourceMapping)
                    .Select(s => new XElement("packageSource", new XAttribute("key", s.Key), s.Patterns.Select(p => new XElement("package", new XAttribute("pattern", p.Pattern)))))],
                RemoteSources = [.. PackageSourceProvider.LoadPackageSources(all).Where(s => s.IsHttp && used.Contains(s.Source))],
                CredentialFiles = Items<CredentialsItem>(all, ConfigurationConstants.CredentialsSectionName).ToDictionary(c => c.ElementName, c => c.ConfigPath!),
            };
        }
        catch (Exception e) when (e is NuGetConfigurationException or ArgumentException)
        {
            throw Diagnostics.SourcesNotRestored.Error(e, Path.GetFileName(projectFolder), e.Message.TrimEnd('.'));
        }
    }

    private static ImmutableArray<ConfiguredFeed> FeedsOf(ISettings settings, HashSet<string> used)
    {
        var order = settings.GetConfigFilePaths();
        return
        [
            .. Items<SourceItem>(settings, ConfigurationConstants.PackageSources).OrderBy(s => order.IndexOf(s.ConfigPath!))
                .Select(s => new ConfiguredFeed(s.Key, ConfiguredFeed.Normalize(s.GetValueAsPath()), s.ConfigPath!, s.Value)).Where(f => used.Contains(f.Location)),
        ];
    }

    private static IEnumerable<T> Items<T>(ISettings settings, string section) => settings.GetSection(section)?.Items.OfType<T>() ?? [];

    private static bool IsAbove(string root, string projectFolder, string file) =>
        SourcePlanner.IsIn(root, file) && SourcePlanner.IsIn(Path.GetDirectoryName(file)!, projectFolder + Path.DirectorySeparatorChar);
}

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
