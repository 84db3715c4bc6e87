using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Container.Sdk.Package.Tests;

/// <summary>A commit changes the assemblies and layers of the projects that it touches, and of no other.</summary>
[TestClass]
public sealed class StableProjectLayers
{
    private const string Libraries = "project Core";

    [TestMethod]
    public void After_an_unrelated_commit_nothing_is_sent()
    {
        using var sandbox = Shop(out var repository);
        sandbox.PublishOnScratch("app").SucceededQuietly();
        var first = (string)sandbox.Result("app")["digest"]!;
        repository.Commit("docs/readme.md", "Something else");
        sandbox.PublishOnScratch("app").SucceededQuietly();
        var result = sandbox.Result("app");
        Assert.AreEqual(first, (string)result["digest"]!);
        Expect.Sequence(result["layers"]!.AsArray().Select(l => (string)l!["transfer"]!).Distinct(), "reused");
    }

    [TestMethod]
    public void A_clone_with_further_commits_publishes_the_same_library()
    {
        using var sandbox = Shop(out var repository);
        using var other = new Sandbox();
        sandbox.PublishOnScratch("app").SucceededQuietly();
        repository.Commit("app/Program.cs", "Console.WriteLine(Core.Thing.Name + \"!\");");
        var clone = Clone(repository, other);
        // Worlds have settings of their own for NuGet.
        File.Copy(other.PathOf("NuGet.config"), Path.Combine(clone.Folder, "NuGet.config"), overwrite: true);
        other.PublishOnScratch("clone/app").SucceededQuietly();
        var (here, there) = (LayoutImages.Read(sandbox.Registry, "app:latest"), LayoutImages.Read(other.Registry, "app:latest"));
        Assert.AreEqual(DigestOf(here, Libraries), DigestOf(there, Libraries));
        Assert.AreNotEqual(DigestOf(here, "application"), DigestOf(there, "application"));
    }

    [TestMethod]
    public void A_commit_to_the_library_is_in_its_assembly_and_its_source_link()
    {
        using var sandbox = Shop(out var repository);
        Build(sandbox, "Core");
        var before = HashOf(sandbox, "Core");
        var second = repository.Commit("Core/More.cs", "namespace Core;\ninternal static class More { }");
        repository.Commit("docs/readme.md", "Something else");
        Build(sandbox, "Core");
        Assert.AreNotEqual(before, HashOf(sandbox, "Core"));
        Assert.EndsWith($"+{second}", VersionOf(sandbox, "Core"));
        Assert.Contains($"https://raw.githubusercontent.com/acme/shop/{second}/*", SourceLinkOf(sandbox, "Core"));
    }

    [TestMethod]
    public void Source_link_leads_to_every_file_of_a_library_as_it_was_compiled()
    {
        using var sandbox = Shop(out var repository, """<ItemGroup><Compile Include="../shared/Texts.cs" Link="Texts.cs" /></ItemGroup>""");
        Directory.CreateDirectory(sandbox.PathOf("src/libraries"));
        repository.Run("mv", "Core", "src/libraries/Core");
        repository.Run("mv", "shared", "src/libraries/shared");
        repository.Commit("src/libraries/Core/Own.cs", "namespace Core; internal static class Own { public static int Two() => 2; }");
        var last = repository.Commit("src/libraries/shared/Texts.cs", "namespace Core; internal static class Texts { public static int One() => 1; }");
        repository.Commit("src/libraries/other.txt", "Something else");
        Build(sandbox, "src/libraries/Core");
        var sources = SymbolFile.Sources(sandbox.PathOf("src/libraries/Core/bin/Release/net10.0/Core.pdb"));
        var from = $"https://raw.githubusercontent.com/acme/shop/{last}/";
        foreach (var file in (string[])["Core/CoreClass.cs", "Core/Own.cs", "shared/Texts.cs"]) Assert.Contains($"{from}src/libraries/{file}", sources);
    }

    [TestMethod]
    [DataRow("Directory.Build.props", "<Project><!-- changed --></Project>")]
    [DataRow("shared/Texts.cs", "namespace Core;\ninternal static class Texts { }")]
    public void What_a_library_takes_from_outside_of_its_folder_counts(string file, string text)
    {
        using var sandbox = Shop(out var repository, """<ItemGroup><Compile Include="../shared/Texts.cs" Link="Texts.cs" /></ItemGroup>""");
        var changed = repository.Commit(file, text);
        repository.Commit("shared/Unused.cs", "");
        Build(sandbox, "Core");
        Assert.EndsWith($"+{changed}", VersionOf(sandbox, "Core"));
        Assert.Contains($"/{changed}/*", SourceLinkOf(sandbox, "Core"));
    }

