using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

/// <summary>One image with everything that a project can say: each property and item reaches it as it is written. The rules are a matter of unit tests.</summary>
[TestClass]
public sealed class ConfigurationOfSettings
{
    private static Sandbox? _sandbox;
    private static Image? _image;

    private static ImageConfiguration Configuration => _image!.Configuration;

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        _sandbox = new Sandbox().BuiltConsole("""
            <PropertyGroup>
              <ContainerRepository>wired</ContainerRepository>
              <ContainerRepositoryPrefix>team/</ContainerRepositoryPrefix>
              <ContainerImageTags>1.0;1</ContainerImageTags>
              <ContainerWorkingDirectory>/srv/my app/</ContainerWorkingDirectory>
              <ContainerUser>app:staff</ContainerUser>
              <ContainerImageFormat>oci</ContainerImageFormat>
              <ContainerAppCommandInstruction>DefaultArgs</ContainerAppCommandInstruction>
              <ContainerMaxLayers>1</ContainerMaxLayers>
              <ContainerCacheMode>off</ContainerCacheMode>
              <ContainerResultFile>../results/{project}.json</ContainerResultFile>
            </PropertyGroup>
            <ItemGroup>
              <None Include="data/**" CopyToPublishDirectory="PreserveNewest" />
              <ContainerAllowFile Include="%2A.pfx" />
              <ContainerFile Include="case.props" Path="/srv/own" Mode="640" Owner="7:8" />
              <ContainerEntrypoint Include="/bin/tini" />
              <ContainerEntrypointArgs Include="--" />
              <ContainerAppCommand Include="dotnet;/srv/my app/app.dll" />
              <ContainerAppCommandArgs Include="serve;two words" />
              <ContainerDefaultArgs Include="-v;-v;'a' &quot;b&quot; $HOME" />
              <ContainerEnvironmentVariable Include="ASPNETCORE_URLS" Value="http://+:9000;https://[::]:9443/path" />
              <ContainerEnvironmentVariable Include="CONNECTION" Value="Server=db:5432;User=a;Password='b'" />
              <ContainerEnvironmentVariable Include="QUOTES" Value="&quot;a&quot; 'b' $HOME `c` \d" />
              <ContainerEnvironmentVariable Include="LINES" Value="first%0Asecond" />
              <ContainerEnvironmentVariable Include="EMPTY" Value="" />
              <ContainerEnvironmentVariable Include="FROM_BASE" Value="from the app" />
              <ContainerLabel Include="link" Value="https://example.com/a;b?c=d:e" />
              <ContainerLabel Include="time" Value="2026-01-02T03:04:05+06:00" />
              <ContainerLabel Include="org.opencontainers.image.version" Value="mine" />
              <ContainerLabel Include="from-base" Value="from the app" />
              <ContainerPort Include="5353" Type="udp" />
              <ContainerPort Include="6000" />
              <ContainerPort Include="6001/UDP" />
              <ContainerVolume Include="/data" />
            </ItemGroup>
            """);
        var made = MadeImage.Of("""
            {
              "Env": ["PATH=/usr/bin", "APP_UID=1654", "FROM_BASE=from the base", "ASPNETCORE_HTTP_PORTS=8080"],
              "Labels": {"from-base": "from the base", "only-base": "kept"},
              "ExposedPorts": {"7/tcp": {}},
              "Volumes": {"/base": {}}
            }
            """).ToFolder(_sandbox.PathOf("bases"), "base:1.0");
        _sandbox.Write("app/data/tests/test.pfx", "harmless").PublishBuilt($"-p:ContainerBaseImage={made}").Succeeded();
        _image = LayoutImages.Read(_sandbox.Registry, "team/wired:1");
    }

    [ClassCleanup]
    public static void Clean() => _sandbox?.Dispose();

    [TestMethod]
    [DataRow("ASPNETCORE_URLS", "http://+:9000;https://[::]:9443/path")]
    [DataRow("CONNECTION", "Server=db:5432;User=a;Password='b'")]
    [DataRow("QUOTES", "\"a\" 'b' $HOME `c` \\d")]
    [DataRow("LINES", "first\nsecond")]
    [DataRow("EMPTY", "")]
    public void Environment_values_come_out_as_they_are_written(string name, string value) =>
        Assert.AreEqual(value, Configuration.Environment.Single(e => e.Key == name).Value);

    [TestMethod]
    public void A_variable_of_the_base_stays() => Assert.Contains(KeyValuePair.Create("PATH", "/usr/bin"), Configuration.Environment);

    [TestMethod]
    public void A_variable_of_the_app_takes_the_place_of_the_bases() =>
        Expect.Sequence(Configuration.Environment.Where(e => e.Key == "FROM_BASE").Select(e => e.Value), "from the app");

    [TestMethod]
    [DataRow("link", "https://example.com/a;b?c=d:e")]
    [DataRow("time", "2026-01-02T03:04:05+06:00")]
    [DataRow("from-base", "from the app")]
    [DataRow("only-base", "kept")]
    public void Labels_come_out_as_they_are_written(string name, string value) => Assert.AreEqual(value, Configuration.Labels[name]);

    [TestMethod]
    public void The_users_label_beats_the_generated_one() => Assert.AreEqual("mine", Configuration.Labels["org.opencontainers.image.version"]);

    [TestMethod]
    public void Labels_name_the_base_and_its_digest()
    {
        var digest = new ImageLayout(_sandbox!.PathOf("bases")).Find("base:1.0")!.Digest.ToString();
        Assert.AreEqual("base:1.0", Configuration.Labels["org.opencontainers.image.base.name"]);
        Assert.AreEqual(digest, Configuration.Labels["org.opencontainers.image.base.digest"]);
    }

    [TestMethod]
    public void Ports_are_the_bases_the_users_and_those_of_the_urls() =>
        Expect.Sequence(Configuration.ExposedPorts.Order(StringComparer.Ordinal), "5353/udp", "6000/tcp", "6001/udp", "7/tcp", "9000/tcp", "9443/tcp");

    [TestMethod]
    public void Volumes_are_the_bases_and_the_users() => Expect.Sequence(Configuration.Volumes.Order(StringComparer.Ordinal), "/base", "/data");

    [TestMethod]
    public void The_user_is_the_one_that_is_asked_for() => Assert.AreEqual("app:staff", Configuration.User);

    [TestMethod]
    public void The_working_directory_is_the_apps_folder()
    {
        Assert.AreEqual("/srv/my app", (string?)_image!.Document()["config"]!["WorkingDir"]);
        Assert.Contains("srv/my app/app.dll", LayoutImages.OwnFiles(_image!));
    }

    [TestMethod]
    public void Entrypoint_and_command_come_out_as_they_are_written()
    {
        Expect.Sequence(Configuration.Entrypoint, "/bin/tini", "--");
        Expect.Sequence(Configuration.Command, "dotnet", "/srv/my app/app.dll", "serve", "two words", "-v", "-v", "'a' \"b\" $HOME");
    }

    [TestMethod]
    public void All_tags_have_the_image() =>
        Assert.AreEqual(_image!.Descriptor.Digest, LayoutImages.Read(_sandbox!.Registry, "team/wired:1.0").Descriptor.Digest);

    [TestMethod]
    public void A_file_that_is_allowed_by_a_glob_is_packed() => Assert.Contains("srv/my app/data/tests/test.pfx", LayoutImages.OwnFiles(_image!));

    [TestMethod]
    public void A_file_of_the_users_own_has_its_place_mode_and_owner()
    {
        var entry = _image!.Entry("srv/own");
        Assert.AreEqual((Convert.ToInt32("640", 8), 7, 8), ((int)entry.Mode, entry.Uid, entry.Gid));
    }

    [TestMethod]
    public void Layers_are_as_many_as_may_be() => Assert.HasCount(2, _image!.LayerNames());

    [TestMethod]
    public void A_cache_that_is_switched_off_stays_empty() => Assert.AreEqual(0, _sandbox!.PackedLayers());

    [TestMethod]
    public void The_result_file_is_where_it_is_asked_for()
    {
        var result = JsonNode.Parse(File.ReadAllText(_sandbox!.PathOf("results/app.json")))!;
        Assert.AreEqual(_image!.Descriptor.Digest.ToString(), (string?)result["digest"]);
        Expect.Sequence(result["tags"]!.AsArray().Select(t => (string)t!), "1.0", "1");
    }

    [TestMethod]
    public void The_history_has_an_entry_for_each_layer()
    {
        var history = _image!.Document()["history"]!.AsArray().Select(h => (string?)h!["created_by"] ?? "").ToArray();
        Assert.HasCount(Configuration.DiffIds.Count, history);
        Assert.AreEqual("made by a test", history[0]);
        Assert.IsTrue(history.Skip(1).All(h => h.StartsWith("Container.Sdk: ", StringComparison.Ordinal)), string.Join('\n', history));
    }

    [TestMethod]
    public void The_time_of_the_image_and_of_its_history_is_fixed()
    {
        var document = _image!.Document();
        Assert.AreEqual("1980-01-01T00:00:00Z", (string?)document["created"]);
        Assert.AreEqual("1980-01-01T00:00:00Z", (string?)document["history"]!.AsArray()[^1]!["created"]);
        Assert.AreEqual("1980-01-01T00:00:00Z", Configuration.Labels["org.opencontainers.image.created"]);
    }
}
