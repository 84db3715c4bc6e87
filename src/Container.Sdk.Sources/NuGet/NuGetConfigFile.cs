using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Container.Sdk.Tasks;

/// <summary>A <c>NuGet.config</c>, as far as it says where packages come from.</summary>
/// <param name="File">The file; absolute.</param>
/// <param name="Document">What is in it.</param>
internal sealed partial record NuGetConfig(string File, XDocument Document)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourcesNotRestored"/></exception>
    public static NuGetConfig Read(string file)
    {
        try
        {
            return new NuGetConfig(file, XDocument.Load(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            throw Diagnostics.SourcesNotRestored.Error(e, file, e.Message);
        }
    }

    /// <summary>The sources, each with its value as NuGet reads it: an address or an absolute folder.</summary>
    public IEnumerable<(string Name, string Value, XElement Element)> Sources =>
        Section("packageSources").Elements("add").Where(e => e.Attribute("key") is not null && e.Attribute("value") is not null)
            .Select(e => (e.Attribute("key")!.Value, Absolute(Expand(e.Attribute("value")!.Value)), e));

    private static readonly string[] SecretSections = ["packageSourceCredentials", "apikeys", "clientCertificates"];

    /// <summary>Whether it holds credentials or keys.</summary>
    public bool HasCredentials => SecretSections.Any(n => Section(n).Elements().Any()) || Section("config").Elements("add").Any(IsProxyPassword);

    /// <summary>The credentials of a source: names and values as they are written.</summary>
    public IReadOnlyDictionary<string, string>? CredentialsOf(string source) =>
        Section("packageSourceCredentials").Elements().FirstOrDefault(e => XmlConvert.DecodeName(e.Name.LocalName) == source)?
            .Elements("add").ToDictionary(e => e.Attribute("key")?.Value ?? "", e => Expand(e.Attribute("value")?.Value ?? ""), StringComparer.OrdinalIgnoreCase);

    /// <summary>It, without credentials.</summary>
    public string Cleaned()
    {
        var copy = new XDocument(Document);
        foreach (var name in SecretSections) copy.Root?.Elements(name).Remove();
        copy.Root?.Elements("config").Elements("add").Where(IsProxyPassword).Remove();
        return copy.ToString();
    }

    /// <summary>The elements of a name at its top.</summary>
    public IEnumerable<XElement> Section(string name) => Document.Root?.Elements(name) ?? [];

    /// <summary>Whether a source is a folder.</summary>
    public static bool IsFolder(string value) => !value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !value.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value with environment variables in it, as NuGet reads it on every system.</summary>
    public static string Expand(string value) => Variable().Replace(value, m => Environment.GetEnvironmentVariable(m.Groups[1].Value) ?? m.Value);

    private static bool IsProxyPassword(XElement element) => element.Attribute("key")?.Value.Equals("http_proxy.password", StringComparison.OrdinalIgnoreCase) == true;

    private string Absolute(string value) =>
        IsFolder(value) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(value.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(File)!)) : value;

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Variable();
}
