namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class CompilerOutputTests
{
    private readonly RecordingReporter _reporter = new();

    [TestMethod]
    public void Errors_and_warnings_have_the_paths_of_this_machine_and_are_kept_once()
    {
        var output = Take(
            "/source/src/App/Program.cs(1,2): error CS1002: ; expected [/source/src/App/App.csproj]", "/source/src/App/Program.cs(3,4): warning CS0168: never used [/source/src/App/App.csproj]",
            "Build FAILED.", "  /source/src/App/Program.cs(1,2): error CS1002: ; expected [/source/src/App/App.csproj]", "  /source/src/App/Program.cs(3,4): warning CS0168: never used [/source/src/App/App.csproj]");
        Expect.Sequence(output.Errors, "/repo/src/App/Program.cs(1,2): error CS1002: ; expected [/repo/src/App/App.csproj]");
        Expect.Sequence(output.Warnings, "/repo/src/App/Program.cs(3,4): warning CS0168: never used [/repo/src/App/App.csproj]");
        Assert.HasCount(5, _reporter.Details);
    }

    [TestMethod]
    [DataRow("MSBUILD : error MSB1009: Project file does not exist.")]
    [DataRow("error NU1101: Unable to find package Own.")]
    [DataRow("/source/App.csproj : error NETSDK1045: too old")]
    [DataRow("CSC : error : it broke")]
    public void An_error_is_known_whoever_says_it(string line) => Expect.Sequence(Take("before", line, "after").Errors, line.Replace("/source", "/repo", StringComparison.Ordinal));

    [TestMethod]
    public void What_merely_has_the_word_in_it_is_none() => Assert.IsEmpty(Take("  error handling is compiled", "0 Warning(s)", "no warning : here").Warnings);

    [TestMethod]
    public void Where_there_is_no_error_the_last_lines_say_what_happened() => Expect.Sequence(Take("1", "", "2", "3", "4", " 5 ", "6", "").Errors, "2", "3", "4", "5", "6");

    [TestMethod]
    public void Of_very_many_errors_the_first_are_enough() => Assert.HasCount(20, Take([.. Enumerable.Range(0, 99).Select(i => $"error CS{i}: no")]).Errors);

    private CompilerOutput Take(params string[] lines)
    {
        var output = new CompilerOutput("/repo/", _reporter);
        foreach (var line in lines) output.Take(line);
        return output;
    }
}
