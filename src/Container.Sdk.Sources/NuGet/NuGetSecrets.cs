using System.Collections.Immutable;
using System.Xml.Linq;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>
/// What NuGet in a container gets besides the files of the repository: one configuration as its user's, with the package sources of this user and this
/// machine and all credentials; and each configuration of the repository that holds credentials, without them.
/// </summary>
public static class NuGetSecrets
{
    /// <summary>The secrets of a build in a container.</summary>
    /// <param name="plan">What is compiled.</param>
    /// <param name="projectFile">The app's project file; absolute.</param>
    /// <param name="extensionsPath">Where restore wrote what it found (<c>MSBuildProjectExtensionsPath</c>); absolute.</param>
    /// <param name="reporter">Told of credentials that cannot be used.</param>
    /// <param name="cancellation">Stops asking credential providers.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourcesNotRestored"/></exception>
    public static async Task<ImmutableArray<BuildSecret>> ReadAsync(SourcePlan plan, string projectFile, string extensionsPath, IReporter reporter, CancellationToken cancellation)
    {
        var restored = RestoreOutput.Read(projectFile, extensionsPath);
        var configurations = NuGetConfigurations.Read(plan.Root, Path.GetDirectoryName(projectFile)!, restored);
        using var providers = CredentialProviders.OfThisMachine(reporter);
        var credentials = new FeedCredentials(configurations.CredentialFiles, Environment.GetEnvironmentVariable, providers, reporter);
        var found = new List<FeedCredential>();
        foreach (var source in configurations.RemoteSources)
            if (await credentials.FindAsync(source, cancellation).ConfigureAwait(false) is { } credential) found.Add(credential);

        var hidden = found.Select(c => c.Password).Where(p => p.Length > 0).ToImmutableArray();
        return
        [
            new BuildSecret(SourceDockerfile.NuGetSecret, UserConfiguration(new PackageFeeds(plan.Root, configurations, restored).OuterSources, found, configurations.OuterMapping)) { Hidden = hidden },
            .. plan.SecretConfigs.Select(c => new BuildSecret(c.Id, NuGetConfigFile.Read(Path.GetFullPath(c.File, plan.Root)).WithoutCredentials()) { Hidden = hidden }),
        ];
    }

    /// <summary>The text of the configuration of the container's user.</summary>
    /// <param name="sources">The package sources that the repository does not name.</param>
    /// <param name="credentials">The credentials of all package sources.</param>
    /// <param name="mapping">Which packages come from which source.</param>
    internal static string UserConfiguration(IEnumerable<XElement> sources, IReadOnlyCollection<FeedCredential> credentials, IReadOnlyCollection<XElement> mapping) => new XDocument(new XElement(
        "configuration",
        new XElement("packageSources", sources),
        credentials.Count > 0 ? new XElement("packageSourceCredentials", credentials.Select(c => c.ToXml())) : null,
        mapping.Count > 0 ? new XElement("packageSourceMapping", mapping) : null)).ToString();
}
