using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Container.Sdk.Package.Tests;

/// <summary>
/// PackageFeed: libraries are restored from the user's feeds inside the build, with credentials that nobody else gets to see. One app has
/// packages of four feeds, each with a password that comes in another way.
/// </summary>
[TestClass]
public sealed class PackageFeed
{
    private static readonly string[] Names = ["config", "environment", "variable", "provider"];
    private static readonly Dictionary<string, FeedServer> Feeds = [];
    private static readonly DateTime Start = DateTime.UtcNow;

    private static Sandbox? s_sandbox;
    private static EngineRepository? s_image;
    private static string s_output = "", s_history = "", s_binaryLog = "";
    private static string[] s_files = [];

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        s_image = new EngineRepository();
        foreach (var name in Names) Feeds[name] = new FeedServer();
        s_sandbox = new Sandbox(cold: true);
        // Other packages each time: no cache of this machine or of the engine has them.
        var packages = Names.Select(n => Feeds[n].Add($"Own.{n}", ($"lib/net10.0/Own.{n}.dll", Guid.NewGuid().ToByteArray())).Reference);
        s_sandbox.Console("app", $"<ItemGroup>{string.Concat(packages)}</ItemGroup>");
        s_sandbox.Write("NuGet.config", WithFeeds(File.ReadAllText(s_sandbox.PathOf("NuGet.config")), Feeds).Replace("</configuration>", $"""
              <packageSourceCredentials>
                <config><add key="Username" value="{FeedServer.User}" /><add key="ClearTextPassword" value="{Feeds["config"].Password}" /></config>
                <variable><add key="Username" value="{FeedServer.User}" /><add key="ClearTextPassword" value="%FEED_PASSWORD%" /></variable>
              </packageSourceCredentials>
            </configuration>
            """, StringComparison.Ordinal));
        using var provider = new CredentialProvider(FeedServer.User, Feeds["provider"].Password);
        s_sandbox.Environment["NuGetPackageSourceCredentials_environment"] = $"Username={FeedServer.User};Password={Feeds["environment"].Password}";
        s_sandbox.Environment["FEED_PASSWORD"] = Feeds["variable"].Password;
        s_sandbox.Environment["NUGET_NETCORE_PLUGIN_PATHS"] = provider.File;

        s_output = PublishApp(s_sandbox, "-v", "detailed", "-bl:publish.binlog").SucceededQuietly().Output;
        s_history = Testbed.Docker("history", "--no-trunc", $"{s_image.Name}:latest").Succeeded().Output;
        s_files = FilesWithPasswords();
        s_binaryLog = BinaryLog();
    }

    [ClassCleanup]
    public static void Clean()
    {
        s_image?.Dispose();
        s_sandbox?.Dispose();
        foreach (var feed in Feeds.Values) feed.Dispose();
    }

    [TestMethod]
    public void Credentials_of_a_NuGet_configuration_reach_the_feed_and_nobody_else() => ReachTheFeedAlone("config");

    [TestMethod]
    public void Credentials_of_the_environment_reach_the_feed_and_nobody_else() => ReachTheFeedAlone("environment");

    [TestMethod]
    public void A_variable_in_a_NuGet_configuration_is_read_on_this_machine() => ReachTheFeedAlone("variable");

    [TestMethod]
    public void Credentials_of_a_credential_provider_reach_the_feed_and_nobody_else() => ReachTheFeedAlone("provider");

    [TestMethod]
    public void The_image_runs() => Assert.AreEqual("Hello", s_image!.Run().Succeeded().Output.Trim());

    [TestMethod]
    public void Without_credentials_the_feed_s_own_refusal_is_heard()
    {
        using var feed = new FeedServer();
        using var sandbox = new Sandbox();
        var package = feed.Add("Own.refused", ("lib/net10.0/Own.refused.dll", Guid.NewGuid().ToByteArray()));
        sandbox.Console("app", $"<ItemGroup>{package.Reference}</ItemGroup>").Write("NuGet.config", WithFeeds(File.ReadAllText(sandbox.PathOf("NuGet.config")), new() { ["refused"] = feed }));
        var output = PublishApp(sandbox);
        Assert.AreNotEqual(0, output.ExitCode);
        Assert.Contains("401", output.Output);
    }

    // Nowhere: the output, everything in the project's folders and the cache, the image, and all that the engine wrote meanwhile.
    private static void ReachTheFeedAlone(string name)
    {
        Assert.Contains(r => r.Status == 200 && r.Path.EndsWith(".nupkg", StringComparison.Ordinal), Feeds[name].TakeRequests());
        // It is no assembly, and that is said only of a file that is there.
        Assert.DoesNotContain("does not exist", Testbed.Docker("run", "--rm", "--network", "host", "--entrypoint", "dotnet", $"{s_image!.Name}:latest", "exec", $"/app/Own.{name}.dll").Output);
        var password = Feeds[name].Password;
        Assert.DoesNotContain(password, s_output);
        Assert.DoesNotContain(password, s_history);
        Assert.DoesNotContain(password, s_binaryLog);
        Expect.Sequence(s_files.Where(f => File.ReadAllText(f).Contains(password, StringComparison.Ordinal)));
    }

    private static string[] FilesWithPasswords()
    {
        var engine = Testbed.Docker("info", "--format", "{{.DockerRootDir}}").Succeeded().Answer.Trim();
        var passwords = Names.SelectMany(n => (string[])["-e", Feeds[n].Password]);
        return [.. ((string[])[s_sandbox!.Folder, engine]).SelectMany(folder => Command.Run("find",
        [
            // What is mounted comes and goes meanwhile; its files are seen where they lie.
            folder, "-name", "merged", "-prune", "-o", "-type", "f", "-newerct", Start.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC", "-size", "-64M", "-exec", "grep", "-lF", .. passwords, "{}", "+",
        ]).Output.Split('\n')).Where(f => f.StartsWith('/') && f != s_sandbox.PathOf("NuGet.config"))];
    }

    private static string BinaryLog()
    {
        using var log = new GZipStream(File.OpenRead(s_sandbox!.PathOf("app/publish.binlog")), CompressionMode.Decompress);
        using var reader = new StreamReader(log, Encoding.UTF8);
        var text = reader.ReadToEnd();
        Assert.Contains("PlanContainer", text, "The log cannot be searched like this.");
        return text;
    }

    private static string WithFeeds(string config, Dictionary<string, FeedServer> feeds) => config
        .Replace("</packageSources>", $"{string.Concat(feeds.Select(f => $"  <add key=\"{f.Key}\" value=\"{f.Value.Address}\" allowInsecureConnections=\"true\" />\n"))}  </packageSources>", StringComparison.Ordinal)
        .Replace("</packageSourceMapping>", $"{string.Concat(feeds.Keys.Select(n => $"  <packageSource key=\"{n}\"><package pattern=\"Own.{n}\" /></packageSource>\n"))}  </packageSourceMapping>", StringComparison.Ordinal);

    private static CommandResult PublishApp(Sandbox sandbox, params string[] arguments) =>
        sandbox.Dotnet("app", ["publish", "-p:ContainerStrategy=PackageFeed", .. BuildImages.Properties(), .. s_image!.Properties, .. arguments]);
}
