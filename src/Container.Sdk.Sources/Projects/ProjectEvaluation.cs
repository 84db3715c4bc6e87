using Container.Sdk.Planning;
using Microsoft.Build.Definition;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Execution;

namespace Container.Sdk.Sources;

/// <summary>
/// Asks MSBuild what projects consist of, also those that do not import Container.Sdk. They are evaluated and not built: an evaluation knows
/// every import of a project, and needs no compiler on this machine.
/// </summary>
/// <param name="properties">Properties that were given to the build, with MSBuild's escapes.</param>
/// <param name="toolFolders">Folders of SDKs and packages, whose files are no sources; absolute.</param>
internal sealed class ProjectEvaluation(IReadOnlyDictionary<string, string> properties, IReadOnlyCollection<string> toolFolders) : IDisposable
{
    private static readonly string[] FileProperties = ["AssemblyOriginatorKeyFile", "ApplicationIcon", "ApplicationManifest", "Win32Resource", "CodeAnalysisRuleSet"];

    // Projects are followed by themselves; the others are lists of files that a compiler may find above the project.
    private static readonly string[] NoInputs = ["ProjectReference", "SourceRoot", "EditorConfigFiles", "PotentialEditorConfigFiles", "GlobalAnalyzerConfigFiles"];

    private readonly ProjectCollection _projects = new();

    /// <summary>The facts about a project.</summary>
    /// <param name="file">The project file.</param>
    /// <param name="framework">Which of several frameworks to take, as the project names it or as NuGet does (<c>.NETCoreApp,Version=v10.0</c>); empty where that is not known.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourceNotRead"/></exception>
    public SourceFacts Read(string file, string framework)
    {
        try
        {
            var project = Evaluate(file, "");
            var several = project.GetPropertyValue("TargetFrameworks").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (several.Length == 0) return Describe(project, null);
            var all = several.Select(f => (Name: f, Project: Evaluate(file, f))).ToList();
            var (name, one) = all.FirstOrDefault(f => f.Name == framework || f.Project.GetPropertyValue("TargetFrameworkMoniker") == framework);
            return one is null ? Describe(all[0].Project, null) : Describe(one, name);
        }
        catch (InvalidProjectFileException e)
        {
            throw Diagnostics.SourceNotRead.Error(e, file, e.BaseMessage);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _projects.Dispose();

    private ProjectInstance Evaluate(string file, string framework)
    {
        var global = properties.Where(p => !p.Key.Equals("TargetFramework", StringComparison.OrdinalIgnoreCase)).ToDictionary();
        if (framework.Length > 0) global["TargetFramework"] = framework;
        return ProjectInstance.FromFile(file, new ProjectOptions { ProjectCollection = _projects, GlobalProperties = global });
    }

    private SourceFacts Describe(ProjectInstance project, string? framework)
    {
        var folder = project.Directory;
        var generated = Full(project.GetPropertyValue("MSBuildProjectExtensionsPath"));
        return new SourceFacts(project.FullPath, [.. project.GetItems("ProjectReference").Select(r => Full(r.EvaluatedInclude)).Distinct()])
        {
            Framework = framework,
            Imports = [.. project.ImportPaths.Select(Full).Where(i => IsSource(i) && !SourcePlanner.IsIn(generated, i)).Distinct()],
            Inputs = [.. Named().Select(Full).Where(f => !SourcePlanner.IsIn(folder, f) && IsSource(f) && !SourcePlanner.IsIn(generated, f) && File.Exists(f)).Distinct()],
            Outputs = [.. ((string[])["BaseIntermediateOutputPath", "BaseOutputPath"]).Select(p => project.GetPropertyValue(p)).Where(p => p.Length > 0).Select(p => Path.TrimEndingDirectorySeparator(Full(p)))],
        };

        IEnumerable<string> Named() => project.Items.Where(i => !NoInputs.Contains(i.ItemType)).Select(i => i.ItemType == "Reference" ? i.GetMetadataValue("HintPath") : i.EvaluatedInclude)
            .Concat(FileProperties.Select(project.GetPropertyValue)).Where(f => f.Length > 0 && !f.Any(char.IsControl));

        string Full(string path) => Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), folder);
    }

    private bool IsSource(string path) => !toolFolders.Any(f => SourcePlanner.IsIn(f, path));
}

/// <summary>An app and all projects that it refers to, directly or through others.</summary>
internal static class ProjectGraph
{
    /// <summary>What MSBuild says of each project, by project file.</summary>
    /// <param name="app">The app's project file; absolute.</param>
    /// <param name="framework">The framework that the app is published for, as the project names it.</param>
    /// <param name="evaluation">Asked about each project.</param>
    /// <param name="restored">Knows which framework of each project restore chose.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourceNotRead"/></exception>
    public static IReadOnlyDictionary<string, SourceFacts> Read(string app, string framework, ProjectEvaluation evaluation, RestoreOutput restored)
    {
        var facts = new Dictionary<string, SourceFacts>(StringComparer.Ordinal);
        var open = new Stack<string>([app]);
        while (open.TryPop(out var file))
        {
            if (facts.ContainsKey(file)) continue;
            facts[file] = evaluation.Read(file, file == app ? framework : restored.FrameworkOf(file, framework));
            foreach (var reference in facts[file].References) open.Push(reference);
        }
        return facts;
    }
}
