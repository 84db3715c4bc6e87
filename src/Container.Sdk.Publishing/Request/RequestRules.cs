using System.Collections.Immutable;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>What of a request contradicts something else of it.</summary>
internal static class RequestRules
{
    /// <summary>The contradictions.</summary>
    /// <param name="request">The request.</param>
    /// <param name="properties">The properties as the project has them.</param>
    public static IEnumerable<ContainerException> Check(ContainerRequest request, IProjectItem properties)
    {
        var (tag, tags) = (properties["ContainerImageTag"], properties["ContainerImageTags"]);
        if (tag.Length > 0 && tags.Length > 0)
            yield return Diagnostics.Contradiction.Error("ContainerImageTag", "ContainerImageTags", "set one of them; ContainerImageTags takes several, separated by ';'");
        // A list of variables that are all empty asks for tags, and for none: 'latest' is not what was meant.
        if (tags.Length > 0 && PropertyReader.List(tags).IsEmpty) yield return Diagnostics.InvalidTag.Error(tags);
        if (request.Kind != ImageKind.Application && request.Compilation.Configuration.Equals("Debug", StringComparison.OrdinalIgnoreCase))
            yield return Diagnostics.LibraryInDebug.Error(request.Project.Name);
        if (CommandRules.Check(request.Settings) is { } conflict) yield return conflict;
        foreach (var step in request.Steps)
            if (CheckStep(step, request) is { } mistake) yield return mistake;
    }

    // Only a builder can run programs of the image, and only a build in a container has a stage to build in.
    private static ContainerException? CheckStep(ImageStep step, ContainerRequest request)
    {
        var (item, name) = step is RunStep run ? ("ContainerRun", run.Command) : ("ContainerSystemPackage", string.Join(' ', ((PackagesStep)step).Packages));
        var hasBuildStage = request.Strategy.DefaultBackEnd == BackEndKind.Dockerfile;
        return step.Stage switch
        {
            StepStage.Build when !hasBuildStage => Diagnostics.NoBuildStage.Error(item, name, request.Strategy),
            StepStage.Final when request.BackEnd != BackEndKind.Dockerfile => Diagnostics.StepNeedsDockerfile.Error(item, name),
            _ => null,
        };
    }
}

/// <summary>Everything that is wrong with what a project asks for.</summary>
/// <param name="mistakes">The mistakes, at least one.</param>
public sealed class RequestException(ImmutableArray<ContainerException> mistakes) : Exception(string.Join('\n', mistakes.Select(m => m.Message)))
{
    /// <summary>The mistakes, in the order in which they were found.</summary>
    public ImmutableArray<ContainerException> Mistakes { get; } = mistakes;
}
