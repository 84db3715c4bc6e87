using System.Text;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class SourceDockerfileTests
{
    private static readonly ImageConfiguration Base = ImageConfiguration.Parse(Encoding.UTF8.GetBytes("""
        {"os":"linux","architecture":"amd64","config":{"Env":["PATH=/bin","APP_UID=1654"]}}
        """), "base");

    private static readonly SourcePlan Shop = new()
    {
        Name = "Shop.Api",
        Root = "/repo",
        BuildImage = "r.example/dotnet/sdk:10.0",
        Projects =
        [
            new SourceProject("libs/Money/Money.csproj", []) { Framework = "net8.0" },
            new SourceProject("src/Catalog/Catalog.csproj", ["libs/Money/Money.csproj"]) { LinkedFiles = ["shared/Ids.cs"] },
            new SourceProject("src/Api/Shop.Api.csproj", ["libs/Money/Money.csproj", "src/Catalog/Catalog.csproj"]) { RestoreFiles = ["src/Api/packages.lock.json"] },
        ],
        Shared = ["Directory.Build.props", "NuGet.config", "packages/"],
        CompilerFiles = [".editorconfig"],
    };

    [TestMethod]
    public void Files_of_the_users_own_are_copied_to_their_owners()
    {
        var text = Write(Shop, new PlannedLayer("files", OriginKind.File, [], [new PlannedFile("/repo/a", "etc/a", LayerEntry.DataMode)]),
            new PlannedLayer("files of 7:8", OriginKind.File, [], [new PlannedFile("/repo/b", "srv/b", LayerEntry.DataMode) { UserId = 7, GroupId = 8 }]));
        StringAssert.Contains(text, "COPY --link --from=publish /image/files/ /\nCOPY --from=publish --chown=7:8 [\"/image/files/srv/b\", \"/srv/b\"]\nCOPY --link --from=publish /image/runtime/ /\n");
    }

    // Golden: another text is another stage, and every later one is built anew.
    [TestMethod]
    public void The_toolchain_is_told_where_its_files_are_and_what_it_need_not_do() => Assert.AreEqual(
        """
        ENV DOTNET_CLI_HOME=/tmp/build \
            DOTNET_NOLOGO=true \
            DOTNET_CLI_TELEMETRY_OPTOUT=true \
            DOTNET_GENERATE_ASPNET_CERTIFICATE=false \
            DOTNET_TieredPGO=0 \
            NUGET_PACKAGES=/nuget/packages \
            NUGET_HTTP_CACHE_PATH=/nuget/http \
            NUGET_SCRATCH=/nuget/scratch \
            UseSharedCompilation=false \
            DOCKER_CONFIG=/tmp/build/.docker
        WORKDIR /source
        """,
        string.Join('\n', Stage(Write(Shop), "sdk").TakeWhile(l => l.Length > 0)));

    [TestMethod]
    public void It_breaks_no_rule_of_hadolint() => Are(DockerfileLint.Check(Write(Shop)));

    [TestMethod]
    public void Project_files_come_before_restore_and_sources_behind_it()
    {
        var restore = Stage(Write(Shop), "restore");
        Are(
            restore.Where(l => l.StartsWith("COPY", StringComparison.Ordinal) || l.Contains("\"restore\"", StringComparison.Ordinal)),
            """COPY ["Directory.Build.props", "NuGet.config", "./"]""",
            """COPY ["packages/", "packages/"]""",
            """COPY ["libs/Money/Money.csproj", "libs/Money/"]""",
            """COPY ["src/Catalog/Catalog.csproj", "src/Catalog/"]""",
            """COPY ["src/Api/Shop.Api.csproj", "src/Api/packages.lock.json", "src/Api/"]""",
            """    ["dotnet", "restore", "src/Api/Shop.Api.csproj", "-p:Configuration=Release"]""",
            """COPY [".editorconfig", "./"]""");
    }

    [TestMethod]
    public void A_library_has_a_stage_with_its_own_sources_and_the_outputs_of_what_it_uses()
    {
        var library = Stage(Write(Shop), "build-catalog");
        Are(
            library.Where(l => !l.Contains("--mount", StringComparison.Ordinal) && l.Length > 0 && l[0] != '#'),
            """COPY --from=build-money ["/source/libs/Money/", "libs/Money/"]""",
            """COPY ["shared/Ids.cs", "shared/"]""",
            """COPY ["src/Catalog/", "src/Catalog/"]""",
            """    ["dotnet", "build", "src/Catalog/Catalog.csproj", "-c", "Release"]""");
        Assert.Contains("""    ["dotnet", "build", "libs/Money/Money.csproj", "-f", "net8.0", "-c", "Release"]""", Stage(Write(Shop), "build-money"));
    }

    [TestMethod]
    public void The_last_stage_copies_kinds_that_rarely_change_first_and_has_a_numeric_user()
    {
        Are(
            Stage(Write(Shop), "final").Where(l => l.StartsWith("COPY", StringComparison.Ordinal) || l.StartsWith("USER", StringComparison.Ordinal)),
            "COPY --link --from=publish /image/runtime/ /", "COPY --link --from=publish /image/packages/ /", "COPY --link --from=publish /image/projects/ /",
            "COPY --link --from=publish /image/app/ /", "USER 1654");
    }

    [TestMethod]
    public void Packages_and_secrets_are_mounted_in_every_step_and_copied_in_none()
    {
        var plan = Shop with { SecretConfigs = [new SecretConfig("nuget-src", "src/NuGet.config")], Feeds = [new FolderFeed("feed-own", "/srv/own", "/srv/own")] };
        var text = Write(plan);
        foreach (var step in text.Split("RUN ").Skip(1))
        {
            StringAssert.Contains(step, "--mount=type=cache,target=/nuget");
            StringAssert.Contains(step, "--mount=type=secret,id=nuget-config,");
            StringAssert.Contains(step, "--mount=type=secret,id=nuget-src,target=/source/src/NuGet.config,required=true");
            StringAssert.Contains(step, "--mount=type=bind,from=feed-own,target=/srv/own");
        }
        StringAssert.Contains(text, "FROM scratch AS feed-own");
    }

    [TestMethod]
    [DataRow("a;b,c", "a%3Bb%2Cc")]
    [DataRow("100%", "100%25")]
    [DataRow("it's \"$(X)\"", "it%27s %22%24(X)%22")]
    public void A_property_has_exactly_its_value(string value, string written) =>
        StringAssert.Contains(Write(Shop with { Properties = [new("Version", value)] }), $"\"-p:Version={written}\"");

    [TestMethod]
    public void A_folder_with_characters_of_patterns_is_copied_by_its_name()
    {
        var plan = Shop with { Projects = [new SourceProject("src/[a] $b/App.csproj", [])] };
        StringAssert.Contains(Write(plan), """COPY ["src/[[]a] \\$b/", "src/[a] \\$b/"]""");
    }

    [TestMethod]
    public void Nothing_commands_the_parser_before_the_first_instruction() =>
        Assert.StartsWith("# The image of syntax=evil", Write(Shop with { Name = "syntax=evil" }));

    [TestMethod]
    public void Where_another_platform_is_meant_the_toolchain_runs_on_the_builder_s_own() =>
        StringAssert.Contains(Write(Shop with { CrossCompiles = true }), "FROM --platform=$BUILDPLATFORM r.example/dotnet/sdk:10.0 AS sdk");

    [TestMethod]
    public void Projects_of_equal_names_have_stages_of_their_own()
    {
        var text = Write(Shop with { Projects = [new SourceProject("a/Core.csproj", []), new SourceProject("b/Core.csproj", []), new SourceProject("App/App.csproj", ["a/Core.csproj", "b/Core.csproj"])] });
        StringAssert.Contains(text, "FROM restore AS build-core\n");
        StringAssert.Contains(text, "FROM restore AS build-core-2\n");
    }

    [TestMethod]
    public void The_same_plan_gives_the_same_text() => Assert.AreEqual(Write(Shop), Write(Shop with { Name = Shop.Name }));

    private static void Are(IEnumerable<string> lines, params string[] expected) => Assert.AreEqual(string.Join('\n', expected), string.Join('\n', lines));

    private static List<string> Stage(string text, string name) =>
        [.. text.Split('\n').SkipWhile(l => !l.EndsWith($" AS {name}", StringComparison.Ordinal)).Skip(1).TakeWhile(l => !l.StartsWith("FROM", StringComparison.Ordinal))];

    private static string Write(SourcePlan plan, params PlannedLayer[] layers)
    {
        var image = new ImagePlan
        {
            Name = "App", Base = ImageReference.Parse("x", "/"), Platform = new Platform("linux", "amd64"), Settings = new ContainerSettings { AppCommand = ["dotnet", "/app/a.dll"] }, Created = "1980-01-01T00:00:00Z", Content = new PlannedFiles([.. layers]),
        };
        return SourceDockerfile.Write(
            plan, image, new StageSource(plan.BuildImage, "sdk", "the SDK"), new StageSource("r.example/dotnet/runtime:10.0", "base", "the runtime"),
            ConfigurationRules.Apply(image, Base, null, new SilentReporter()), Base, SourceCommand.Head(plan, "BuildFromSource", "/repo/src/Api/Dockerfile"));
    }
}
