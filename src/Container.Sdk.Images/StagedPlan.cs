using System.Collections.Immutable;
using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>
/// A plan with its files beside it, which can be carried to where the image is made: <c>plan.json</c>, and a folder for each kind of
/// origin. A Dockerfile that was written before anything was compiled copies the folders, so they are always the same.
/// </summary>
public static class StagedPlan
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
        var staged = plan with { Layers = [.. plan.Layers.Select(l => l with { Files = [.. l.Files.Select(f => f with { Source = $"{FolderOf(l.Kind)}/{f.Path}" })] })] };
        AtomicFile.Write(Path.Combine(folder, PlanName), Encoding.UTF8.GetBytes(ImagePlanFile.Write(staged)), durable: false);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, wherever it was carried.</summary>
    public static ImagePlan Read(string folder)
    {
        var plan = ImagePlanFile.Read(File.ReadAllBytes(Path.Combine(folder, PlanName)));
        return plan with { Layers = [.. plan.Layers.Select(l => l with { Files = [.. l.Files.Select(f => f with { Source = Path.GetFullPath(f.Source, folder) })] })] };
    }
}
