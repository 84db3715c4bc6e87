using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>
/// <c>BaseImage</c>: the library is the base. One image has the runtime, the packages and the library; an app starts from it
/// and adds what it lacks.
/// </summary>
public sealed class BaseImageStrategy : ImageStrategy
{
    /// <summary>Added to the repository of a library: beside its thin image, under the same version.</summary>
    public const string Suffix = "-base";

    /// <inheritdoc/>
    public override string Name => "BaseImage";

    /// <inheritdoc/>
    public override string Marks => "+ + - - - +";

    /// <inheritdoc/>
    public override bool StartsFromLibrary => true;

    /// <inheritdoc/>
    public override StrategyVerdict Judge(ProjectFacts facts) => facts.TopmostLibraries.Count switch
    {
        _ when facts.IsNative => new(this, false, "native code has no library apart from it"),
        0 => new(this, false, "it refers to no library"),
        1 => new(this, true, $"{facts.TopmostLibraries[0]} could be its base, once that is published"),
        _ => new(this, false, $"{ProjectFacts.Several(facts.TopmostLibraries)} are several, and an image has one base (ContainerBundleLibraries=true makes one of all)"),
    };

    /// <summary>The files of an app that its base brings in another form: the app's own lie over them.</summary>
    public static ImmutableArray<string> Replaced(ProjectDescription project) =>
        [.. Own(project).Where(f => f.Brought is not null).Select(f => f.Planned.Path).Order(StringComparer.Ordinal)];

    private protected override ImagePlan Complete(ProjectDescription project, ImagePlan plan) =>
        project.Kind == ImageKind.Base ? CompleteBase(project, plan) : With(plan, Arrange([.. Own(project).Select(f => f.File)], project));

    // The layers that an app would have, without what is the app's alone.
    private static ImagePlan CompleteBase(ProjectDescription project, ImagePlan plan)
    {
        var layers = Arrange([.. project.Files.Select(f => InBase(f, project.BaseOf?.Project)).OfType<PublishedFile>()], project);
        var labels = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        labels.Add(new(BaseFit.FrameworkLabel, project.FrameworkVersion));
        if (project.BaseOf is { } library)
        {
            labels.Add(new("container-sdk.base.id", library.PackageId));
            labels.Add(new("container-sdk.base.version", library.PackageVersion));
        }
        if (BaseRecord.Of(layers, project.DigestOf).ToLabel() is { } record) labels.Add(new(BaseRecord.Label, record));
        return With(plan, layers) with { Settings = plan.Settings with { Labels = plan.Settings.Labels.AddRange(labels) } };
    }

    private static ImmutableArray<PlannedLayer> Arrange(IReadOnlyList<PublishedFile> files, ProjectDescription project) =>
        LayerArrangement.Arrange(files, project.Settings.WorkingDirectory, project.MaxLayers);

    // What the base has already, to the byte and the mode, is left out.
    private static IEnumerable<(PublishedFile File, PlannedFile Planned, string? Brought)> Own(ProjectDescription project)
    {
        foreach (var file in project.Files)
        {
            var planned = LayerArrangement.Place(file, project.Settings.WorkingDirectory.Trim('/'));
            var brought = project.Brought.Files.GetValueOrDefault(planned.Path);
            if (brought is null || brought != BaseRecord.Mark(planned, project.DigestOf)) yield return (file, planned, brought);
        }
    }

    // A library's own files are the layer that an app has of it as a project; what only an app can use stays out: static assets
    // lie elsewhere there, and a program starts with its own list of dependencies.
    private static PublishedFile? InBase(PublishedFile file, string? library) => file.Origin.Kind switch
    {
        <= OriginKind.Project => file,
        OriginKind.App or OriginKind.Content when library is not null && !IsOfProgram(file.RelativePath) => file with { Origin = new FileOrigin(OriginKind.Project, library) },
        _ => null,
    };

    private static bool IsOfProgram(string path) =>
        path.EndsWith(".deps.json", StringComparison.Ordinal) || path.EndsWith(".runtimeconfig.json", StringComparison.Ordinal);
}
