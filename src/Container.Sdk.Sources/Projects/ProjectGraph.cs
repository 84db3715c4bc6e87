using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>Goes from the app to all that it refers to.</summary>
internal sealed class SourceCollection(ProjectEvaluation evaluation, RestoreGraph graph)
{
    /// <summary>The facts about the app and all that it refers to, by project file.</summary>
    public IReadOnlyDictionary<string, SourceFacts> Collect(string app, string framework)
    {
        var facts = new Dictionary<string, SourceFacts>(StringComparer.Ordinal);
        var open = new Stack<string>([app]);
        while (open.TryPop(out var file))
        {
            if (facts.ContainsKey(file)) continue;
            facts[file] = evaluation.Read(file, file == app ? framework : graph.FrameworkOf(file, framework));
            foreach (var reference in facts[file].References) open.Push(reference);
        }
        return facts;
    }
}
