namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class RegistryHostTests
{
    [TestMethod]
    [DataRow("docker.io")]
    [DataRow("index.docker.io")]
    [DataRow("registry-1.docker.io")]
    [DataRow("registry.hub.docker.com")]
    [DataRow("Docker.IO")]
    public void Docker_hub_has_many_names(string text) => Assert.AreEqual(RegistryHost.DockerHub, RegistryHost.Parse(text));

    [TestMethod]
    public void Docker_hub_answers_under_another_name() => Assert.AreEqual("registry-1.docker.io", RegistryHost.Parse("docker.io").ApiHost);

    [TestMethod]
    public void Every_other_registry_answers_under_its_name() => Assert.AreEqual("mcr.microsoft.com", RegistryHost.Parse("mcr.microsoft.com").ApiHost);

    [TestMethod]
    [DataRow("registry.example.com:5000")]
    [DataRow("localhost")]
    [DataRow("10.0.0.1:65535")]
    [DataRow("[::1]:5000")]
    [DataRow("[2001:db8::1]")]
    [DataRow("my_registry:1")]
    public void A_host_with_or_without_a_port_is_taken(string text) => Assert.AreEqual(text, RegistryHost.Parse(text).ToString());

    [TestMethod]
    public void A_host_is_written_in_lower_case() => Assert.AreEqual("registry.example.com:5000", RegistryHost.Parse("Registry.Example.COM:5000").Value);

    [TestMethod]
    [DataRow("https://registry.example.com")]
    [DataRow("http://localhost:5000")]
    [DataRow("")]
    [DataRow("host:")]
    [DataRow("host:0")]
    [DataRow("host:65536")]
    [DataRow("host:99999")]
    [DataRow("host:port")]
    [DataRow("host/path")]
    [DataRow("user@host")]
    [DataRow("-host")]
    [DataRow("host-")]
    [DataRow("ho st")]
    [DataRow("::1")]
    [DataRow("[::1")]
    [DataRow("host\n")]
    public void What_is_no_host_and_port_is_refused(string text) => Expect.Failure(Diagnostics.InvalidReference, () => RegistryHost.Parse(text));

    [TestMethod]
    [DataRow("localhost")]
    [DataRow("localhost:5000")]
    [DataRow("registry.localhost:5000")]
    [DataRow("127.0.0.1:5000")]
    [DataRow("127.1.2.3")]
    [DataRow("[::1]:5000")]
    public void This_machine_is_known_by_all_its_names(string text) => Assert.IsTrue(RegistryHost.Parse(text).IsLoopback);

    [TestMethod]
    [DataRow("localhost.example.com")]
    [DataRow("notlocalhost")]
    [DataRow("128.0.0.1")]
    [DataRow("127.0.0.1.example.com")]
    [DataRow("[2001:db8::1]:5000")]
    [DataRow("docker.io")]
    public void Another_machine_is_not_this_one(string text) => Assert.IsFalse(RegistryHost.Parse(text).IsLoopback);
}
