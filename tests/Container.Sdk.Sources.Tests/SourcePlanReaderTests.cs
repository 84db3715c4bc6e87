using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources.Tests;

/// <summary>Real projects, restored by the .NET SDK and evaluated by its MSBuild.</summary>
[TestClass]
public sealed class SourcePlanReaderTests
{
    private static RestoredApp s_app = null!;

    private readonly RecordingReporter _reporter = new();

    [ClassInitialize]
    public static void Restore(TestContext context)
    {
        const string Credentials = """<packageSourceCredentials><own><add key="Username" value="a" /><add key="ClearTextPassword" value="b" /></own></packageSourceCredentials>""";
        s_app = new RestoredApp();
        s_app.Feed("repo/feeds/own");
        s_app.Feed("feeds");
        s_app.Config("repo/NuGet.config", $"""<packageSources><clear /><add key="inner" value="feeds/own" /><add key="outer" value="../feeds" /></packageSources>""");
        s_app.Config("repo/src/Lib/nuget.config", Credentials);
        s_app.Write("repo/Directory.Build.props", "<Project><PropertyGroup><NuGetAudit>false</NuGetAudit></PropertyGroup></Project>");
        s_app.Write("repo/build/own.props", "<Project />");
        foreach (var path in (string[])["repo/.editorconfig", "repo/src/App/packages.lock.json", "repo/src/Lib/Thing.cs"]) s_app.Write(path, path.EndsWith(".json", StringComparison.Ordinal) ? """{"version": 1, "dependencies": {}}""" : "");
        s_app.Write("repo/shared/Ids.cs", "");
        s_app.Write("repo/src/App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="../../build/own.props" />
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Lib/Lib.csproj" />
                <Compile Include="../../shared/Ids.cs" />
              </ItemGroup>
            </Project>
            """);
        s_app.Write("repo/src/Lib/Lib.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>net10.0</TargetFrameworks></PropertyGroup></Project>""");
        var environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" };
        Command.Run("dotnet", ["restore", s_app.Project, "-v", "quiet"], s_app.Root, environment).Succeeded();
    }

    [ClassCleanup]
    public static void Clean() => s_app.Dispose();

    [TestMethod]
    public void Projects_are_in_order_with_what_each_sees()
    {
        var plan = Read();
        Expect.Sequence(plan.Projects.Select(p => $"{p.File} {p.Framework}"), "src/Lib/Lib.csproj net10.0", "src/App/App.csproj ");
        Expect.Sequence(plan.App.Uses, "src/Lib/Lib.csproj");
        Expect.Sequence(plan.App.LinkedFiles, "shared/Ids.cs");
        Expect.Sequence(plan.App.RestoreFiles, "src/App/packages.lock.json");
    }

    [TestMethod]
    public void Files_of_the_repository_are_those_that_restore_and_the_compiler_read()
    {
        var plan = Read();
        Assert.AreEqual(s_app.Root, plan.Root);
        Expect.Sequence(plan.Shared, "Directory.Build.props", "NuGet.config", "build/own.props", "feeds/own/");
        Expect.Sequence(plan.CompilerFiles, ".editorconfig");
    }

    [TestMethod]
    public void Package_sources_outside_of_the_repository_are_folders_of_their_own() =>
        Expect.Sequence(Read().Feeds, new FolderFeed("feed-outer", s_app["feeds"], "/feeds"));

    [TestMethod]
    public void A_configuration_with_credentials_is_a_secret_whoever_reads_it()
    {
        var plan = Read();
        Expect.Sequence(plan.SecretConfigs, new SecretConfig("nuget-src-lib", "src/Lib/nuget.config"));
        Assert.DoesNotContain("src/Lib/nuget.config", plan.Shared);
    }

    [TestMethod]
    [DataRow(true, false, "", "Release", DisplayName = "what dotnet publish takes")]
    [DataRow(false, false, "", "Debug", DisplayName = "unless it takes no other")]
    [DataRow(true, false, "Debug", "Debug", DisplayName = "unless another is given")]
    [DataRow(true, true, "Debug", "Release", DisplayName = "but not by a solution")]
    public void The_configuration_is(bool isRelease, bool inSolution, string given, string expected)
    {
        var request = Request with { IsRelease = isRelease, SolutionPath = inSolution ? s_app["repo/Shop.sln"] : null, GivenProperties = given.Length > 0 ? Given(("Configuration", given)) : Given() };
        Assert.AreEqual(expected, Read(request).Configuration);
    }

    [TestMethod]
    [DataRow("RuntimeIdentifier", false, true)]
    [DataRow("runtimeidentifier", false, true)]
    [DataRow("ContainerRuntimeIdentifier", false, true)]
    [DataRow("RuntimeIdentifier", true, false)]
    [DataRow("Version", false, false)]
    public void The_toolchain_makes_files_for_another_platform_where_one_is_given_and_no_native_code(string property, bool isAot, bool crosses) =>
        Assert.AreEqual(crosses, Read(Request with { IsAot = isAot, GivenProperties = Given((property, "linux-arm64")) }).CrossCompiles);

    [TestMethod]
    public void The_rest_is_passed_on()
    {
        var plan = Read(Request with
        {
            HasStaticAssets = true, HasSeveralFrameworks = true, GivenProperties = Given(("Version", "1%3B2"), ("Secret", "canary")),
            LibrarySources = [LibrarySource.Parse("Acme.*", "registry.example", "", s_app.ProjectFolder)],
        });
        Assert.AreEqual(("App", "r.example/sdk:10.0", "net10.0", true), (plan.Name, plan.BuildImage, plan.Framework, plan.HasStaticAssets));
        Expect.Sequence(plan.Properties, KeyValuePair.Create("Version", "1;2"));
        Expect.Sequence(plan.Registries, "registry.example");
        Expect.Sequence(_reporter.Steps, "the container does not get these properties of the command line: Secret");
        Assert.IsNull(Read().Framework);
    }

    private static SourceRequest Request => new()
    {
        ProjectName = "App", ProjectFile = s_app.Project, ExtensionsPath = s_app.ExtensionsPath, BuildImage = "r.example/sdk:10.0", Configuration = "Debug", TargetFramework = "net10.0",
        ToolFolders = [Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!)],
    };

    private static ImmutableDictionary<string, string> Given(params (string Name, string Value)[] properties) => properties.ToImmutableDictionary(p => p.Name, p => p.Value);

    private SourcePlan Read(SourceRequest? request = null) => SourcePlanReader.Read(request ?? Request, _reporter);
}
