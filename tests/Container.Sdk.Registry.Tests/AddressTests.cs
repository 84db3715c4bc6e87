namespace Container.Sdk.Registry.Tests;

/// <summary>Which addresses may be asked, and which of them get credentials.</summary>
[TestClass]
public sealed class AddressTests
{
    private static readonly RegistryHost Host = RegistryHost.Parse("registry.example.com");
    private static readonly Passage Blob = Passage.ToRegistry(new Uri("https://registry.example.com"), "/v2/a/blobs/sha256:00");
    private static readonly Passage Page = Passage.ToRegistry(new Uri("https://registry.example.com"), "/v2/a/tags/list?n=1000");
    private static readonly Passage PlainBlob = Passage.ToRegistry(new Uri("http://127.0.0.1:5000"), "/v2/a/blobs/sha256:00");

    [TestMethod]
    [DataRow("/elsewhere", "https://registry.example.com/elsewhere")]
    [DataRow("elsewhere", "https://registry.example.com/v2/a/blobs/elsewhere")]
    [DataRow("https://registry.example.com/x?y=%2F", "https://registry.example.com/x?y=%2F")]
    [DataRow("https://REGISTRY.example.com:443/x", "https://registry.example.com/x")]
    public void The_registry_itself_keeps_its_credentials(string location, string target)
    {
        var passage = Passage.ToRedirect(Host, Blob, location);

        Assert.IsTrue(passage.MayCarryCredentials);
        Assert.AreEqual(target, $"{passage.Uri.Scheme}://{passage.Uri.Authority}{passage.Uri.PathAndQuery}");
    }

    [TestMethod]
    [DataRow("https://storage.example.com/x")]
    [DataRow("https://registry.example.com:8443/x")]
    [DataRow("https://registry.example.com.evil.example/x")]
    [DataRow("//storage.example.com/x")]
    public void Another_origin_gets_no_credentials(string location) =>
        Assert.IsFalse(Passage.ToRedirect(Host, Blob, location).MayCarryCredentials);

    [TestMethod]
    public void Credentials_do_not_come_back_on_the_way_back()
    {
        var storage = Passage.ToRedirect(Host, Blob, "https://storage.example.com/x");

        Assert.IsFalse(Passage.ToRedirect(Host, storage, "https://registry.example.com/x").MayCarryCredentials);
    }

    [TestMethod]
    [DataRow("http://registry.example.com/x")]
    [DataRow("http://storage.example.com/x")]
    [DataRow("https://127.0.0.1/x")]
    [DataRow("https://localhost/x")]
    [DataRow("https://10.1.2.3/x")]
    [DataRow("https://172.16.0.1/x")]
    [DataRow("https://192.168.1.1/x")]
    [DataRow("https://169.254.169.254/latest/meta-data")]
    [DataRow("https://[::1]/x")]
    [DataRow("https://[fe80::1]/x")]
    [DataRow("https://[::ffff:10.0.0.1]/x")]
    [DataRow("https://0x7f000001/x")]
    [DataRow("https://user:password@storage.example.com/x")]
    [DataRow("ftp://storage.example.com/x")]
    [DataRow("file:///etc/passwd")]
    [DataRow("https://a b/x")]
    [DataRow("https:///x")]
    public void Some_addresses_are_not_asked_at_all(string location)
    {
        Expect.Failure(Diagnostics.RedirectRefused, () => Passage.ToRedirect(Host, Blob, location));
        Expect.Failure(Diagnostics.RedirectRefused, () => Passage.ToUpload(Host, Blob, location));
    }

    [TestMethod]
    public void A_registry_inside_may_lead_inside_and_one_without_encryption_to_one_with() =>
        Assert.IsFalse(Passage.ToRedirect(Host, Passage.ToRedirect(Host, PlainBlob, "http://10.0.0.1/x"), "https://10.0.0.2/x").MayCarryCredentials);

    [TestMethod]
    public void An_upload_goes_exactly_where_the_registry_says()
    {
        var upload = Passage.ToUpload(Host, Blob, "/v2/a/blobs/uploads/1?_state=a%2Fb%3D&x=%7E..%2F#part").WithQuery("digest=sha256%3A00");

        Assert.AreEqual("/v2/a/blobs/uploads/1?_state=a%2Fb%3D&x=%7E..%2F&digest=sha256%3A00", upload.Uri.PathAndQuery);
    }

    [TestMethod]
    public void What_follows_the_question_mark_is_not_for_messages() =>
        Assert.AreEqual("https://storage.example.com/x", Passage.ToRedirect(Host, Blob, "https://storage.example.com/x?X-Amz-Signature=abc").Printable);

