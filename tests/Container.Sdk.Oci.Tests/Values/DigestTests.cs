using System.Security.Cryptography;

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
    [DataRow("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [DataRow("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85\n")]
    [DataRow(" sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("md5:e3b0c44298fc1c149afbf4c8996fb924")]
    public void What_is_no_digest_is_refused(string? text)
    {
        var error = Assert.ThrowsExactly<ContainerException>(() => Digest.Parse(text));
        Assert.AreEqual("CSDK1001", error.Diagnostic.Code);
    }

    [TestMethod]
    public void Equal_digests_are_equal_values() => Assert.AreEqual(Digest.Parse($"sha256:{Hex}"), Digest.Of([]));

    [TestMethod]
    public void A_digest_reads_back_from_its_text() => Assert.AreEqual(Digest.Of("abc"u8), Digest.Parse(Digest.Of("abc"u8).ToString()));

    [TestMethod]
    public void A_sha512_digest_is_read()
    {
        var hex = Convert.ToHexStringLower(SHA512.HashData([]));
        var digest = Digest.Parse($"sha512:{hex}");
        Assert.AreEqual(("sha512", hex), (digest.Algorithm, digest.Hex));
    }

    [TestMethod]
    [DataRow("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("sha512", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    public void The_hash_of_a_digest_is_that_of_its_algorithm(string algorithm, string abc)
    {
        using var hash = Digest.Parse($"{algorithm}:{abc}").CreateHash();
        hash.AppendData("abc"u8);
        Assert.AreEqual(abc, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [TestMethod]
    public void A_person_reads_the_first_twelve_digits() => Assert.AreEqual("e3b0c44298fc", Digest.Of([]).Abbreviated);
}
