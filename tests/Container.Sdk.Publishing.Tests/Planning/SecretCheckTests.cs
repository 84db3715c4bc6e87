using System.Text;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class SecretCheckTests
{
    [TestMethod]
    public void Files_with_secret_names_are_refused_all_at_once()
    {
        var message = Refused([Named("secrets.json"), Named("appsettings.json"), Named("certs/site.pfx")]).Message;
        Assert.Contains("secrets.json", message);
        Assert.Contains("certs/site.pfx", message);
        Assert.IsFalse(message.Contains("appsettings.json", StringComparison.Ordinal), message);
    }

    [TestMethod]
    public void A_link_is_no_secret() => SecretCheck.Check([Named("secrets.json") with { LinkTarget = "x" }], []);

    [TestMethod]
    public void A_common_name_is_secret_by_its_content_only()
    {
        using var folder = new TestFolder();
        SecretCheck.Check([Containing(folder, "nuget.config", "<configuration/>"), Containing(folder, "ca.pem", "-----BEGIN CERTIFICATE-----")], []);
        Refused([Containing(folder, "nuget.config", "<packageSourceCredentials/>")]);
        Refused([Containing(folder, "site.pem", "-----BEGIN PRIVATE KEY-----")]);
    }

    [TestMethod]
    [DataRow("certs/dev/site.pfx")]
    [DataRow("site.pfx")]
    [DataRow("*.pfx")]
    [DataRow("**/*.pfx")]
    [DataRow("**/site.pfx")]
    [DataRow("certs/**")]
    [DataRow("certs/**/site.pfx")]
    [DataRow("certs/dev/*.pfx")]
    [DataRow("certs/*/site.pfx")]
    [DataRow(@"certs\dev\site.pfx")]
    [DataRow("s?te.pfx")]
    public void A_file_can_be_allowed_by_its_name_or_its_place(string glob) => SecretCheck.Check([Named("certs/dev/site.pfx")], [glob]);

    [TestMethod]
    [DataRow("other.pfx")]
    [DataRow("*.key")]
    [DataRow("certs/site.pfx")]
    [DataRow("dev/site.pfx")]
    [DataRow("Certs/dev/site.pfx")]
    [DataRow("certs/*.pfx")]
    [DataRow("**/te.pfx")]
    [DataRow("")]
    public void A_glob_allows_what_it_says_and_no_more(string glob) => Refused([Named("certs/dev/site.pfx")], glob);

    [TestMethod]
    public void What_is_allowed_allows_nothing_else()
    {
        var message = Refused([Named("a.pfx"), Named("b.pfx")], "a.pfx").Message;
        Assert.Contains("b.pfx", message);
        Assert.IsFalse(message.Contains("a.pfx", StringComparison.Ordinal), message);
    }

    private static ContainerException Refused(PublishedFile[] files, params string[] allowed) =>
        Expect.Failure(Diagnostics.SecretFiles, () => SecretCheck.Check(files, allowed));

    private static PublishedFile Named(string path) => new("/nowhere", path, 1, FileOrigin.App);

    private static PublishedFile Containing(TestFolder folder, string name, string content) =>
        new(folder.Write(name, Encoding.UTF8.GetBytes(content)), name, content.Length, FileOrigin.App);
}
