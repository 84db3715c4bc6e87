namespace Container.Sdk.Testing;

/// <summary>Writes solutions.</summary>
public static class Solution
{
    /// <summary>A solution of projects that lie in folders of their own names, in the format that its own name says.</summary>
    public static Sandbox Solve(this Sandbox sandbox, string name, params string[] projects) =>
        sandbox.Write(name, name.EndsWith(".slnx", StringComparison.Ordinal) ? Xml(projects) : Text(projects));

    private static string Xml(string[] projects) =>
        $"<Solution>\n{string.Concat(projects.Select(p => $"  <Project Path=\"{p}/{p}.csproj\" />\n"))}</Solution>\n";

    private static string Text(string[] projects)
    {
        var ids = projects.ToDictionary(p => p, _ => Guid.NewGuid().ToString("B").ToUpperInvariant());
        return $"""
            Microsoft Visual Studio Solution File, Format Version 12.00
            {string.Join('\n', projects.Select(p => $"Project(\"{{9A19103F-16F7-4668-BE54-9A1E7A4F7556}}\") = \"{p}\", \"{p}\\{p}.csproj\", \"{ids[p]}\"\nEndProject"))}
            Global
            GlobalSection(SolutionConfigurationPlatforms) = preSolution
            Debug|Any CPU = Debug|Any CPU
            Release|Any CPU = Release|Any CPU
            EndGlobalSection
            GlobalSection(ProjectConfigurationPlatforms) = postSolution
            {string.Join('\n', projects.SelectMany(p => (string[])["Debug", "Release"], (p, c) => $"{ids[p]}.{c}|Any CPU.ActiveCfg = {c}|Any CPU\n{ids[p]}.{c}|Any CPU.Build.0 = {c}|Any CPU"))}
            EndGlobalSection
            EndGlobal

            """;
    }
}
