namespace Container.Sdk.Package.Tests;

/// <summary>Where the items and the cache are said in other places than usual.</summary>
[TestClass]
public sealed class LibrarySourcesElsewhere
{
    [TestMethod]
    [DataRow("")]
    [DataRow("-p:RestoreUseStaticGraphEvaluation=true")]
    public void A_source_of_an_imported_file_with_two_stars_counts_in_restore_and_in_builds(string option)
    {
        using var sandbox = new Sandbox().Has("Acme.A 1.0.0").Has("Acme.A 1.1.0")
            .Write("common/libraries.props", """<Project><ItemGroup><ContainerLibrarySource Include="Acme.**" Registry="oci:$(Place)" Repository="libs/{id}" /></ItemGroup></Project>""")
            .Uses("app", ["Acme.A 1.*"], """<PropertyGroup><Place>../libraries</Place></PropertyGroup><Import Project="../common/libraries.props" />""");
        string[] options = option.Length == 0 ? [] : [option];
        sandbox.Dotnet("app", ["build", "-c", "Release", .. options]).SucceededQuietly();
        Assert.AreEqual("Acme.A 1.1.0", sandbox.RunBuilt("app"));
        StringAssert.Contains(sandbox.Dotnet("app", ["restore", .. options]).SucceededQuietly().Output, "up-to-date");
    }

    [TestMethod]
    public void A_source_of_the_outer_of_two_shared_files_counts()
    {
        using var sandbox = new Sandbox().WithSource().Has("Acme.A 1.0.0").Uses("app", ["Acme.A 1.*"])
            .Write("app/Directory.Build.props", """<Project><Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" /></Project>""");
        sandbox.Dotnet("app", "restore").SucceededQuietly();
        Expect.Sequence(sandbox.Restored("app"), "Acme.A 1.0.0");
    }

    [TestMethod]
    public void A_cache_folder_of_the_project_has_the_packages()
    {
        using var sandbox = new Sandbox().WithSource().Has("Acme.A 1.0.0").Uses("app", ["Acme.A 1.0.0"], "<PropertyGroup><ContainerCacheDirectory>../own cache</ContainerCacheDirectory></PropertyGroup>");
        sandbox.Dotnet("app", "build", "-c", "Release").SucceededQuietly();
        Assert.AreEqual("Acme.A 1.0.0", sandbox.RunBuilt("app"));
        Assert.IsTrue(File.Exists(sandbox.PathOf("own cache/packages/acme.a/1.0.0/acme.a.nuspec")));
        Assert.IsFalse(Directory.Exists(sandbox.Cache));
    }

    [TestMethod]
    public void Two_sources_of_different_breadth_each_have_their_own()
    {
        using var sandbox = new Sandbox().Has("Acme.A 1.0.0").Uses("app", ["Acme.A 1.0.0", "Acme.Special.B 1.0.0"], LibraryWorld.Source() + LibraryWorld.Source("oci:../special", "Acme.Special.*", "{id}"));
        LibraryPackage.Of("Acme.Special.B 1.0.0").ToFolder(sandbox.PathOf("special"), "acme.special.b");
        sandbox.Dotnet("app", "restore").SucceededQuietly();
        Expect.Sequence(sandbox.Restored("app"), "Acme.A 1.0.0", "Acme.Special.B 1.0.0");
    }

    [TestMethod]
    public void A_registry_that_is_down_is_named_where_a_floating_version_needs_it()
    {
        var nobody = $"127.0.0.1:{RecordingProxy.FreePort()}";
        using var sandbox = new Sandbox().WithSource(nobody).Uses("app", ["Acme.A 1.*"]);
        StringAssert.Contains(sandbox.Dotnet("app", "restore").RefusedWith("CSDK3001").Output, nobody);
        Assert.IsFalse(File.Exists(sandbox.PathOf("app/obj/project.assets.json")));
    }
}