    [TestMethod]
    public void A_build_after_an_unrelated_commit_compiles_nothing()
    {
        using var sandbox = Shop(out var repository);
        Build(sandbox, "app");
        var compiled = File.GetLastWriteTimeUtc(sandbox.PathOf("Core/obj/Release/net10.0/Core.dll"));
        repository.Commit("docs/readme.md", "Something else");
        Build(sandbox, "app");
        Assert.AreEqual(compiled, File.GetLastWriteTimeUtc(sandbox.PathOf("Core/obj/Release/net10.0/Core.dll")));
    }

    [TestMethod]
    [DataRow("<TargetFramework>net10.0</TargetFramework>")]
    [DataRow("<TargetFramework /><TargetFrameworks>net10.0</TargetFrameworks>")]
    public void A_package_that_is_packed_after_an_unrelated_commit_names_the_same_commit(string frameworks)
    {
        using var sandbox = Shop(out var repository, $"<PropertyGroup>{frameworks}</PropertyGroup>");
        var first = repository.Head;
        repository.Commit("docs/readme.md", "Something else");
        sandbox.Dotnet("Core", "pack", "-o", sandbox.PathOf("packed")).SucceededQuietly();
        using var package = ZipFile.OpenRead(sandbox.PathOf("packed/Core.1.0.0.nupkg"));
        using var nuspec = new StreamReader(package.GetEntry("Core.nuspec")!.Open());
        Assert.Contains($"commit=\"{first}\"", nuspec.ReadToEnd());
    }

    [TestMethod]
    public void The_label_of_an_image_says_what_was_released()
    {
        using var sandbox = Shop(out var repository);
        var first = repository.Head;
        var head = repository.Commit("docs/readme.md", "Something else");
        sandbox.PublishOnScratch("app", "-p:PublishRepositoryUrl=true").SucceededQuietly();
        Assert.AreEqual(head, LayoutImages.Read(sandbox.Registry, "app:latest").Configuration.Labels["org.opencontainers.image.revision"]);
        Assert.EndsWith($"+{first}", VersionOf(sandbox, "app"));
    }

    [TestMethod]
    public void A_submodule_that_nothing_is_taken_from_may_move()
    {
        using var sandbox = Shop(out var repository);
        using var elsewhere = new Sandbox();
        new GitRepository(elsewhere.Folder).Commit();
        repository.Run("submodule", "--quiet", "add", $"file://{elsewhere.Folder}", "vendor");
        repository.Run("config", "submodule.vendor.url", "https://github.com/acme/texts.git");
        repository.Commit();
        Build(sandbox, "Core");
        var before = HashOf(sandbox, "Core");
        new GitRepository(sandbox.PathOf("vendor")).Commit();
        repository.Commit();
        Build(sandbox, "Core");
        Assert.AreEqual(before, HashOf(sandbox, "Core"));
        Build(sandbox, "Core", "-p:ContainerStableProjectLayers=false");
        Assert.Contains("acme/texts", SourceLinkOf(sandbox, "Core"), "The submodule has no Source Link in the first place.");
    }

    [TestMethod]
    [DataRow("Release", "false")]
    [DataRow("Debug", "true")]
    public void Switched_off_or_in_debug_builds_the_newest_commit_stays(string configuration, string stable)
    {
        using var sandbox = Shop(out var repository);
        var head = repository.Commit("docs/readme.md", "Something else");
        sandbox.Dotnet("Core", "build", "-c", configuration, "-v", "minimal", "-o", sandbox.PathOf("out"), $"-p:ContainerStableProjectLayers={stable}").SucceededQuietly();
        Assert.EndsWith($"+{head}", FileVersionInfo.GetVersionInfo(sandbox.PathOf("out/Core.dll")).ProductVersion!);
    }

    [TestMethod]
    public void A_revision_that_the_project_chose_itself_stays()
    {
        using var sandbox = Shop(out _);
        Build(sandbox, "Core", "-p:SourceRevisionId=build.42");
        Assert.EndsWith("+build.42", VersionOf(sandbox, "Core"));
    }

    [TestMethod]
    public void A_shallow_clone_is_warned_of_once_and_published()
    {
        using var sandbox = Shop(out var repository);
        using var other = new Sandbox();
        var head = repository.Commit("docs/readme.md", "Something else");
        var clone = Clone(repository, other, depth: 1);
        File.Copy(other.PathOf("NuGet.config"), Path.Combine(clone.Folder, "NuGet.config"), overwrite: true);
        var published = other.PublishOnScratch("clone/app", "-maxCpuCount:1", "-nodeReuse:false").Succeeded();
        Assert.AreEqual(1, Warnings(published), published.Output);
        Assert.Contains("fetch-depth: 0", published.Output);
        Assert.EndsWith($"+{head}", VersionOf(other, "clone/Core"));
    }

