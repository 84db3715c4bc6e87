using System.Diagnostics;

namespace Container.Sdk.Libraries.Tests.Packages;

/// <summary>What the real <c>dotnet pack</c>, <c>restore</c> and <c>publish</c> make of a package, and what we do.</summary>
[TestClass]
public sealed class RealNuGetTests
{
    private static readonly PackageId Id = PackageId.Parse("Acme.Lib");
    private static readonly NuGet.Versioning.NuGetVersion Version = NuGet.Versioning.NuGetVersion.Parse("1.2.3");
    private static WorkFolder s_world = null!;
    private static NuGetPackage s_package = null!;

    private static PackageFolder Ours => new(s_world["ours"]);

    [ClassInitialize]
    public static void PackAndExpand(TestContext _)
    {
        s_world = new WorkFolder();
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"]) s_world.Write(file, "<Project />");
        s_world.Write("NuGet.config", "<configuration><packageSources><clear /></packageSources><fallbackPackageFolders><clear /></fallbackPackageFolders></configuration>");
        s_world.Write("lib/C.cs", "namespace Acme; public static class Lib { public static int One => 1; }");
        s_world.Write("lib/R.de.resx", """
            <root>
              <resheader name="resmimetype"><value>text/microsoft-resx</value></resheader><resheader name="version"><value>2.0</value></resheader>
              <resheader name="reader"><value>System.Resources.ResXResourceReader</value></resheader><resheader name="writer"><value>System.Resources.ResXResourceWriter</value></resheader>
              <data name="a"><value>b</value></data>
            </root>
            """);
        foreach (var file in (string[])["a.so", "b.so", "n.txt", "a.dll", "old.dll", "x.resources.dll", "tool.exe", "d.json", "c1.txt", "c2.txt", "c3.txt", "c4.txt", "c 5.txt"]) s_world.Write($"lib/f/{file}", file);
        s_world.Write("lib/Acme.Lib.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework><Version>1.2.3</Version><EnableDefaultItems>false</EnableDefaultItems>
                <GenerateDocumentationFile>true</GenerateDocumentationFile><NoWarn>$(NoWarn);CS1591;NU5100;NU5118;NU5127;NU5128;NU5131</NoWarn>
                <AllowedOutputExtensionsInPackageBuildOutputFolder>$(AllowedOutputExtensionsInPackageBuildOutputFolder);.pdb</AllowedOutputExtensionsInPackageBuildOutputFolder>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="C.cs" /><EmbeddedResource Include="R.de.resx" />
                <None Include="f/tool.exe;f/d.json" Pack="true" PackagePath="lib/net10.0" />
                <None Include="f/a.dll" Pack="true" PackagePath="lib/net10.0/notaculture;lib/net9.0;lib/netstandard2.0" />
                <None Include="f/x.resources.dll" Pack="true" PackagePath="lib/net10.0/zh-Hans;lib/net9.0/fr;runtimes/osx/lib/net8.0/de" />
                <None Include="f/a.so" Pack="true" PackagePath="runtimes/linux-x64/native;runtimes/win-x64/native;runtimes/any/native" />
                <None Include="f/n.txt" Pack="true" PackagePath="runtimes/linux-x64/native/deep/er" />
                <None Include="f/a.dll" Pack="true" PackagePath="runtimes/unix/lib/net8.0;runtimes/win/lib/netstandard2.0" />
                <None Include="f/old.dll" Pack="true" PackagePath="runtimes/unix/lib/net6.0;tools;build" />
                <None Include="f/d.json" Pack="true" PackagePath="runtimes/unix/lib/net8.0" />
                <Content Include="f/c1.txt" Pack="true" PackagePath="contentFiles/any/net10.0/in" PackageCopyToOutput="true" />
                <Content Include="f/c2.txt" Pack="true" PackagePath="contentFiles/any/net10.0/sub" PackageCopyToOutput="true" PackageFlatten="true" />
                <Content Include="f/c3.txt" Pack="true" PackagePath="contentFiles/any/any" PackageCopyToOutput="true" />
                <Content Include="f/c4.txt" Pack="true" PackagePath="contentFiles/any/net10.0" />
                <Content Include="f/c 5.txt" Pack="true" PackagePath="contentFiles/any/net10.0" PackageCopyToOutput="true" />
              </ItemGroup>
            </Project>
            """);
        Dotnet("lib", "pack", "-o", s_world["feed"]);
        var nupkg = s_world["feed/Acme.Lib.1.2.3.nupkg"];
        s_package = NuGetPackage.Read(nupkg, "the package");
        Ours.Expand(nupkg, s_package);
    }

    [ClassCleanup]
    public static void Clean() => s_world.Dispose();

    [TestMethod]
    public void An_app_is_restored_from_the_expanded_package_and_publishes_the_contents_that_were_foretold()
    {
        WriteApp("app", $"<RestoreAdditionalProjectFallbackFolders>{Ours.Root}</RestoreAdditionalProjectFallbackFolders>");
        Dotnet("app", "publish", "-o", s_world["out"]);
        var assets = File.ReadAllText(s_world["app/obj/project.assets.json"]);
        StringAssert.Contains(assets, Ours.HashOf(Id, Version)!, StringComparison.Ordinal);
        Assert.IsFalse(Directory.Exists(s_world["packages/acme.lib"]), "NuGet made a copy of its own.");

        var published = WorkFolder.FilesIn(s_world["out"]).Where(f => !f.StartsWith("app.", StringComparison.Ordinal)).ToArray();
        var contents = LibraryContents.Of(s_package);
        Assert.AreEqual("net10.0", contents.Framework);
        CollectionAssert.AreEqual(published, contents.Files.Select(f => f.AppPath).ToArray());
        foreach (var (packagePath, appPath) in contents.Files)
            CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(Ours.PathOf(Id, Version), packagePath)), File.ReadAllBytes(Path.Combine(s_world["out"], appPath)), appPath);
    }

    [TestMethod]
    public void NuGet_expands_the_package_in_the_same_way()
    {
        WriteApp("same", $"<RestoreSources>{s_world["feed"]}</RestoreSources>");
        Dotnet("same", "restore");
        var theirs = s_world["packages-same/acme.lib/1.2.3"];
        CollectionAssert.AreEqual(WorkFolder.FilesIn(theirs), WorkFolder.FilesIn(Ours.PathOf(Id, Version)));
        foreach (var file in WorkFolder.FilesIn(theirs).Where(f => f != ".nupkg.metadata"))
            CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(theirs, file)), File.ReadAllBytes(Path.Combine(Ours.PathOf(Id, Version), file)), file);
        Assert.AreEqual(new PackageFolder(s_world["packages-same"]).HashOf(Id, Version), Ours.HashOf(Id, Version));
    }

    private static void WriteApp(string name, string restore)
    {
        s_world.Write($"{name}/p.cs", "System.Console.WriteLine(Acme.Lib.One);");
        s_world.Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost>{restore}</PropertyGroup>
              <ItemGroup><PackageReference Include="Acme.Lib" Version="1.2.3" /></ItemGroup>
            </Project>
            """);
    }

    private static void Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false"]) { WorkingDirectory = s_world[folder], RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(k => k is "CI" || k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["NUGET_PACKAGES"] = s_world[folder == "same" ? "packages-same" : "packages"];
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output + errors.Result);
    }
}
