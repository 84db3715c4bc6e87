namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class ConfigurationOfPorts
{
    [TestMethod]
    public void The_ports_of_the_bases_environment_are_exposed() =>
        Expect.Sequence(PortsOf("", """{"Env":["ASPNETCORE_HTTP_PORTS=8080;8081"]}"""), "8080/tcp", "8081/tcp");

    [TestMethod]
    public void The_apps_environment_decides_over_the_bases() => Expect.Sequence(
        PortsOf("""<ContainerEnvironmentVariable Include="ASPNETCORE_HTTP_PORTS" Value="5000" />""", """{"Env":["ASPNETCORE_HTTP_PORTS=8080"]}"""), "5000/tcp");

    [TestMethod]
    public void Http_and_https_ports_add_up() => Expect.Sequence(
        PortsOf("""<ContainerEnvironmentVariable Include="ASPNETCORE_HTTPS_PORTS" Value="8443" />""", """{"Env":["ASPNETCORE_HTTP_PORTS=8080"]}"""), "8080/tcp", "8443/tcp");

    [TestMethod]
    public void One_port_can_be_both_tcp_and_udp() => Expect.Sequence(
        PortsOf("""<ContainerPort Include="53" Type="tcp" /><ContainerPort Include="53" Type="udp" />""", "{}"), "53/tcp", "53/udp");

    private static IEnumerable<string> PortsOf(string items, string settingsOfBase)
    {
        using var sandbox = new Sandbox().BuiltConsole($"<ItemGroup>{items}</ItemGroup>");
        var made = MadeImage.Of(settingsOfBase).ToFolder(sandbox.PathOf("bases"), "base");
        return sandbox.BuiltImage($"-p:ContainerBaseImage={made}").Configuration.ExposedPorts.Order(StringComparer.Ordinal);
    }
}
