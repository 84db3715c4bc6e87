using System.Collections.Immutable;
using Container.Sdk.Planning;
using Microsoft.Build.Definition;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Execution;

namespace Container.Sdk.Tasks;

/// <summary>
/// Asks MSBuild what projects consist of, also those that have no targets of ours. Nothing is built: only that tells all
/// imports of a project, and does not need the compiler that this machine may not have.
/// </summary>
/// <param name="properties">Properties that were given to the build.</param>
/// <param name="toolFolders">Folders of SDKs and packages, whose files are no sources.</param>
internal sealed class ProjectEvaluation(IReadOnlyDictionary<string, string> properties, IReadOnlyCollection<string> toolFolders) : IDisposable
{
    private static readonly string[] FileProperties = ["AssemblyOriginatorKeyFile", "ApplicationIcon", "ApplicationManifest", "Win32Resource", "CodeAnalysisRuleSet"];

    // What other folders have is told by other means, or says nothing about sources.
    private static readonly string[] NoInputs = ["ProjectReference", "SourceRoot", "EditorConfigFiles", "PotentialEditorConfigFiles", "GlobalAnalyzerConfigFiles"];

    private readonly ProjectCollection _projects = new();

    /// <summary>The facts about a project.</summary>
    /// <param name="file">The project file.</param>
    /// <param name="framework">The framework to take, as a name of NuGet (<c>.NETCoreApp,Version=v10.0</c>) or of MSBuild; empty: not known.</param>
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
        var global = properties.Where(p => p.Key is not "TargetFramework").ToDictionary();
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
