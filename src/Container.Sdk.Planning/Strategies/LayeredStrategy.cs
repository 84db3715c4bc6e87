namespace Container.Sdk.Planning;

/// <summary><c>Layered</c>: base, dependencies, application.</summary>
public sealed class LayeredStrategy : ImageStrategy
{
    /// <inheritdoc/>
    public override string Name => "Layered";

    /// <inheritdoc/>
    public override string Marks => "+ + + + + o";

    /// <inheritdoc/>
    public override bool IsForAuto => true;

    /// <inheritdoc/>
    public override StrategyVerdict Judge(ProjectFacts facts) =>
        Verdict(!facts.IsNative, "compiled here, packed in layers by origin", "native code for the image's system is compiled on whatever system this is");

    private protected override ImagePlan Complete(ProjectDescription project, ImagePlan plan) =>
        With(plan, LayerArrangement.Arrange(project.Files, project.Settings.WorkingDirectory, project.MaxLayers));
}
