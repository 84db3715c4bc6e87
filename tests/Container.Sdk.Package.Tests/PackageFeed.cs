using System.Globalization;

namespace Container.Sdk.Package.Tests;

/// <summary>PackageFeed: libraries are restored from the user's feeds inside the build, with credentials that nobody else gets to see.</summary>
[TestClass]
public sealed class PackageFeed : IDisposable
{
    private readonly FeedServer _feed = new();
    private readonly EngineRepository _image = new();
    private readonly Sandbox _sandbox = new();
    private readonly DateTime _start = DateTime.UtcNow;

    public void Dispose()
    {
        _image.Dispose();
        _sandbox.Dispose();
        _feed.Dispose();
    }

    [TestMethod]
    public void Credentials_of_a_NuGet_configuration_reach_the_feed_and_nobody_else()
    {
        App($"""
            <packageSourceCredentials><private>
              <add key="Username" value="{FeedServer.User}" /><add key="ClearTextPassword" value="{_feed.Password}" />
            </private></packageSourceCredentials>
            """);
        IsNowhere(Publish().SucceededQuietly());
        Runs();
    }

    [TestMethod]
    public void Credentials_of_the_environment_reach_the_feed_and_nobody_else()
    {
        App("");
        _sandbox.Environment["NuGetPackageSourceCredentials_private"] = $"Username={FeedServer.User};Password={_feed.Password}";
        IsNowhere(Publish().SucceededQuietly());
        Runs();
    }

    [TestMethod]
    public void A_variable_in_a_NuGet_configuration_is_read_on_this_machine()
    {
        App($"""
            <packageSourceCredentials><private>
              <add key="Username" value="{FeedServer.User}" /><add key="ClearTextPassword" value="%FEED_PASSWORD%" />
            </private></packageSourceCredentials>
            """);
        _sandbox.Environment["FEED_PASSWORD"] = _feed.Password;
        IsNowhere(Publish().SucceededQuietly());
        Runs();
    }

    [TestMethod]
    public void Credentials_of_a_credential_provider_reach_the_feed_and_nobody_else()
    {
        App("");
        using var provider = new CredentialProvider(FeedServer.User, _feed.Password);
        _sandbox.Environment["NUGET_NETCORE_PLUGIN_PATHS"] = provider.File;
        IsNowhere(Publish().SucceededQuietly());
        Runs();
    }

    [TestMethod]
    public void Without_credentials_the_feed_s_own_refusal_is_heard()
    {
        App("");
        var output = Publish();
        Assert.AreNotEqual(0, output.ExitCode);
        Assert.Contains("401", output.Output);
    }

    private void App(string credentials)
    {
        // Another package each time: no cache of this machine or of the engine has it.
        var package = _feed.Add("Own.Private", ("lib/net10.0/Own.Private.dll", Guid.NewGuid().ToByteArray()));
        _sandbox.Console("app", $"<ItemGroup>{package.Reference}</ItemGroup>");
        _sandbox.Write("NuGet.config", File.ReadAllText(_sandbox.PathOf("NuGet.config"))
            .Replace("</packageSources>", $"  <add key=\"private\" value=\"{_feed.Address}\" allowInsecureConnections=\"true\" />\n  </packageSources>{credentials}", StringComparison.Ordinal)
            .Replace("</packageSourceMapping>", "  <packageSource key=\"private\"><package pattern=\"Own.*\" /></packageSource>\n  </packageSourceMapping>", StringComparison.Ordinal));
    }

    private CommandResult Publish() =>
        _sandbox.Dotnet("app", ["publish", "-v", "detailed", "-bl:publish.binlog", "-p:ContainerStrategy=PackageFeed", .. BuildImages.Properties(), .. _image.Properties]);

    private void Runs()
    {
        Assert.AreEqual("Hello", _image.Run().Succeeded().Output.Trim());
        Assert.Contains(r => r.Status == 200 && r.Path.EndsWith(".nupkg", StringComparison.Ordinal), _feed.TakeRequests());
        // It is no assembly, and that is said only of a file that is there.
        Assert.DoesNotContain("does not exist", Testbed.Docker("run", "--rm", "--network", "host", "--entrypoint", "dotnet", $"{_image.Name}:latest", "exec", "/app/Own.Private.dll").Output);
    }

    // The output, everything in the project's folders and the cache, the image, and all that the engine wrote meanwhile.
    private void IsNowhere(CommandResult publish)
    {
        Assert.DoesNotContain(_feed.Password, publish.Output);
        Assert.DoesNotContain(_feed.Password, Testbed.Docker("history", "--no-trunc", $"{_image.Name}:latest").Succeeded().Output);
        var engine = Testbed.Docker("info", "--format", "{{.DockerRootDir}}").Succeeded().Output.Trim();
        foreach (var folder in (string[])[_sandbox.Folder, engine])
        {
            // What is mounted comes and goes meanwhile; its files are seen where they lie.
            var found = Command.Run("find", [folder, "-name", "merged", "-prune", "-o", "-type", "f", "-newerct", _start.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC", "-size", "-64M", "-exec", "grep", "-lF", _feed.Password, "{}", "+"]);
            Expect.Sequence(found.Output.Split('\n').Where(f => f.StartsWith('/') && f != _sandbox.PathOf("NuGet.config")));
        }
        Assert.IsFalse(BinaryLog().Contains(_feed.Password, StringComparison.Ordinal), "It is in the binary log.");
    }

    private string BinaryLog()
    {
        using var log = new System.IO.Compression.GZipStream(File.OpenRead(_sandbox.PathOf("app/publish.binlog")), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(log, System.Text.Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
