using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary><c>ExplainContainer</c>: says what would be made, layer by layer, and what speaks for each strategy.</summary>
public static class ProjectExplainer
{
    /// <summary>The text.</summary>
    /// <param name="request">The project. Where this machine compiles, its plan is read from <see cref="OutputFolder.Plan"/>.</param>
    /// <param name="asked"><c>ContainerStrategy</c> as the project says it.</param>
    public static string Explain(ContainerRequest request, string asked)
    {
        var plan = !request.Strategy.CompilesInContainer && File.Exists(request.Output.Plan) ? PlanDocument.Load(request.Output.Plan) : null;
        var explanation = new Explanation(request.Project.Name, asked, request.Strategy.Name, request.Target.Display, plan, ProjectFactsReader.Choose(request.Project, request.Libraries));
        // A link counts nothing.
        return explanation.ToText(f => f.LinkTarget is null ? new FileInfo(f.Source).Length : 0);
    }
}
