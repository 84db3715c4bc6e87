namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class DigestTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [TestMethod]
    public void A_digest_of_content_is_its_sha256() => Assert.AreEqual($"sha256:{Hex}", Digest.Of([]).ToString());

    [TestMethod]
    [DataRow("")]
    [DataRow(null)]
    [DataRow("sha256:")]
    [DataRow("sha256:../../etc/passwd")]
    [DataRow("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [DataRow("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [DataRow("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("md5:e3b0c44298fc1c149afbf4c8996fb924")]
    public void What_is_no_digest_is_refused(string? text)
    {
        var error = Assert.ThrowsExactly<ContainerException>(() => Digest.Parse(text));
        Assert.AreEqual("CSDK1001", error.Diagnostic.Code);
    }

    [TestMethod]
    public void Equal_digests_are_equal_values() => Assert.AreEqual(Digest.Parse($"sha256:{Hex}"), Digest.Of([]));
}
