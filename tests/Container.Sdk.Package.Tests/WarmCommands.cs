namespace Container.Sdk.Package.Tests;

/// <summary>Most tests run dotnet in a process that has run other commands before: nothing of those is to be seen.</summary>
[TestClass]
public sealed class WarmCommands
{
    private const string Show = """
        <Target Name="Show">
          <Message Importance="high" Text="seen: $(OWN_VARIABLE) $([System.Environment]::GetEnvironmentVariable('OWN_VARIABLE')) $(MSBuildStartupDirectory)." />
          <Exec Command="echo child: $OWN_VARIABLE." />
        </Target>
        """;

    private readonly Sandbox _sandbox = new Sandbox().Write("one/one.proj", $"<Project>{Show}</Project>").Write("two/two.proj", $"<Project>{Show}</Project>");

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public void A_command_has_its_own_variables_and_folder_and_so_have_the_programs_that_it_starts()
    {
        foreach (var (folder, value) in (Dictionary<string, string?>)new() { ["one"] = "first", ["two"] = "second" })
        {
            _sandbox.Environment["OWN_VARIABLE"] = value;
            var output = Run(folder).Succeeded().Output;
            StringAssert.Contains(output, $"seen: {value} {value} {_sandbox.PathOf(folder)}.");
            StringAssert.Contains(output, $"child: {value}.");
        }
    }

    [TestMethod]
    public void A_variable_of_one_command_is_none_of_the_next()
    {
        _sandbox.Environment["OWN_VARIABLE"] = "first";
        Run("one").Succeeded();
        _sandbox.Environment.Remove("OWN_VARIABLE");
        StringAssert.Contains(Run("one").Succeeded().Output, $"seen:   {_sandbox.PathOf("one")}.");
    }

    [TestMethod]
    public void A_project_that_was_changed_is_read_again()
    {
        Run("one").Succeeded();
        _sandbox.Write("one/one.proj", """<Project><Target Name="Show"><Message Importance="high" Text="another one" /></Target></Project>""");
        StringAssert.Contains(Run("one").Succeeded().Output, "another one");
    }

    [TestMethod]
    public void A_command_that_fails_fails_and_the_next_one_does_not()
    {
        Assert.AreEqual(1, _sandbox.Write("two/two.proj", "<Project>").Dotnet("two", "msbuild", "-t:Show").ExitCode);
        Run("one").Succeeded();
    }

    [TestMethod]
    public void What_one_command_writes_is_not_in_the_output_of_another()
    {
        Assert.DoesNotContain("one.", Run("two").Succeeded().Output);
        Assert.DoesNotContain("two.", Run("one").Succeeded().Output);
    }

    [TestMethod]
    public void A_cold_command_says_the_same()
    {
        using var cold = new Sandbox(cold: true).Write("one/one.proj", $"<Project>{Show}</Project>");
        Assert.AreEqual(cold.Dotnet("one", "msbuild", "-v:minimal", "-t:Show").Output.Replace(cold.Folder, "", StringComparison.Ordinal), Run("one").Output.Replace(_sandbox.Folder, "", StringComparison.Ordinal));
    }

    private CommandResult Run(string folder) => _sandbox.Dotnet(folder, "msbuild", "-v:minimal", "-t:Show");
}
