using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

/// <summary>What was restored once needs nobody: no registry, no folder, and where it can be, no cache.</summary>
[TestClass]
public sealed class LibrariesOffline : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly string _team = $"team-{Guid.NewGuid():N}";
    private RecordingProxy? _proxy;

    public void Dispose()
    {
        _proxy?.Dispose();
        _sandbox.Dispose();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_second_restore_and_builds_after_it_ask_nobody(bool isRegistry)
    {
        Prepare(isRegistry).Uses("app", ["Acme.A 1.*"]);
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
        Assert.AreEqual(isRegistry, TakeRequests().Count > 0);

        StringAssert.Contains(_sandbox.Dotnet("app", "restore").SucceededQuietly().Output, "up-to-date");
        Assert.HasCount(0, TakeRequests());
        TakeAway(isRegistry);
        _sandbox.Dotnet("app", "build", "-c", "Release", "--no-restore").SucceededQuietly();
        Assert.AreEqual("Acme.A 1.2.0", _sandbox.RunBuilt("app"));
        _sandbox.Dotnet("app", "build", "-c", "Release").SucceededQuietly();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_fresh_clone_is_restored_from_the_cache_where_it_asks_for_the_versions_that_are_there(bool isRegistry)
    {
        Prepare(isRegistry).Uses("app", ["Acme.A 1.2.0"]);
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
        Directory.Delete(_sandbox.PathOf("app/obj"), recursive: true);
        TakeAway(isRegistry);
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
        Expect.Sequence(_sandbox.Restored("app"), "Acme.A 1.2.0", "Acme.C 1.0.0");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("container-sdk/packages")]
    [DataRow("container-sdk/packages/acme.c")]
    [DataRow("container-sdk/libraries")]
    public void A_cache_that_was_deleted_is_filled_by_the_next_restore(string part)
    {
        Prepare(isRegistry: false).Uses("app", ["Acme.A 1.2.0"]);
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
        var before = Names();
        Directory.Delete(Path.Combine(_sandbox.Cache, part), recursive: true);
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
        Assert.AreEqual(before, Names());

        string Names() => string.Join('\n', _sandbox.Snapshot("cache").Split('\n').Where(f => !f.Contains(".lock ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_build_without_restore_says_which_package_was_deleted()
    {
        Prepare(isRegistry: false).Uses("app", ["Acme.A 1.2.0"]);
        _sandbox.Dotnet("app", "restore").SucceededQuietly();
        Directory.Delete(_sandbox.Cache, recursive: true);
        StringAssert.Contains(_sandbox.Dotnet("app", "build", "--no-restore").RefusedWith("NETSDK1064").Output, "Acme.");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void An_editor_sees_what_restore_wrote_and_asks_and_writes_nothing(bool isRegistry)
    {
        Prepare(isRegistry).Uses("app", ["Acme.A 1.*"]);
        Assert.AreEqual("1.*", VersionInEditor());
        Assert.IsFalse(Directory.Exists(_sandbox.PathOf("app/obj")));
        Assert.IsFalse(Directory.Exists(_sandbox.Cache));
        Assert.HasCount(0, TakeRequests());

        _sandbox.Dotnet("app", "restore").SucceededQuietly();
        TakeRequests();
        var before = _sandbox.Snapshot("app") + _sandbox.Snapshot("cache");
        var assets = JsonNode.Parse(File.ReadAllText(_sandbox.PathOf("app/obj/project.assets.json")))!;
        Assert.AreEqual((string)assets["project"]!["frameworks"]!["net10.0"]!["dependencies"]!["Acme.A"]!["version"]!, VersionInEditor());
        Assert.AreEqual(before, _sandbox.Snapshot("app") + _sandbox.Snapshot("cache"));
        Assert.HasCount(0, TakeRequests());

        string VersionInEditor()
        {
            var output = _sandbox.Dotnet("app", "msbuild", "-t:CollectPackageReferences", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true", "-getItem:PackageReference").SucceededQuietly().Output;
            return JsonNode.Parse(output)!["Items"]!["PackageReference"]!.AsArray().Where(r => (string)r!["Identity"]! == "Acme.A").Select(r => (string)r!["Version"]!).Single();
        }
    }

    private Sandbox Prepare(bool isRegistry)
    {
        LibraryPackage[] packages = [LibraryPackage.Of("Acme.A 1.2.0", "Acme.C [1.0.0, )"), LibraryPackage.Of("Acme.C 1.0.0")];
        if (!isRegistry)
        {
            foreach (var package in packages) package.ToFolder(_sandbox.Libraries());
            return _sandbox.WithSource();
        }
        _proxy = new RecordingProxy();
        foreach (var package in packages) package.ToRegistry(Testbed.Registry, $"{_team}/{package.Id.ToLowerInvariant()}");
        return _sandbox.WithSource(_proxy.Address, $"{_team}/{{id}}");
    }

    private IReadOnlyList<(string Method, string Path, int Status)> TakeRequests() => _proxy?.TakeRequests() ?? [];

    private void TakeAway(bool isRegistry)
    {
        if (isRegistry) _proxy!.Dispose();
        else Directory.Move(_sandbox.Libraries(), _sandbox.PathOf("moved"));
    }
}
