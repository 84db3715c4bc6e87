using System.Formats.Tar;
using System.Text;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources.Tests;

/// <summary>Tool containers of a program that passes for docker, and does what a container would do to what it is given.</summary>
[TestClass]
public sealed class ToolContainerTests : IDisposable
{
    private const string Warning = "echo '/source/src/App/Program.cs(1,1): warning CS0168: never used'; echo '/source/src/App/Program.cs(1,1): warning CS0168: never used'";

    private readonly RestoredApp _app = new();
    private readonly FakePrograms _programs = new();
    private readonly RecordingReporter _reporter = new();
    private readonly List<string> _warnings = [];

    public void Dispose()
    {
        _programs.Dispose();
        _app.Dispose();
    }

    [TestMethod]
    public async Task An_engine_of_this_machine_sees_its_folders()
    {
        Docker($"{Warning}; /bin/cat \"$(source /tmp/build/.nuget/NuGet/NuGet.Config)\" > \"$FAKE/seen\"; echo planned > \"$(source /image)/plan.json\"");
        await PublishAsync();
        Assert.AreEqual("planned\n", File.ReadAllText(Path.Combine(Stage, "plan.json")));
        Expect.Sequence(_warnings, $"{_app["repo/src/App/Program.cs"]}(1,1): warning CS0168: never used");
        Expect.Sequence(_reporter.Steps, "compiling in a container of r.example/sdk:10.0 (docker)");
        Assert.AreEqual("<canary />", File.ReadAllText(_programs.Folder["seen"]));
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(_app["temporary"]), "A secret is left.");
        Assert.DoesNotContain("canary", File.ReadAllText(_programs.Folder["created"]));
    }

    [TestMethod]
    public async Task What_the_compiler_says_is_the_error()
    {
        Docker($"case \"$(/bin/cat $FAKE/created)\" in */artifacts/token) /bin/cat \"$(source /artifacts)/token\"; exit;; esac; {Warning}; echo '/source/src/App/Program.cs(2,1): error CS1002: ; expected'; exit 1");
        var error = await Expect.FailureAsync(Diagnostics.PublishFailedInContainer, PublishAsync);
        StringAssert.Contains(error.Message, $"{_app["repo/src/App/Program.cs"]}(2,1): error CS1002: ; expected");
        Assert.HasCount(1, _warnings);
    }

    [TestMethod]
    [DataRow("exit 1", DisplayName = "its container has another machine's folders")]
    [DataRow("exit 0", DisplayName = "whatever was published is there")]
    [DataRow("echo 'Error response from daemon: invalid mount config: bind source path does not exist: /x' >&2; exit 125", DisplayName = "it has none of that name")]
    public async Task To_an_engine_that_seems_to_be_of_this_machine_and_is_not_sources_are_copied(string mounted)
    {
        Docker($"case \"$(/bin/cat $FAKE/created)\" in *type=bind*) {mounted};; esac; {Warning}");
        await PublishAsync();
        AreCopied();
    }

    [TestMethod]
    public async Task To_an_engine_elsewhere_sources_are_copied()
    {
        Docker($"case \"$(/bin/cat $FAKE/created)\" in *type=bind*) exit 1;; esac; {Warning}", host: "tcp://other.example:2375");
        await PublishAsync();
        AreCopied();
        Assert.IsFalse(Directory.Exists(_app["cache/builder"]), "What was compiled elsewhere is no use here.");
    }

    [TestMethod]
    public async Task What_the_compiler_says_elsewhere_is_the_error()
    {
        Docker("echo '/source/src/App/Program.cs(2,1): error CS1002: ; expected'; exit 1", host: "tcp://other.example:2375");
        await Expect.FailureAsync(Diagnostics.PublishFailedInContainer, PublishAsync);
        Assert.IsFalse(Directory.Exists(Stage));
    }

    private string Stage => _app["repo/src/App/obj/stage"];

    private void AreCopied()
    {
        Assert.AreEqual("planned", File.ReadAllText(Path.Combine(Stage, "plan.json")));
        Expect.Sequence(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Stage)!).Select(Path.GetFileName), "stage");
        Expect.Sequence(_warnings, $"{_app["repo/src/App/Program.cs"]}(1,1): warning CS0168: never used");
        using var tar = new TarReader(File.OpenRead(_programs.Folder["in.tar"]));
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry) names.Add(entry.Name);
        Expect.Sequence(names, "source/src/App/App.csproj", "source/src/App/Program.cs", "feeds/own/a.1.0.0.nupkg", "tmp/build/.nuget/NuGet/NuGet.Config", "source/src/App/NuGet.config");
    }

    private Task PublishAsync()
    {
        foreach (var path in (string[])["repo/src/App/Program.cs", "repo/src/App/NuGet.config", "own/a.1.0.0.nupkg"]) _app.Write(path, "");
        Directory.CreateDirectory(_app["temporary"]);
        return new ToolContainer(
            new ToolContainerRequest
            {
                Plan = new SourcePlan
                {
                    Name = "App", Root = _app.Root, BuildImage = "r.example/sdk:10.0", Projects = [new SourceProject("src/App/App.csproj", [])],
                    Feeds = [new FolderFeed("feed-own", _app["own"], "/feeds/own")], SecretConfigs = [new SecretConfig("nuget-src-app", "src/App/NuGet.config")],
                },
                Secrets = [new BuildSecret(SourceDockerfile.NuGetSecret, "<canary />") { Hidden = ["canary"] }, new BuildSecret("nuget-src-app", "<cleaned />") { Hidden = ["canary"] }],
                CacheFolder = _app["cache"],
                StageFolder = Stage,
                Engine = new EngineOptions { Environment = new Dictionary<string, string?> { ["PATH"] = _programs.Folder.Path, ["FAKE"] = _programs.Folder.Path }, TemporaryFolder = _app["temporary"] },
            },
            _reporter, _warnings.Add).PublishAsync(default);
    }

    // What is created is kept as its arguments, a line each; source gives the folder of this machine that a container sees under a name.
    private void Docker(string start, string host = "unix:///var/run/docker.sock")
    {
        using (var tar = new TarWriter(File.Create(_programs.Folder["out.tar"])))
        {
            using var plan = new MemoryStream(Encoding.UTF8.GetBytes("planned"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "image/plan.json") { DataStream = plan });
        }
        _programs.AddScript("docker", $$"""
            source() { while read -r line; do case "$line" in *",target=$1"|*",target=$1,readonly") line=${line#*source=}; echo "${line%%,*}";; esac; done < "$FAKE/created"; }
            case "$*" in
            'version --format'*) echo '26.1.5 1.24';;
            'context inspect'*) echo '{{host}}';;
            'image inspect'*) echo sha256:0;;
            create*) printf '%s\n' "$@" > "$FAKE/created";;
            'start --attach'*) {{start}};;
            'cp --archive=false -'*) /bin/cat > "$FAKE/in.tar";;
            cp*:/image*) /bin/cat "$FAKE/out.tar";;
            rm*) ;;
            *) echo "unexpected: $*" >&2; exit 99;;
            esac
            """);
    }
}
