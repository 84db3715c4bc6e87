using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

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
