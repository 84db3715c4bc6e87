namespace Container.Sdk.Planning;

/// <summary>
/// <c>CopyFromImage</c>: layered, and libraries are copied from their own thin images, so that they have one layer, the same
/// blob everywhere. What is a library project of the app's own gets such an image on the way.
/// </summary>
public sealed class CopyFromImageStrategy : ImageStrategy
{
    private const string Unknown = "restore did not take it from its library image";

    /// <inheritdoc/>
    public override string Name => "CopyFromImage";

    /// <inheritdoc/>
    public override string Marks => "+ + + + + +";

    /// <inheritdoc/>
    public override bool SharesLibraries => true;

    /// <inheritdoc/>
    public override bool IsForAuto => true;

    /// <inheritdoc/>
    public override StrategyVerdict Judge(ProjectFacts facts) => Verdict(
        !facts.IsNative && facts.LibraryImages.Count + facts.Projects.Count + facts.ProjectsElsewhere.Count > 0,
        facts.LibraryImages.Count > 0 ? $"shares the layers of {ProjectFacts.Several(facts.LibraryImages)}" : "publishes each referenced project as a thin image, too",
        facts.IsNative ? "native code has no library in a layer of its own" : "it refers to no library that is an image or a project");

    private protected override ImagePlan Complete(ProjectDescription project, ImagePlan plan) =>
        With(plan, [.. LayerArrangement.Arrange(project.Files, project.Settings.WorkingDirectory, project.MaxLayers).Select(l => Share(l, project))]);

    private static PlannedLayer Share(PlannedLayer layer, ProjectDescription project) => layer.Components switch
    {
        [{ Kind: OriginKind.Library } origin] => project.Libraries.TryGetValue(origin, out var library) ? layer with { Library = library } : layer with { NotShared = Unknown },
        [{ Kind: OriginKind.Project } origin] => layer with { ThinImage = project.ThinImages.GetValueOrDefault(origin.Id) },
        _ => layer,
    };
}