    [TestMethod]
    [DataRow("/v2/a/tags/list?last=x")]
    [DataRow("?last=x")]
    [DataRow("https://registry.example.com/v2/a/tags/list?last=x")]
    public void The_next_page_is_of_the_same_list(string link) => Assert.AreEqual("?last=x", Passage.ToPage(Host, Page, link).Uri.Query);

    [TestMethod]
    [DataRow("/v2/b/tags/list?last=x")]
    [DataRow("/v2/a/tags/list/../../../b/tags/list?last=x")]
    [DataRow("https://evil.example/v2/a/tags/list?last=x")]
    public void The_next_page_is_of_no_other_list(string link) => Expect.Failure(Diagnostics.RedirectRefused, () => Passage.ToPage(Host, Page, link));

    [TestMethod]
    [DataRow("registry.example.com", "https://registry.example.com/token")]
    [DataRow("registry-1.docker.io", "https://auth.docker.io/token")]
    [DataRow("registry.gitlab.com", "https://gitlab.com/jwt/auth")]
    [DataRow("gitlab.example.com:5050", "https://gitlab.example.com/jwt/auth")]
    [DataRow("registry.example.co.uk", "https://auth.example.co.uk/token")]
    [DataRow("rg.fr-par.scw.cloud", "https://api.scaleway.com/registry-internal/v1/auth")]
    [DataRow("registry.cn-hangzhou.aliyuncs.com", "https://dockerauth.cn-hangzhou.aliyuncs.com/auth")]
    public void Credentials_go_to_token_services_of_the_same_owner(string registry, string realm) =>
        Assert.IsTrue(Policy(registry).Check(realm, withCredentials: true).MayCarryCredentials);

    [TestMethod]
    [DataRow("registry.example.com", "https://auth.example.org/token")]
    [DataRow("registry.example.com", "http://registry.example.com/token")]
    [DataRow("registry.example.com", "https://registry.example.com:8443/token")]
    [DataRow("registry.example.com", "https://registry.example.com.evil.example/token")]
    [DataRow("registry.example.com", "https://registry.example.com@evil.example/token")]
    [DataRow("registry.example.com", "https://registry。example。org/token")]
    [DataRow("registry.example.co.uk", "https://evil.co.uk/token")]
    [DataRow("mine.azurecr.io", "https://yours.azurecr.io/token")]
    [DataRow("1.dkr.ecr.eu-central-1.amazonaws.com", "https://bucket.s3.amazonaws.com/token")]
    [DataRow("registry.cn-hangzhou.aliyuncs.com", "https://dockerauth-bucket.oss.cn-hangzhou.aliyuncs.com/auth")]
    [DataRow("registry.example.com", "https://localhost/token")]
    [DataRow("registry.example.com", "https://169.254.169.254/token")]
    [DataRow("registry.example.com", "null://")]
    [DataRow("registry.example.com", "/token")]
    public void Credentials_go_nowhere_else(string registry, string realm) =>
        Expect.Failure(Diagnostics.RealmRefused, () => Policy(registry).Check(realm, withCredentials: true));

    [TestMethod]
    public void Full_width_dots_are_dots() =>
        Assert.IsTrue(Policy("registry.example.com").Check("https://registry。example。com/token", withCredentials: true).MayCarryCredentials);

    [TestMethod]
    [DataRow("auth.example.org")]
    [DataRow("AUTH.example.org:443")]
    public void A_token_service_that_the_user_trusts_gets_credentials(string trusted)
    {
        Assert.IsTrue(Policy("registry.example.com", trusted).Check("https://auth.example.org/token", withCredentials: true).MayCarryCredentials);
        Expect.Failure(Diagnostics.RealmRefused, () => Policy("registry.example.com", trusted).Check("https://other.example.org/token", withCredentials: true));
        Expect.Failure(Diagnostics.RealmRefused, () => Policy("registry.example.com", trusted).Check("http://auth.example.org/token", withCredentials: true));
    }

    [TestMethod]
    public void Without_credentials_any_public_token_service_may_be_asked()
    {
        Assert.IsFalse(Policy("registry.example.com").Check("https://auth.example.org/token", withCredentials: false).MayCarryCredentials);
        Expect.Failure(Diagnostics.RealmRefused, () => Policy("registry.example.com").Check("https://169.254.169.254/token", withCredentials: false));
    }

    private static RealmPolicy Policy(string registry, params string[] trusted) => new(RegistryHost.Parse(registry), new Uri($"https://{registry}"), trusted);
}
