using System.Xml;
using System.Xml.Linq;

namespace Container.Sdk.Sources;

/// <summary>
/// The text of one <c>NuGet.config</c>. What configurations mean together is for NuGet to say (<see cref="NuGetConfigurations"/>); but NuGet.Configuration
/// writes only to disk, where credentials are not to be, it drops attributes that it does not know, and it reads no file that it finds faulty, which
/// may hold a secret all the same.
/// </summary>
/// <param name="File">The file; absolute.</param>
/// <param name="Document">What is in it.</param>
internal sealed record NuGetConfigFile(string File, XDocument Document)
{
    private static readonly string[] SecretSections = ["packageSourceCredentials", "apikeys", "clientCertificates"];

    /// <summary>Whether it holds credentials or keys.</summary>
    public bool HasCredentials => SecretSections.SelectMany(Section).Any() || Section("config").Any(IsProxyPassword);

    /// <summary>Reads one.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourcesNotRestored"/></exception>
    public static NuGetConfigFile Read(string file)
    {
        try
        {
            return new NuGetConfigFile(file, XDocument.Load(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            throw Diagnostics.SourcesNotRestored.Error(e, file, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>The element of a package source, as it is written; <c>null</c> where the file has none of that name.</summary>
    public XElement? Source(string name) => Section("packageSources").FirstOrDefault(e => Is(e, "add") && e.Attribute("key")?.Value == name);

    /// <summary>The text, without credentials.</summary>
    public string WithoutCredentials()
    {
        var copy = this with { Document = new XDocument(Document) };
        copy.Sections().Where(s => SecretSections.Any(n => Is(s, n))).Remove();
        copy.Section("config").Where(IsProxyPassword).Remove();
        return copy.Document.ToString();
    }

    private IEnumerable<XElement> Sections() => Document.Root?.Elements() ?? [];

    private IEnumerable<XElement> Section(string name) => Sections().Where(s => Is(s, name)).Elements();

    // To NuGet, case matters in some names and not in others. A secret is one either way.
    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsProxyPassword(XElement element) => element.Attribute("key")?.Value.Equals("http_proxy.password", StringComparison.OrdinalIgnoreCase) == true;
}
