using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>
/// What NuGet gets to know in the container besides the files of the repository: the configurations of this user and this machine, and
/// all credentials, as one configuration; and those of the repository that hold credentials, without them.
/// </summary>
internal static class NuGetSecrets
{
    /// <summary>The secrets of a build; none where nothing is compiled in it.</summary>
    /// <param name="sourcesFile">What is compiled: <c>sources.json</c>, or nothing.</param>
    /// <param name="project">The app's project file.</param>
    /// <param name="extensions">Where restore left what it knew.</param>
    /// <param name="reporter">Told of credentials that cannot be used.</param>
    public static ImmutableArray<BuildSecret> Read(string sourcesFile, string project, string extensions, IReporter reporter)
    {
        if (sourcesFile.Length == 0) return [];
        var plan = SourcePlanFile.Read(File.ReadAllBytes(sourcesFile));
        var feeds = new PackageFeeds(plan.Root, Path.GetDirectoryName(project)!, RestoreGraph.Read(project, extensions));
        var credentials = new FeedCredentials(
            feeds.Configs, Environment.GetEnvironmentVariable, reporter,
            CredentialPlugins.Find(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));
        var found = feeds.Used.Select(s => (s.Name, Credentials: credentials.Of(s.Name, s.Address))).Where(s => s.Credentials is not null).ToList();
        var hidden = found.SelectMany(s => s.Credentials!).Where(p => p.Key.Contains("Password", StringComparison.OrdinalIgnoreCase) && p.Value.Length > 0).Select(p => p.Value).ToImmutableArray();
        return
        [
            new BuildSecret(SourceDockerfile.NuGetSecret, UserConfig(feeds, found!)) { Hidden = hidden },
            .. plan.SecretConfigs.Select(c => new BuildSecret(c.Id, NuGetConfig.Read(Path.GetFullPath(c.File, plan.Root)).Cleaned()) { Hidden = hidden }),
        ];
    }

    private static string UserConfig(PackageFeeds feeds, IEnumerable<(string Name, IReadOnlyDictionary<string, string> Credentials)> credentials)
    {
        var sources = new XElement("packageSources", feeds.Outer.Select(s =>
        {
            var element = new XElement(s.Element);
            element.SetAttributeValue("value", s.Value);
            return element;
        }));
        var known = new XElement("packageSourceCredentials");
        foreach (var (name, found) in credentials)
            known.Add(new XElement(XmlConvert.EncodeLocalName(name)!, found.Select(p => new XElement("add", new XAttribute("key", p.Key), new XAttribute("value", p.Value)))));
        var mapping = feeds.OuterConfigs.SelectMany(c => c.Section("packageSourceMapping")).FirstOrDefault();
        return new XDocument(new XElement("configuration", sources, known.HasElements ? known : null, mapping is null ? null : new XElement(mapping))).ToString();
    }
}
