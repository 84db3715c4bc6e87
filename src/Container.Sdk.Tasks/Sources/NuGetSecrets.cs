using System.Xml;
using System.Xml.Linq;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>
/// What NuGet gets to know in the container besides the files of the repository: the configurations of this user and this machine, and
/// all credentials, as one configuration; and those of the repository that hold credentials, without them.
/// </summary>
internal static class NuGetSecrets
{
    /// <summary>The secrets by their ids.</summary>
    /// <param name="plan">What is compiled.</param>
    /// <param name="feeds">Where packages come from.</param>
    /// <param name="credentials">The credentials.</param>
    public static IReadOnlyDictionary<string, string> Write(SourcePlan plan, PackageFeeds feeds, FeedCredentials credentials)
    {
        var secrets = new SortedDictionary<string, string>(StringComparer.Ordinal) { [SourceDockerfile.NuGetSecret] = UserConfig(feeds, credentials) };
        foreach (var config in plan.SecretConfigs)
            secrets[config.Id] = feeds.Configs.First(c => c.File == Path.GetFullPath(config.File, plan.Root)).Cleaned();
        return secrets;
    }

    private static string UserConfig(PackageFeeds feeds, FeedCredentials credentials)
    {
        var sources = new XElement("packageSources", feeds.Outer.Select(s =>
        {
            var element = new XElement(s.Element);
            element.SetAttributeValue("value", s.Value);
            return element;
        }));
        var known = new XElement("packageSourceCredentials");
        foreach (var (name, address) in feeds.Used)
            if (credentials.Of(name, address) is { } found)
                known.Add(new XElement(XmlConvert.EncodeLocalName(name)!, found.Select(p => new XElement("add", new XAttribute("key", p.Key), new XAttribute("value", p.Value)))));
        var mapping = feeds.OuterConfigs.SelectMany(c => c.Section("packageSourceMapping")).FirstOrDefault();
        return new XDocument(new XElement("configuration", sources, known.HasElements ? known : null, mapping is null ? null : new XElement(mapping))).ToString();
    }
}
