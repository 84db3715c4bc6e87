using System.Collections.Immutable;
using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>
/// A plan with its files beside it, which can be carried to where the image is made: <c>plan.json</c>, and a folder for each kind of
/// origin. A Dockerfile that was written before anything was compiled copies the folders, so they are always the same.
/// </summary>
public static class StageFolder
{
    private const string PlanName = "plan.json";

    /// <summary>The folders, from the bottom of an image to its top: <c>files</c>, <c>runtime</c>, <c>packages</c>, <c>projects</c>, <c>static</c>, <c>app</c>.</summary>
    public static ImmutableArray<string> Folders { get; } = ["files", "runtime", "packages", "projects", "static", "app"];

    /// <summary>The folder for an origin. The program that starts an app lies with the runtime: both change with the SDK.</summary>
    public static string FolderOf(OriginKind kind) => kind switch
    {
        OriginKind.File => Folders[0],
        OriginKind.Runtime or OriginKind.Host => Folders[1],
        OriginKind.Package or OriginKind.Library => Folders[2],
        OriginKind.Project => Folders[3],
        OriginKind.StaticAsset => Folders[4],
        _ => Folders[5],
    };

    /// <summary>Writes a plan and its files.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="folder">The folder; what another plan left there goes.</param>
    /// <exception cref="ContainerException">See <see cref="LayerStaging"/>.</exception>
    public static void Write(ImagePlan plan, string folder)
    {
        // Without its plan, what is there is nothing: so it goes first, and comes last.
        AtomicFile.TryDelete(Path.Combine(folder, PlanName));
        foreach (var name in Folders)
            LayerStaging.Write(Path.Combine(folder, name), [("", plan.Layers.Where(l => FolderOf(l.Kind) == name).SelectMany(l => l.Files))]);
        PlanDocument.Save(Moved(plan, (layer, file) => $"{FolderOf(layer.Kind)}/{file.Path}"), Path.Combine(folder, PlanName));
    }

    /// <summary>Reads what <see cref="Write"/> wrote, wherever it was carried.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is something else.</exception>
    public static ImagePlan Read(string folder) => Moved(PlanDocument.Load(Path.Combine(folder, PlanName)), (_, file) => Path.GetFullPath(file.Source, folder));

    private static ImagePlan Moved(ImagePlan plan, Func<PlannedLayer, PlannedFile, string> to) =>
        plan with { Content = new PlannedFiles([.. plan.Layers.Select(l => l with { Files = [.. l.Files.Select(f => f with { Source = to(l, f) })] })]) };
}
