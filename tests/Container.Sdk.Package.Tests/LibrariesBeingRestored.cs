namespace Container.Sdk.Package.Tests;

/// <summary>One solution of projects that say their versions in all the ways that NuGet has, in a world whose feeds are mapped for nothing of ours.</summary>
[TestClass]
public sealed class LibrariesBeingRestored
{
    private static Sandbox? _sandbox;

    private static Sandbox World => _sandbox!;

    private static readonly string[] Projects = ["Central", "Override", "Pinned", "Global", "Several", "Plain", "App", "Domain"];

    [ClassInitialize]
    public static void Restore(TestContext context)
    {
        _sandbox = Make();
        _sandbox.Dotnet("", "restore", "All.slnx").SucceededQuietly();
        // Whatever is newer from now on comes too late.
        _sandbox.Has("Acme.A 1.9.9").Has("Acme.C 1.0.9").Has("Acme.Multi 1.9.0");
    }

    [ClassCleanup]
    public static void Clean() => _sandbox?.Dispose();

    [TestMethod]
    [DataRow("Central", "Acme.A 1.4.0")]
    [DataRow("Override", "Acme.A 1.2.0")]
    [DataRow("Pinned", "Acme.B 1.0.0", "Acme.C 1.5.0")]
    [DataRow("Global", "Acme.A 1.2.0")]
    [DataRow("Several", "Acme.Multi 1.0.0")]
    [DataRow("Plain")]
    [DataRow("Domain", "Acme.A 1.4.0")]
    [DataRow("App", "Acme.A 1.4.0")]
    public void Versions_are_those_that_NuGet_gives_under_its_own_rules(string project, params string[] expected) => Expect.Sequence(World.Restored(project), expected);

    [TestMethod]
    public void A_static_graph_restore_gives_the_same()
    {
        using var sandbox = Make();
        sandbox.Dotnet("", "restore", "All.slnx", "-p:RestoreUseStaticGraphEvaluation=true").SucceededQuietly();
        foreach (var project in Projects) Expect.Sequence(sandbox.Restored(project), [.. World.Restored(project)]);
    }

    [TestMethod]
    public void A_solution_builds_and_its_programs_use_the_libraries()
    {
        using var sandbox = Make();
        sandbox.Dotnet("", "build", "All.slnx", "-c", "Release", "-v", "quiet").SucceededQuietly();
        Assert.AreEqual("Acme.A 1.4.0", sandbox.RunBuilt("Central"));
        Assert.AreEqual("Acme.C 1.5.0", sandbox.RunBuilt("Pinned"));
        Assert.AreEqual("Acme.A 1.4.0", sandbox.RunBuilt("App"));
        Assert.AreEqual("Acme.Multi 1.0.0", sandbox.RunBuilt("Several"));
    }

    private static Sandbox Make()
    {
        var sandbox = new Sandbox().WithSource().Has("Acme.A 1.2.0").Has("Acme.A 1.4.0").Has("Acme.C 1.0.0").Has("Acme.C 1.5.0").Has("Acme.B 1.0.0", "Acme.C [1.0.0, )");
        (LibraryPackage.Of("Acme.Multi 1.0.0") with { Frameworks = ["netstandard2.0", "net10.0"] }).ToFolder(sandbox.Libraries());
        sandbox.Write("NuGet.config", File.ReadAllText(sandbox.PathOf("NuGet.config")).Replace(
            "pattern=\"*\"", "pattern=\"Microsoft.*\" /><package pattern=\"NETStandard.*\" /><package pattern=\"System.*\" /><package pattern=\"runtime.*\"", StringComparison.Ordinal));
        Central(sandbox.Uses("Central", ["Acme.A"]), "Central", "<PackageVersion Include=\"Acme.A\" Version=\"1.*\" />", "<CentralPackageFloatingVersionsEnabled>true</CentralPackageFloatingVersionsEnabled>");
        Central(sandbox.Uses("Override", [], "<ItemGroup><PackageReference Include=\"Acme.A\" VersionOverride=\"[1.1,1.3)\" /></ItemGroup>"), "Override", "<PackageVersion Include=\"Acme.A\" Version=\"1.4.0\" />");
        Central(sandbox.Uses("Pinned", ["Acme.B"]), "Pinned", "<PackageVersion Include=\"Acme.B\" Version=\"1.0.0\" /><PackageVersion Include=\"Acme.C\" Version=\"1.5.0\" />", "<CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>");
        sandbox.Write("Pinned/Program.cs", "Console.WriteLine(Acme.C.Thing.Says());");
        Central(sandbox.Uses("Global", []), "Global", "<GlobalPackageReference Include=\"Acme.A\" Version=\"1.1.0\" />");
        sandbox.Uses("Several", ["Acme.Multi 1.*"], "<PropertyGroup><TargetFramework /><TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks><LangVersion>latest</LangVersion><OutputType Condition=\"'$(TargetFramework)' == 'netstandard2.0'\">Library</OutputType><EnableDefaultCompileItems Condition=\"'$(TargetFramework)' == 'netstandard2.0'\">false</EnableDefaultCompileItems></PropertyGroup>");
        return sandbox
            .Uses("Plain", [], "<ItemGroup><ContainerLibrarySource Remove=\"@(ContainerLibrarySource)\" /></ItemGroup>")
            .Library("Domain", $"<ItemGroup>{LibraryWorld.Reference("Acme.A [1.3,2.0)")}</ItemGroup>")
            .Write("Domain/DomainClass.cs", "namespace Domain; public static class Thing { public static string Name => Acme.A.Thing.Says(); }")
            .Uses("App", [], """<ItemGroup><ProjectReference Include="../Domain/Domain.csproj" /></ItemGroup>""")
            .Write("App/Program.cs", "Console.WriteLine(Domain.Thing.Name);")
            .Solve("All.slnx", Projects);
    }

    private static void Central(Sandbox sandbox, string project, string items, string properties = "") => sandbox.Write($"{project}/Directory.Packages.props", $"""
        <Project>
          <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>{properties}</PropertyGroup>
          <ItemGroup>{items}</ItemGroup>
        </Project>
        """);
}
