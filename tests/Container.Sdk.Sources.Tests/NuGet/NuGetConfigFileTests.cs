using System.Xml.Linq;

namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class NuGetConfigFileTests
{
    private const string Credentials = """<packageSourceCredentials><own><add key="Username" value="a" /><add key="ClearTextPassword" value="canary" /></own></packageSourceCredentials>""";

    [TestMethod]
    [DataRow(Credentials, true)]
    [DataRow("""<packagesourcecredentials><own><add key="ClearTextPassword" value="canary" /></own></packagesourcecredentials>""", true, DisplayName = "in another case, and faulty to NuGet")]
    [DataRow("""<apikeys><add key="https://feeds.example" value="canary" /></apikeys>""", true)]
    [DataRow("""<clientCertificates><fileCert packageSource="own" path="a.pfx" clearTextPassword="canary" /></clientCertificates>""", true)]
    [DataRow("""<config><add key="HTTP_PROXY.PASSWORD" value="canary" /></config>""", true)]
    [DataRow("""<config><add key="http_proxy" value="http://proxy.example" /></config>""", false)]
    [DataRow("<packageSourceCredentials />", false)]
    [DataRow("""<packageSources><add key="own" value="https://feeds.example" /></packageSources>""", false)]
    public void It_holds_credentials(string elements, bool expected)
    {
        var file = Parse(elements);
        Assert.AreEqual(expected, file.HasCredentials);
        Assert.DoesNotContain("canary", file.WithoutCredentials());
    }

    [TestMethod]
    public void Without_credentials_it_says_all_the_rest()
    {
        const string Sources = """<packageSources><clear /><add key="own" value="https://feeds.example" /></packageSources>""";
        const string Proxy = """<config><add key="http_proxy" value="http://proxy.example" /></config>""";
        var cleaned = XDocument.Parse(Parse(Sources + Credentials + Proxy).WithoutCredentials());
        Assert.IsTrue(XNode.DeepEquals(XDocument.Parse($"<configuration>{Sources}{Proxy}</configuration>"), cleaned), cleaned.ToString());
    }

    [TestMethod]
    public void A_source_is_found_by_its_name() =>
        Assert.AreEqual("%FEED%", Parse("""<packageSources><add key="Own" value="1" /><add key="own" value="%FEED%" /></packageSources>""").Source("own")?.Attribute("value")?.Value);

    [TestMethod]
    public void A_file_that_is_no_XML_is_refused()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["NuGet.config"], "{}");
        StringAssert.Contains(Expect.Failure(Diagnostics.SourcesNotRestored, () => NuGetConfigFile.Read(folder["NuGet.config"])).Message, folder["NuGet.config"]);
    }

    private static NuGetConfigFile Parse(string elements) => new("/repo/NuGet.config", XDocument.Parse($"<configuration>{elements}</configuration>"));
}