    [TestMethod]
    public void Builds_do_not_warn_of_a_shallow_clone()
    {
        using var sandbox = Shop(out var repository);
        using var other = new Sandbox();
        var clone = Clone(repository, other, depth: 1);
        File.Copy(other.PathOf("NuGet.config"), Path.Combine(clone.Folder, "NuGet.config"), overwrite: true);
        Build(other, "clone/Core");
    }

    [TestMethod]
    public void Without_the_program_git_the_newest_commit_stays_and_a_publish_says_so()
    {
        using var sandbox = Shop(out var repository);
        var head = repository.Commit("docs/readme.md", "Something else");
        sandbox.Environment["PATH"] = Directory.CreateDirectory(sandbox.PathOf("programs")).FullName;
        var published = sandbox.PublishOnScratch("app").Succeeded();
        Assert.AreNotEqual(0, Warnings(published), published.Output);
        Assert.Contains("git was not found in PATH", published.Output);
        Assert.EndsWith($"+{head}", VersionOf(sandbox, "Core"));
    }

    [TestMethod]
    public void A_project_that_is_in_no_repository_is_published_quietly()
    {
        using var sandbox = new Sandbox().Console("app");
        sandbox.PublishOnScratch("app").SucceededQuietly();
        Assert.AreEqual("1.0.0", VersionOf(sandbox, "app"));
    }

    [TestMethod]
    public void A_project_that_was_never_committed_is_published_quietly()
    {
        using var sandbox = new Sandbox().Write(".gitignore", Ignored);
        var head = new GitRepository(sandbox.Folder).Commit();
        sandbox.Console("app").PublishOnScratch("app").SucceededQuietly();
        Assert.EndsWith($"+{head}", VersionOf(sandbox, "app"));
    }

    [TestMethod]
    public void A_repository_without_commits_is_published_from_quietly()
    {
        using var sandbox = new Sandbox().Console("app");
        _ = new GitRepository(sandbox.Folder);
        sandbox.PublishOnScratch("app").SucceededQuietly();
    }

    private const string Ignored = "bin/\nobj/\n/registry/\n/cache/\n/packed/\n/out/\n";

    private static Sandbox Shop(out GitRepository repository, string ofTheLibrary = "")
    {
        var sandbox = new Sandbox()
            .Library("Core", ofTheLibrary)
            .Console("app", """<ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>""")
            .Write("app/Program.cs", "Console.WriteLine(Core.Thing.Name);")
            .Write("shared/Texts.cs", "")
            .Write(".gitignore", Ignored);
        repository = new GitRepository(sandbox.Folder);
        repository.Run("remote", "add", "origin", "https://github.com/acme/shop.git");
        repository.Commit();
        return sandbox;
    }

    private static GitRepository Clone(GitRepository repository, Sandbox sandbox, int? depth = null)
    {
        var clone = repository.CloneTo(sandbox.PathOf("clone"), depth);
        clone.Run("remote", "set-url", "origin", "https://github.com/acme/shop.git");
        return clone;
    }

    private static void Build(Sandbox sandbox, string project, params string[] arguments) =>
        sandbox.Dotnet(project, ["build", "-c", "Release", "-v", "minimal", .. arguments]).SucceededQuietly();

    private static string DigestOf(Image image, string layer) =>
        LayerFacts.Of(image).Zip(image.Layers.TakeLast(LayerFacts.Of(image).Count)).Single(l => l.First.Name == layer).Second.Descriptor.Digest.ToString();

    private static string Assembly(Sandbox sandbox, string project) => sandbox.PathOf($"{project}/bin/Release/net10.0/{Path.GetFileName(project)}.dll");

    private static string HashOf(Sandbox sandbox, string project) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Assembly(sandbox, project))));

    private static string VersionOf(Sandbox sandbox, string project) => FileVersionInfo.GetVersionInfo(Assembly(sandbox, project)).ProductVersion!;

    private static string SourceLinkOf(Sandbox sandbox, string project) => File.ReadAllText(sandbox.PathOf($"{project}/obj/Release/net10.0/{project}.sourcelink.json"));

    // The summary at the end says each again.
    private static int Warnings(CommandResult result) =>
        result.Output.Split('\n').Where(l => l.Contains("warning CSDK6012", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct().Count();
}
