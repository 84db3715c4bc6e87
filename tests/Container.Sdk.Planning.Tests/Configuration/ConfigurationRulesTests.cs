using System.Text;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class ConfigurationRulesTests
{
    private static readonly Digest Base = Digest.Of("base"u8);

    [TestMethod]
    public void The_environment_of_the_base_comes_first_and_keeps_its_order() => Assert.AreEqual(
        "PATH=/bin|A=new|B=2|C=3",
        Show(Apply(new() { Environment = [new("C", "3"), new("A", "new")] }, """{"Env":["PATH=/bin","A=1","B=2"]}""").Environment));

    [TestMethod]
    public void The_last_of_two_values_of_a_variable_counts() =>
        Assert.AreEqual("A=2|B=1", Show(Apply(new() { Environment = [new("A", "1"), new("B", "1"), new("A", "2")] }).Environment));

    [TestMethod]
    public void Variables_differ_by_case() => Assert.AreEqual("a=1|A=2", Show(Apply(new() { Environment = [new("A", "2")] }, """{"Env":["a=1"]}""").Environment));

    [TestMethod]
    [DataRow("{}", null)]
    [DataRow("""{"User":"1000"}""", "1000")]
    [DataRow("""{"Env":["APP_UID=1654"]}""", "1654")]
    [DataRow("""{"User":"0","Env":["APP_UID=1654"]}""", "1654")]
    [DataRow("""{"User":"root","Env":["APP_UID=1654"]}""", "1654")]
    [DataRow("""{"User":"root"}""", "root")]
    [DataRow("""{"User":"1001","Env":["APP_UID=1654"]}""", "1001")]
    [DataRow("""{"Env":["APP_UID="]}""", null)]
    public void The_user_of_the_base_is_kept_and_root_gives_way(string settings, string? user) => Assert.AreEqual(user, Apply(new(), settings).User);

    [TestMethod]
    public void A_user_that_is_asked_for_is_taken() => Assert.AreEqual("root", Apply(new() { User = "root" }, """{"User":"1001","Env":["APP_UID=1654"]}""").User);

    [TestMethod]
    public void A_label_of_the_project_beats_those_that_are_made_and_that_of_the_base()
    {
        var labels = Apply(
            new() { Labels = [new("x", "generated"), new("org.opencontainers.image.base.digest", "mine"), new("x", "mine"), new("b", "mine")] },
            """{"Labels":{"b":"base","kept":"1"}}""").Labels;
        Assert.AreEqual("b=mine|kept=1|org.opencontainers.image.base.digest=mine|x=mine", Show(labels));
    }

    [TestMethod]
    public void The_digest_of_the_base_is_a_label() => Assert.AreEqual($"org.opencontainers.image.base.digest={Base}", Show(Apply(new()).Labels));

    [TestMethod]
    public void The_digest_of_the_base_is_no_label_where_nobody_wants_it_or_there_is_none()
    {
        Assert.IsEmpty(Apply(new() { LabelBaseDigest = false }).Labels);
        Assert.IsEmpty(ConfigurationRules.Apply(Plan(new()), ImageConfiguration.Empty(new Platform("linux", "amd64")), null, new SilentReporter()).Labels);
    }

    [TestMethod]
    public void The_keys_of_the_bases_layers_are_not_those_of_the_image() =>
        Assert.AreEqual("kept=1", Show(Apply(new() { LabelBaseDigest = false }, """{"Labels":{"container-sdk.layer.keys":"sha256:1","kept":"1"}}""").Labels));

    [TestMethod]
    public void Ports_of_the_base_the_project_and_the_environment_come_together_once() => Assert.AreEqual(
        "8080/tcp 53/udp 8443/tcp",
        string.Join(' ', Apply(
            new() { Ports = ["53/udp", "8080/tcp"], Environment = [new("ASPNETCORE_HTTPS_PORTS", "8443")] },
            """{"ExposedPorts":{"8080/tcp":{}},"Env":["ASPNETCORE_HTTP_PORTS=8080"]}""").ExposedPorts));

    [TestMethod]
    public void A_variable_of_the_project_changes_the_ports_that_the_base_would_have() => Assert.AreEqual(
        "9000/tcp", string.Join(' ', Apply(new() { Environment = [new("ASPNETCORE_URLS", "http://+:9000")] }, """{"Env":["ASPNETCORE_HTTP_PORTS=8080"]}""").ExposedPorts));

    [TestMethod]
    public void Volumes_of_the_base_stay() => Assert.AreEqual("/b /a", string.Join(' ', Apply(new() { Volumes = ["/a", "/b"] }, """{"Volumes":{"/b":{}}}""").Volumes));

    [TestMethod]
    public void Folder_and_time_are_the_plans()
    {
        var changes = Apply(new() { WorkingDirectory = "/srv" });
        Assert.AreEqual(("/srv", "1980-01-01T00:00:00Z"), (changes.WorkingDirectory, changes.Created));
    }

    [TestMethod]
    public void The_command_follows_the_rules_of_commands()
    {
        var reporter = new RecordingReporter();
        var changes = Apply(new() { AppCommand = ["/app/x"], DefaultArgs = ["-y"] }, """{"Entrypoint":["/entry.sh"]}""", reporter);
        Assert.AreEqual(("/app/x", "-y", "CSDK1025"), (changes.Entrypoint.Single(), changes.Command.Single(), reporter.Warnings.Single()));
    }

    private static ConfigurationChanges Apply(ContainerSettings settings, string baseSettings = "{}", IReporter? reporter = null) => ConfigurationRules.Apply(
        Plan(settings),
        ImageConfiguration.Parse(Encoding.UTF8.GetBytes($$"""{"architecture":"amd64","os":"linux","config":{{baseSettings}}}"""), "the base"),
        Base, reporter ?? new SilentReporter());

    private static ImagePlan Plan(ContainerSettings settings) => new()
    {
        Name = "x", Base = new ScratchReference(), Platform = new Platform("linux", "amd64"), Created = "1980-01-01T00:00:00Z", Content = new PlannedFiles([]), Settings = settings,
    };

    private static string Show(IEnumerable<KeyValuePair<string, string>> pairs) => string.Join('|', (pairs is IReadOnlyList<KeyValuePair<string, string>> ? pairs : pairs.OrderBy(p => p.Key, StringComparer.Ordinal)).Select(p => $"{p.Key}={p.Value}"));
}
