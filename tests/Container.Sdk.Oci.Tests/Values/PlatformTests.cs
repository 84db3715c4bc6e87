namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class PlatformTests
{
    [TestMethod]
    [DataRow("linux-x64", "linux/amd64")]
    [DataRow("linux-musl-x64", "linux/amd64")]
    [DataRow("linux-x86", "linux/386")]
    [DataRow("linux-arm64", "linux/arm64")]
    [DataRow("linux-musl-arm64", "linux/arm64")]
    [DataRow("linux-arm", "linux/arm/v7")]
    [DataRow("linux-ppc64le", "linux/ppc64le")]
    [DataRow("linux-s390x", "linux/s390x")]
    [DataRow("linux-riscv64", "linux/riscv64")]
    [DataRow("linux-loongarch64", "linux/loong64")]
    [DataRow("win-x64", "windows/amd64")]
    [DataRow("win10-arm64", "windows/arm64")]
    [DataRow("alpine-x64", "linux/amd64")]
    [DataRow("Linux-X64", "linux/amd64")]
    public void A_runtime_identifier_names_a_platform(string rid, string platform) =>
        Assert.AreEqual(platform, Platform.FromRuntimeIdentifier(rid).ToString());

    [TestMethod]
    [DataRow("")]
    [DataRow("linux")]
    [DataRow("linux-")]
    [DataRow("linux-mips")]
    [DataRow("linux-armel")]
    [DataRow("osx-arm64")]
    [DataRow("freebsd-x64")]
    [DataRow("browser-wasm")]
    [DataRow("any")]
    public void A_runtime_identifier_without_a_platform_for_images_is_refused(string rid) =>
        Expect.Failure(Diagnostics.UnknownPlatform, () => Platform.FromRuntimeIdentifier(rid));

    [TestMethod]
    [DataRow("linux/amd64", "linux/amd64")]
    [DataRow("linux/amd64", "linux/amd64/v1")]
    [DataRow("linux/arm64", "linux/arm64")]
    [DataRow("linux/arm64", "linux/arm64/v8")]
    [DataRow("linux/arm64/v8", "linux/arm64")]
    [DataRow("linux/arm/v7", "linux/arm/v7")]
    [DataRow("linux/arm/v7", "linux/arm")]
    public void An_image_runs_where_its_platform_is_the_wanted_one(string wanted, string offered) => Assert.IsTrue(Of(wanted).Accepts(Of(offered)));

    [TestMethod]
    [DataRow("linux/amd64", "linux/arm64")]
    [DataRow("linux/amd64", "windows/amd64")]
    [DataRow("linux/amd64", "linux/amd64/v3")]
    [DataRow("linux/arm64", "linux/arm64/v9")]
    [DataRow("linux/arm64", "linux/arm/v7")]
    [DataRow("linux/arm/v7", "linux/arm/v8")]
    [DataRow("linux/arm/v6", "linux/arm/v7")]
    public void An_image_for_another_platform_does_not_run(string wanted, string offered) => Assert.IsFalse(Of(wanted).Accepts(Of(offered)));

    [TestMethod]
    public void An_empty_variant_is_none() => Assert.IsTrue(Of("linux/amd64").Accepts(Read("\"variant\":\"\"")));

    [TestMethod]
    public void An_empty_version_of_the_system_is_none() =>
        Assert.IsTrue(new Platform("linux", "amd64", OsVersion: "1").Accepts(Read("\"os.version\":\"\"")));

    [TestMethod]
    public void Windows_images_run_on_their_own_version()
    {
        var wanted = new Platform("windows", "amd64", OsVersion: "10.0.20348.1");
        Assert.IsTrue(wanted.Accepts(wanted));
        Assert.IsFalse(wanted.Accepts(wanted with { OsVersion = "10.0.17763.1" }));
        Assert.IsTrue(wanted.Accepts(wanted with { OsVersion = null }));
        Assert.IsTrue((wanted with { OsVersion = null }).Accepts(wanted));
    }

    private static Platform Of(string text)
    {
        var parts = text.Split('/');
        return new Platform(parts[0], parts[1], parts.Length > 2 ? parts[2] : null);
    }

    // As a document of a registry has it.
    private static Platform Read(string field) => Descriptor.Parse(Json.ParseObject(System.Text.Encoding.UTF8.GetBytes(
        $$$"""{"mediaType":"x","digest":"{{{Digest.Of([])}}}","size":0,"platform":{"os":"linux","architecture":"amd64",{{{field}}}}}"""))).Platform!;
}
