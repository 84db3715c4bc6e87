using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>A plan as the file <c>plan.json</c>: the step between planning and building, for people and programs.</summary>
public static class PlanDocument
{
    private const int Version = 2;

    /// <summary>Writes a plan to a file.</summary>
    /// <exception cref="ContainerException">The file cannot be written.</exception>
    public static void Save(ImagePlan plan, string file) => AtomicFile.Write(file, Encoding.UTF8.GetBytes(Write(plan)), durable: false);

    /// <summary>Reads the plan in a file.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public static ImagePlan Load(string file) => Read(File.ReadAllBytes(file));

    /// <summary>The text of a plan.</summary>
    public static string Write(ImagePlan plan) => Json.ToText(new JsonObject
    {
        ["version"] = Version,
        ["name"] = plan.Name,
        ["base"] = plan.Base.ToString(),
        ["platform"] = PlatformDocument.Write(plan.Platform),
        ["format"] = plan.Format?.ToString(),
        ["created"] = plan.Created,
        ["requiresSharedLayers"] = plan.RequiresSharedLayers,
        ["library"] = plan.Version is { } version ? new JsonObject { ["id"] = version.Id, ["package"] = version.PackageFile } : null,
        ["settings"] = SettingsDocument.Write(plan.Settings),
        ["steps"] = new JsonArray([.. plan.Steps.Select(WriteStep)]),
        ["sources"] = plan.Content is PlannedCompilation compilation ? SourcesDocument.Write(compilation.Sources) : null,
        ["layers"] = new JsonArray([.. plan.Layers.Select(LayerDocument.Write)]),
    });

    /// <summary>Reads a plan.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public static ImagePlan Read(ReadOnlySpan<byte> utf8) => DocumentReader.Read(utf8, Version, r => new ImagePlan
    {
        Name = r.Text("name"),
        Base = r.Reference("base"),
        Platform = r.Part("platform", PlatformDocument.Read),
        Format = r.ChoiceOrNull<ImageFormat>("format"),
        Created = r.Text("created"),
        RequiresSharedLayers = r.Flag("requiresSharedLayers"),
        Version = r.PartOrNull("library", l => new PlannedVersion(l.Text("id"), l.Text("package"))),
        Settings = r.Part("settings", SettingsDocument.Read),
        Steps = r.Parts("steps", ReadStep),
        Content = ReadContent(r.PartOrNull("sources", SourcesDocument.Read), r.Parts("layers", LayerDocument.Read)),
    });

    private static PlanContent ReadContent(SourcePlan? sources, ImmutableArray<PlannedLayer> layers) =>
        sources is null ? new PlannedFiles(layers) : new PlannedCompilation(sources, layers);

    private static JsonNode WriteStep(ImageStep step) => new JsonObject
    {
        ["packages"] = step is PackagesStep packages ? Json.ArrayOf(packages.Packages) : null,
        ["run"] = (step as RunStep)?.Command,
        ["order"] = step.Order,
        ["stage"] = step.Stage.ToString(),
    };

    private static ImageStep ReadStep(DocumentReader r)
    {
        var (command, packages, order, stage) = (r.TextOrNull("run"), r.Texts("packages"), (int)r.Number("order"), r.Choice<StepStage>("stage"));
        return command is null ? new PackagesStep(packages, order, stage) : new RunStep(command, order, stage);
    }
}

/// <summary>Values that several documents have.</summary>
internal static class PlatformDocument
{
    public static JsonObject Write(Platform platform) => new()
    {
        ["os"] = platform.Os,
        ["architecture"] = platform.Architecture,
        ["variant"] = platform.Variant,
        ["os.version"] = platform.OsVersion,
    };

    public static Platform Read(DocumentReader r) => new(r.Text("os"), r.Text("architecture"), r.TextOrNull("variant"), r.TextOrNull("os.version"));

    /// <summary>An image; its folders are absolute.</summary>
    public static ImageReference Reference(this DocumentReader r, string name) => r.ReferenceOrNull(name) ?? throw new System.Text.Json.JsonException($"'{name}' is missing");

    /// <summary>An image, or <c>null</c>.</summary>
    public static ImageReference? ReferenceOrNull(this DocumentReader r, string name) => r.Parsed(name, text => ImageReference.Parse(text, Path.GetTempPath()));
}
