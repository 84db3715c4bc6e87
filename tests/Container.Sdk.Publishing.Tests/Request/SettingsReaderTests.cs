namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class SettingsReaderTests
{
    [TestMethod]
    [DataRow("http://+:9000;https://+:9001")]
    [DataRow("Server=db:5432;User=a")]
    [DataRow("")]
    [DataRow("line\nline")]
    [DataRow("100%25 %20")]
    public void The_value_of_a_variable_comes_as_it_is(string value) =>
        Assert.AreEqual(KeyValuePair.Create("NAME_1", value), SettingsReader.EnvironmentVariable(Item("NAME_1", ("Value", value))));

    [TestMethod]
    [DataRow("B@d.Name")]
    [DataRow("1A")]
    [DataRow("A-B")]
    [DataRow("A:B")]
    [DataRow("A=B")]
    [DataRow("A B")]
    [DataRow("Größe")]
    public void The_name_of_a_variable_is_portable(string name) => Expect.Failure(Diagnostics.InvalidEnvironmentName, () => SettingsReader.EnvironmentVariable(Item(name)));

    [TestMethod]
    [DataRow("8080", "", "8080/tcp")]
    [DataRow("8080", "udp", "8080/udp")]
    [DataRow("8080", "UDP", "8080/udp")]
    [DataRow("8080/udp", "", "8080/udp")]
    [DataRow("08080", "", "8080/tcp")]
    [DataRow("1", "tcp", "1/tcp")]
    [DataRow("65535", "tcp", "65535/tcp")]
    public void A_port_is_a_number_and_a_type(string port, string type, string text) => Assert.AreEqual(text, SettingsReader.Port(Item(port, ("Type", type))));

    [TestMethod]
    [DataRow("0", "")]
    [DataRow("65536", "")]
    [DataRow("99999", "")]
    [DataRow("-1", "")]
    [DataRow("http", "")]
    [DataRow("8080-8090", "")]
    [DataRow("8080", "sctp")]
    [DataRow("8080/x", "")]
    [DataRow("8080/tcp/udp", "")]
    public void Every_other_port_is_refused(string port, string type) => Expect.Failure(Diagnostics.InvalidPort, () => SettingsReader.Port(Item(port, ("Type", type))));

    [TestMethod]
    [DataRow("https://example.com")]
    [DataRow("2026-01-01T00:00:00Z")]
    [DataRow("two\nlines; with: all\tkinds")]
    [DataRow("")]
    public void The_value_of_a_label_comes_as_it_is(string value) => Assert.AreEqual(value, SettingsReader.Label(Item("a", ("Value", value))).Value);

    [TestMethod]
    [DataRow("a\u001bb", "")]
    [DataRow("a\nb", "")]
    [DataRow(" ", "")]
    [DataRow("a", "\u001b[2J")]
    [DataRow("a", "\0")]
    public void A_label_has_a_name_and_no_control_characters(string name, string value) =>
        Expect.Failure(Diagnostics.InvalidLabel, () => SettingsReader.Label(Item(name, ("Value", value))));

    [TestMethod]
    [DataRow("", null)]
    [DataRow("app", "app")]
    [DataRow("1654", "1654")]
    [DataRow("1654:1654", "1654:1654")]
    [DataRow("ContainerUser", "ContainerUser")]
    public void A_user_may_have_a_group(string value, string? user) => Assert.AreEqual(user, SettingsReader.User(value));

    [TestMethod]
    [DataRow("a b")]
    [DataRow(" ")]
    [DataRow("a:b:c")]
    [DataRow(":a")]
    [DataRow("a:")]
    [DataRow("a\n")]
    public void What_is_no_user_is_refused(string value) => Expect.Failure(Diagnostics.InvalidUser, () => SettingsReader.User(value));

    [TestMethod]
    [DataRow("/app", "/app")]
    [DataRow("/app/", "/app")]
    [DataRow("//a//b/./c", "/a/b/c")]
    [DataRow("/", "/")]
    public void A_path_in_the_image_has_one_notation(string value, string path) => Assert.AreEqual(path, SettingsReader.ImagePath("ContainerWorkingDirectory", value));

    [TestMethod]
    [DataRow("")]
    [DataRow("app")]
    [DataRow("/app/../etc")]
    [DataRow("..")]
    [DataRow("C:\\app")]
    [DataRow("/a\nb")]
    public void A_path_in_the_image_is_absolute_and_leads_nowhere_else(string value) =>
        Expect.Failure(Diagnostics.InvalidImagePath, () => SettingsReader.ImagePath("ContainerWorkingDirectory", value));

    private static TestItem Item(string name, params (string Name, string Value)[] metadata) => new("", name, metadata);
}
