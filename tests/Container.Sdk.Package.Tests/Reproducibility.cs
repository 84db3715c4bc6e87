using System.Runtime.Versioning;

namespace Container.Sdk.Package.Tests;

/// <summary>The same sources give the same image, wherever and whoever publishes them.</summary>
[TestClass]
[UnsupportedOSPlatform("windows")]
public sealed class Reproducibility
{
    [TestMethod]
    [DataRow("console")]
    [DataRow("web")]
    public void Another_folder_gives_the_same_image(string kind)
    {
        using var here = App(kind);
        using var there = App(kind);
        var first = Digest(here, here.Publish("app"));
        Directory.Move(there.PathOf("app"), there.PathOf("another folder"));
        there.Publish("another folder").SucceededQuietly();
        Assert.AreEqual(first, (string)there.Result("another folder")["digest"]!);
    }

    [TestMethod]
    [DataRow("console")]
    [DataRow("web")]
    public void Another_umask_time_zone_and_language_give_the_same_image(string kind)
    {
        using var usual = App(kind);
        using var other = App(kind);
        var first = Digest(usual, usual.Publish("app"));
        var second = Digest(other, other.Run("sh", "app", ["-c", "umask 077; TZ=Pacific/Auckland LC_ALL=tr_TR.UTF-8 exec dotnet \"$@\"", "sh", .. other.PublishCommand()]));
        Assert.IsFalse(File.GetUnixFileMode(other.PathOf("app/bin/Release/net10.0/publish/app.runtimeconfig.json")).HasFlag(UnixFileMode.OtherRead), "The umask had no effect.");
        Assert.AreEqual(first, second);
    }

    [TestMethod]
    [DataRow("console")]
    [DataRow("web")]
    public void Another_user_gets_the_same_image(string kind)
    {
        if (!Environment.IsPrivilegedProcess) Assert.Inconclusive("Only root can become another user.");
        using var usual = App(kind);
        using var other = App(kind);
        var first = Digest(usual, usual.Publish("app"));
        Command.Run("chown", ["-R", "1654:1654", other.Folder]).Succeeded();
        string[] variables = [$"HOME={other.PathOf("home")}", $"DOTNET_CLI_HOME={other.PathOf("home")}", $"NUGET_PACKAGES={other.PathOf("home/packages")}"];
        var second = Digest(other, other.Run(
            "setpriv", "app", ["--reuid", "1654", "--regid", "1654", "--clear-groups", "env", .. variables, "dotnet", .. other.PublishCommand()]));
        Assert.AreEqual(first, second);
    }

    [TestMethod]
    public void A_build_time_that_is_given_is_in_the_image_and_in_no_layer()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var usual = sandbox.BuiltImage();
        sandbox.Environment["SOURCE_DATE_EPOCH"] = "1700000000";
        var dated = sandbox.BuiltImage();
        Assert.AreEqual("1980-01-01T00:00:00Z", (string?)usual.Document()["created"]);
        Assert.AreEqual("2023-11-14T22:13:20Z", (string?)dated.Document()["created"]);
        Assert.AreEqual("2023-11-14T22:13:20Z", (string?)dated.Document()["history"]!.AsArray()[^1]!["created"]);
        Assert.AreEqual("2023-11-14T22:13:20Z", dated.Configuration.Labels["org.opencontainers.image.created"]);
        Expect.Sequence(dated.Layers.Select(l => l.Descriptor.Digest.ToString()), [.. usual.Layers.Select(l => l.Descriptor.Digest.ToString())]);
    }

    private static string Digest(Sandbox sandbox, CommandResult published)
    {
        published.SucceededQuietly();
        return (string)sandbox.Result("app")["digest"]!;
    }

    private static Sandbox App(string kind) => kind == "web"
        ? new Sandbox().Console("app", sdk: "Microsoft.NET.Sdk.Web")
            .Write("app/Program.cs", "var app = WebApplication.Create(args); app.MapStaticAssets(); app.Run();")
            .Write("app/wwwroot/site.css", "body { color: black; }\n")
            .Write("app/wwwroot/scripts/site.js", "console.log('Hello');\n")
        : new Sandbox().Library("Core").Console("app", """
            <ItemGroup>
              <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
              <ProjectReference Include="../Core/Core.csproj" />
            </ItemGroup>
            """).Write("app/Program.cs", "throw new InvalidOperationException(Core.Thing.Name);");
}
