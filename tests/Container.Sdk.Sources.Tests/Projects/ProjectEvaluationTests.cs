using Container.Sdk.Planning;

namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class ProjectEvaluationTests : IDisposable
{
    private readonly RestoredApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public void References_imports_inputs_and_outputs_are_absolute()
    {
        foreach (var path in (string[])["repo/build/common.props", "repo/build/deep.props", "tools/sdk.props", "repo/src/App/obj/App.csproj.nuget.g.props"]) _app.Write(path, "<Project />");
        _app.Write("repo/build/common.props", """<Project><Import Project="deep.props" /></Project>""");
        foreach (var path in (string[])["repo/shared/Ids.cs", "repo/keys/own.snk", "repo/libs/Old.dll", "repo/src/App/Program.cs", "tools/Tool.cs"]) _app.Write(path, "");
        var facts = Read("""
            <Import Project="../../build/common.props" />
            <Import Project="../../../tools/sdk.props" />
            <Import Project="obj/App.csproj.nuget.g.props" />
            <PropertyGroup>
              <MSBuildProjectExtensionsPath>obj/</MSBuildProjectExtensionsPath>
              <BaseOutputPath>../../artifacts/bin/</BaseOutputPath>
              <AssemblyOriginatorKeyFile>..\..\keys\own.snk</AssemblyOriginatorKeyFile>
            </PropertyGroup>
            <ItemGroup>
              <ProjectReference Include="..\Lib\Lib.csproj" />
              <ProjectReference Include="../Lib/Lib.csproj" />
              <Compile Include="Program.cs;../../shared/Ids.cs;../../../tools/Tool.cs;../missing.cs" />
              <Reference Include="Old" HintPath="../../libs/Old.dll" />
              <EditorConfigFiles Include="../../build/common.props" />
            </ItemGroup>
            """);
        Expect.Sequence(facts.References, _app["repo/src/Lib/Lib.csproj"]);
        Expect.Sequence(facts.Imports.Order(StringComparer.Ordinal), _app["repo/build/common.props"], _app["repo/build/deep.props"]);
        Expect.Sequence(facts.Inputs.Order(StringComparer.Ordinal), _app["repo/keys/own.snk"], _app["repo/libs/Old.dll"], _app["repo/shared/Ids.cs"]);
        Expect.Sequence(facts.Outputs, _app["repo/artifacts/bin"]);
    }

    [TestMethod]
    [DataRow("net10.0", "net10.0", "new", DisplayName = "as the project names it")]
    [DataRow(".NETCoreApp,Version=v8.0", "net8.0", "old", DisplayName = "as NuGet names it")]
    [DataRow("", null, "old", DisplayName = "any, where it is not known")]
    public void Of_several_frameworks_one_is_taken(string asked, string? framework, string reference)
    {
        var facts = Read("""
            <PropertyGroup>
              <TargetFrameworks>net8.0; net10.0</TargetFrameworks>
              <TargetFrameworkMoniker Condition="'$(TargetFramework)' != ''">.NETCoreApp,Version=v$(TargetFramework.Substring(3))</TargetFrameworkMoniker>
            </PropertyGroup>
            <ItemGroup>
              <ProjectReference Include="../old/old.csproj" Condition="'$(TargetFramework)' == 'net8.0'" />
              <ProjectReference Include="../new/new.csproj" Condition="'$(TargetFramework)' == 'net10.0'" />
            </ItemGroup>
            """, asked);
        Assert.AreEqual(framework, facts.Framework);
        Expect.Sequence(facts.References, _app[$"repo/src/{reference}/{reference}.csproj"]);
    }

    [TestMethod]
    public void Properties_of_the_command_line_win_and_their_escapes_are_MSBuild_s()
    {
        var facts = Read("""<PropertyGroup><With>no</With></PropertyGroup><ItemGroup><ProjectReference Include="../$(With)/x.csproj" /></ItemGroup>""", properties: new() { ["With"] = "a%2bb" });
        Expect.Sequence(facts.References, _app["repo/src/a+b/x.csproj"]);
    }

    [TestMethod]
    [DataRow("""<Import Project="missing.props" />""")]
    [DataRow("<ItemGroup>")]
    public void A_project_that_cannot_be_evaluated_is_refused_in_MSBuild_s_words(string content) =>
        StringAssert.Contains(Expect.Failure(Diagnostics.SourceNotRead, () => Read(content)).Message, _app.Project);

    private SourceFacts Read(string content, string framework = "", Dictionary<string, string>? properties = null)
    {
        _app.Write("repo/src/App/App.csproj", $"<Project>{content}</Project>");
        using var evaluation = new ProjectEvaluation(properties ?? [], [_app["tools"]]);
        return evaluation.Read(_app.Project, framework);
    }
}
