namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class PortRulesTests
{
    [TestMethod]
    [DataRow("http://+:9000", "9000/tcp")]
    [DataRow("http://*:9000/path", "9000/tcp")]
    [DataRow("https://[::]:8443", "8443/tcp")]
    [DataRow("http://0.0.0.0:5000;https://localhost:5001", "5000/tcp 5001/tcp")]
    [DataRow("http://+:9000;", "9000/tcp")]
    [DataRow(" http://+:9000 ; http://+:9001 ", "9000/tcp 9001/tcp")]
    [DataRow("HTTPS://+", "443/tcp")]
    [DataRow("http://[::]", "80/tcp")]
    [DataRow("http://unix:/tmp/kestrel.sock", "")]
    [DataRow("http://+:0", "")]
    [DataRow("http://+:65536", "")]
    [DataRow("http://+:x", "")]
    [DataRow("nonsense", "")]
    public void Ports_of_urls_are_found(string urls, string ports) => Infers(ports, ("ASPNETCORE_URLS", urls));

    [TestMethod]
    [DataRow("8080", "8080/tcp")]
    [DataRow("8080;8081", "8080/tcp 8081/tcp")]
    [DataRow(" 8080 ; 8081 ; ", "8080/tcp 8081/tcp")]
    [DataRow("", "")]
    [DataRow("0;-1;65536;x;+5", "")]
    [DataRow("08080", "8080/tcp")]
    public void Ports_are_numbers_from_1_to_65535(string value, string ports) => Infers(ports, ("ASPNETCORE_HTTP_PORTS", value));

    [TestMethod]
    public void Ports_with_and_without_encryption_are_found() =>
        Infers("8080/tcp 8443/tcp", ("ASPNETCORE_HTTPS_PORTS", "8443"), ("ASPNETCORE_HTTP_PORTS", "8080"));

    [TestMethod]
    public void Urls_win_alone() => Infers("9000/tcp", ("ASPNETCORE_HTTP_PORTS", "8080"), ("ASPNETCORE_URLS", "http://+:9000"), ("ASPNETCORE_HTTPS_PORTS", "8443"));

    [TestMethod]
    public void Empty_urls_are_none() => Infers("8080/tcp", ("ASPNETCORE_HTTP_PORTS", "8080"), ("ASPNETCORE_URLS", ""));

    [TestMethod]
    public void Without_these_variables_there_are_no_ports() => Infers("", ("PATH", "http://+:9000"), ("aspnetcore_urls", "http://+:9000"));

    private static void Infers(string ports, params (string Name, string Value)[] environment) =>
        Assert.AreEqual(ports, string.Join(' ', PortRules.Infer([.. environment.Select(e => KeyValuePair.Create(e.Name, e.Value))])));
}
