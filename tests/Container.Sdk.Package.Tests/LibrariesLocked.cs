namespace Container.Sdk.Package.Tests;

/// <summary><c>container.lock.json</c>: what was resolved once stays, whatever is pushed, moved or deleted later.</summary>
[TestClass]
public sealed class LibrariesLocked : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly string _team = $"team-{Guid.NewGuid():N}";

    public void Dispose() => _sandbox.Dispose();

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_locked_app_is_the_same_after_tags_have_moved(bool isRegistry)
    {
        var oldBase = PutBase(isRegistry, "old");
        Prepare(isRegistry);
        var before = PutLibrary(isRegistry, "Acme.A 1.0.0");
        Update("app").SucceededQuietly();
        var text = File.ReadAllText(_sandbox.PathOf("container.lock.json"));
        foreach (var part in (string[])["\"Acme.A [1.*, )\"", "\"version\": \"1.0.0\"", before, oldBase.Digest, "linux/amd64"]) StringAssert.Contains(text, part);

        // The base's tag moves, a newer version comes, and the old one's tag goes to another content.
        PutBase(isRegistry, "new");
        PutLibrary(isRegistry, "Acme.A 1.1.0");
        PutLibrary(isRegistry, "Acme.A 1.0.0", says: "moved");
        // Another machine knows nothing but the lock file.
        Directory.Delete(_sandbox.Cache, recursive: true);

        Publish().Succeeded();
        Expect.Sequence(_sandbox.Restored("app"), "Acme.A 1.0.0");
        var image = LayoutImages.Read(_sandbox.Registry, "app:latest");
        Assert.AreEqual(oldBase.Layers.Single(), image.Layers[0].Descriptor.Digest.ToString());
        Assert.IsTrue(image.Says("app/Acme.A.dll", "Acme.A 1.0.0"));
        Assert.AreEqual(text, File.ReadAllText(_sandbox.PathOf("container.lock.json")));

        StringAssert.Contains(Update("app").SucceededQuietly().Output, "1.0.0 -> 1.1.0");
    }

    [TestMethod]
    public void A_locked_library_needs_no_tag_at_all()
    {
        Prepare(isRegistry: false);
        PutBase(isRegistry: false, "old");
        PutLibrary(isRegistry: false, "Acme.A 1.0.0");
        Update("app").SucceededQuietly();
        Directory.Delete(_sandbox.Cache, recursive: true);
        _sandbox.Write("libraries/index.json", """{"schemaVersion": 2, "manifests": []}""");
        _sandbox.Dotnet("app", "restore", "-p:ContainerLockedMode=true").SucceededQuietly();
        Expect.Sequence(_sandbox.Restored("app"), "Acme.A 1.0.0");
    }

    [TestMethod]
    public void A_solution_has_one_lock_file_for_all_its_projects()
    {
        var made = PutBase(isRegistry: false, "old");
        _sandbox.WithSource().Has("Acme.A 1.0.0", "Acme.C [1.0.0, )").Has("Acme.B 1.0.0").Has("Acme.C 1.0.0").Write("container.lock.json", """{"version": 1, "images": {}, "libraries": {}}""")
            .Uses("one", ["Acme.A 1.*"], $"<PropertyGroup><ContainerBaseImage>oci:../bases:base:1</ContainerBaseImage></PropertyGroup>")
            .Uses("two", ["Acme.B 1.0.0"], $"<PropertyGroup><ContainerBaseImage>scratch</ContainerBaseImage></PropertyGroup>")
            .Library("three", $"<ItemGroup>{LibraryWorld.Reference("Acme.C [1.0,2.0)")}</ItemGroup>")
            .Library("four", "<ItemGroup><ContainerLibrarySource Remove=\"@(ContainerLibrarySource)\" /></ItemGroup>")
            .Solve("All.slnx", "one", "two", "three", "four");
        Update("", "All.slnx").SucceededQuietly();
        var text = File.ReadAllText(_sandbox.PathOf("container.lock.json"));
        foreach (var part in (string[])["Acme.A [1.*, )", "Acme.B [1.0.0, )", "Acme.C [1.0.0, )", "Acme.C [1.0.0, 2.0.0)", made.Digest, "\"oci:bases:base:1\""]) StringAssert.Contains(text, part);

        _sandbox.Dotnet("", "restore", "All.slnx", "-p:ContainerLockedMode=true").SucceededQuietly();
        StringAssert.Contains(Update("", "All.slnx").SucceededQuietly().Output, "nothing changed");
        Assert.AreEqual(text, File.ReadAllText(_sandbox.PathOf("container.lock.json")));
    }

    [TestMethod]
    public void Locked_mode_says_what_is_missing_and_writes_nothing()
    {
        _sandbox.WithSource().Has("Acme.A 1.0.0").Has("Acme.B 2.0.0").Uses("app", ["Acme.A 1.*"], "<PropertyGroup><ContainerBaseImage>scratch</ContainerBaseImage></PropertyGroup>");
        Update("app").SucceededQuietly();
        _sandbox.Uses("app", ["Acme.A [1.*, )", "Acme.B 2.*"]);
        var refused = _sandbox.Dotnet("app", "restore", "-p:ContainerLockedMode=true").RefusedWith("CSDK5004", lines: 3);
        StringAssert.Contains(refused.Output, "+ Acme.B [2.*, ): 2.0.0");
        Assert.DoesNotContain("+ Acme.A", refused.Output);
        Assert.IsFalse(File.Exists(_sandbox.PathOf("app/obj/project.assets.json")));
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
    }

    [TestMethod]
    public void Locked_mode_wants_the_base_too()
    {
        PutBase(isRegistry: false, "old");
        _sandbox.Console("app").Write("app/container.lock.json", """{"version": 1, "images": {}, "libraries": {}}""");
        StringAssert.Contains(Publish("-p:ContainerBaseImage=oci:../bases:base:1", "-p:ContainerLockedMode=true").RefusedWith("CSDK5004", lines: 3).Output, "base:1");
    }

    [TestMethod]
    public void The_marks_of_a_merge_are_found()
    {
        _sandbox.WithSource().Has("Acme.A 1.0.0").Uses("app", ["Acme.A 1.*"]).Write("container.lock.json", "{\n<<<<<<< HEAD\n  \"version\": 1\n=======\n");
        StringAssert.Contains(_sandbox.Dotnet("app", "restore").RefusedWith("CSDK5005").Output, "line 2");
        Update("app").RefusedWith("CSDK5005");
        File.Delete(_sandbox.PathOf("container.lock.json"));
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
    }

    private void Prepare(bool isRegistry)
    {
        if (isRegistry) _sandbox.WithSource(Testbed.Registry, $"{_team}/{{id}}");
        else _sandbox.WithSource();
        var image = isRegistry ? $"{Testbed.Registry}/{_team}/base:1" : "oci:../bases:base:1";
        _sandbox.Uses("app", ["Acme.A 1.*"], $"<PropertyGroup><ContainerBaseImage>{image}</ContainerBaseImage><ContainerStrategy>CopyFromImage</ContainerStrategy></PropertyGroup>")
            .Write("container.lock.json", """{"version": 1, "images": {}, "libraries": {}}""");
    }

    [TestMethod]
    public void A_locked_build_without_restore_ships_nothing_that_the_file_does_not_have()
    {
        _sandbox.WithSource().Has("Acme.A 1.0.0").Uses("app", ["Acme.A 1.*"]).Write("app/container.lock.json", """{"version": 1}""");
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
        _sandbox.Dotnet("app", "build", "--no-restore", "-p:ContainerLockedMode=true").RefusedWith("CSDK5004", lines: 3);
    }

    [TestMethod]
    public void Each_framework_of_a_project_is_locked()
    {
        _sandbox.WithSource().Has("Acme.A 1.0.0").Has("Acme.B 1.0.0").Write("multi/multi.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Container.Sdk" Version="{PackedPackage.Version}" />
              <PropertyGroup><TargetFrameworks>net10.0;net9.0</TargetFrameworks></PropertyGroup>
              <ItemGroup Condition="'$(TargetFramework)' == 'net10.0'">{LibraryWorld.Reference("Acme.A 1.0.0")}</ItemGroup>
              <ItemGroup Condition="'$(TargetFramework)' == 'net9.0'">{LibraryWorld.Reference("Acme.B 1.0.0")}</ItemGroup>
            </Project>
            """);
        Update("multi").SucceededQuietly();
        foreach (var id in (string[])["Acme.A", "Acme.B"]) StringAssert.Contains(File.ReadAllText(_sandbox.PathOf("multi/container.lock.json")), $"\"{id} [1.0.0, )\"");
    }

    private MadeImage PutBase(bool isRegistry, string content)
    {
        var image = MadeImage.Of(content: content);
        if (isRegistry)
        {
            image.ToRegistry(Testbed.Registry, $"{_team}/base", "1");
            return image;
        }
        image.ToFolder(_sandbox.PathOf("bases"), "base:1");
        return image;
    }

    private string PutLibrary(bool isRegistry, string name, string? says = null)
    {
        var package = LibraryPackage.Of(name) with { Says = says ?? name };
        return (isRegistry ? package.ToRegistry(Testbed.Registry, $"{_team}/{package.Id.ToLowerInvariant()}") : package.ToFolder(_sandbox.Libraries())).ToString();
    }

    private CommandResult Update(string folder, params string[] more) => _sandbox.Dotnet(folder, ["msbuild", "-t:UpdateContainerLock", "-nologo", .. more]);

    private CommandResult Publish(params string[] more) => _sandbox.Dotnet("app", ["publish", "-v", "minimal", $"-p:ContainerRegistry=oci:{_sandbox.Registry}", .. more]);
}
