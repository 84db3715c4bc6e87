using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>A plan as the file <c>plan.json</c>: the step between planning and the back ends, for people and programs.</summary>
public static class ImagePlanFile
{
    private const int Version = 1;

    /// <summary>Writes a plan.</summary>
    public static string Write(ImagePlan plan) => Json.ToText(new JsonObject
    {
        ["version"] = Version,
        ["name"] = plan.Name,
        ["base"] = plan.Base,
        ["platform"] = new JsonObject { ["os"] = plan.Platform.Os, ["architecture"] = plan.Platform.Architecture, ["variant"] = plan.Platform.Variant, ["os.version"] = plan.Platform.OsVersion },
        ["format"] = plan.Format?.ToString(),
        ["created"] = plan.Created,
        ["requiresSharedLayers"] = plan.RequiresSharedLayers,
        ["isVersion"] = plan.IsVersion,
        ["settings"] = WriteSettings(plan.Settings),
        ["steps"] = new JsonArray([.. plan.Steps.Select(WriteStep)]),
        ["layers"] = new JsonArray([.. plan.Layers.Select(WriteLayer)]),
    });

    /// <summary>Reads a plan.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ImagePlan Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return ReadDocument(utf8);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or NullReferenceException)
        {
            throw new JsonException($"it is no plan: {e.Message}", e);
        }
    }

    private static ImagePlan ReadDocument(ReadOnlySpan<byte> utf8)
    {
        var json = Json.ParseObject(utf8);
        if (json["version"]?.GetValue<int>() != Version) throw new JsonException("it is a plan of another version");
        var platform = json.GetObject("platform")!;
        return new ImagePlan
        {
            Name = Required(json, "name"),
            Base = Required(json, "base"),
            Platform = new Platform(Required(platform, "os"), Required(platform, "architecture"), platform.GetString("variant"), platform.GetString("os.version")),
            Format = json.GetString("format") is { } format ? Enum.Parse<ImageFormat>(format) : null,
            Created = Required(json, "created"),
            Settings = ReadSettings(json.GetObject("settings")!),
            RequiresSharedLayers = json["requiresSharedLayers"]?.GetValue<bool>() ?? false,
            IsVersion = json["isVersion"]?.GetValue<bool>() ?? false,
            Steps = [.. json.GetArray("steps")!.Select(s => ReadStep(s!.AsObject()))],
            Layers = [.. json.GetArray("layers")!.Select(l => ReadLayer(l!.AsObject()))],
        };
    }

    private static JsonNode WriteStep(ImageStep step) => new JsonObject
    {
        ["packages"] = step is PackagesStep packages ? Json.ArrayOf(packages.Packages) : null,
        ["run"] = step is RunStep run ? run.Command : null,
        ["order"] = step.Order,
        ["stage"] = step.Stage.ToString(),
    };

    private static ImageStep ReadStep(JsonObject json)
    {
        var (order, stage) = (json["order"]!.GetValue<int>(), Enum.Parse<StepStage>(Required(json, "stage")));
        return json.GetString("run") is { } command ? new RunStep(command, order, stage) : new PackagesStep([.. json.GetStrings("packages")], order, stage);
    }

    private static JsonNode WriteLayer(PlannedLayer layer) => new JsonObject
    {
        ["name"] = layer.Name,
        ["kind"] = layer.Kind.ToString(),
        ["components"] = Json.ArrayOf(layer.Components),
        ["library"] = layer.Library is { } library ? WriteLibrary(library) : null,
        ["notShared"] = layer.NotShared,
        ["thinImage"] = layer.ThinImage?.Value,
        ["files"] = new JsonArray([.. layer.Files.Select(f => (JsonNode)new JsonObject
        {
            ["path"] = f.Path,
            ["mode"] = Convert.ToString((int)f.Mode, 8),
            ["source"] = f.Source,
            ["link"] = f.LinkTarget,
            ["owner"] = f is { UserId: 0, GroupId: 0 } ? null : new JsonArray(f.UserId, f.GroupId),
        })]),
    };

    private static PlannedLayer ReadLayer(JsonObject json) => new(
        Required(json, "name"), Enum.Parse<OriginKind>(Required(json, "kind")), [.. json.GetStrings("components")],
        [.. json.GetArray("files")!.Select(f => f!.AsObject()).Select(f => new PlannedFile(
            Required(f, "source"), Required(f, "path"), (UnixFileMode)Convert.ToInt32(Required(f, "mode"), 8), f.GetString("link"))
            {
                UserId = f.GetArray("owner")?[0]!.GetValue<int>() ?? 0,
                GroupId = f.GetArray("owner")?[1]!.GetValue<int>() ?? 0,
            })])
    {
        Library = json.GetObject("library") is { } library ? ReadLibrary(library) : null,
        NotShared = json.GetString("notShared"),
        ThinImage = json.GetString("thinImage") is { } name ? RepositoryName.Parse(name) : null,
    };

    private static JsonObject WriteLibrary(LibraryLayer library) => new()
    {
        ["image"] = library.Image.ToString(),
        ["layer"] = library.Layer.ToJson(),
        ["diffId"] = library.DiffId.ToString(),
        ["ifDifferent"] = library.IfDifferent,
    };

    // Its folders are absolute.
    private static LibraryLayer ReadLibrary(JsonObject json) => new(
        ImageReference.Parse(Required(json, "image"), Path.GetTempPath()), Descriptor.Parse(json.GetObject("layer")!), Digest.Parse(json.GetString("diffId")), Required(json, "ifDifferent"));

    private static JsonObject WriteSettings(ContainerSettings s) => new()
    {
        ["entrypoint"] = Json.ArrayOf(s.Entrypoint),
        ["entrypointArgs"] = Json.ArrayOf(s.EntrypointArgs),
        ["appCommand"] = Json.ArrayOf(s.AppCommand),
        ["appCommandArgs"] = Json.ArrayOf(s.AppCommandArgs),
        ["defaultArgs"] = Json.ArrayOf(s.DefaultArgs),
        ["appCommandInstruction"] = s.AppCommandInstruction?.ToString(),
        ["environment"] = WritePairs(s.Environment),
        ["labels"] = WritePairs(s.Labels),
        ["ports"] = Json.ArrayOf(s.Ports),
        ["volumes"] = Json.ArrayOf(s.Volumes),
        ["user"] = s.User,
        ["workingDirectory"] = s.WorkingDirectory,
        ["labelBaseDigest"] = s.LabelBaseDigest,
    };

    private static ContainerSettings ReadSettings(JsonObject json) => new()
    {
        Entrypoint = [.. json.GetStrings("entrypoint")],
        EntrypointArgs = [.. json.GetStrings("entrypointArgs")],
        AppCommand = [.. json.GetStrings("appCommand")],
        AppCommandArgs = [.. json.GetStrings("appCommandArgs")],
        DefaultArgs = [.. json.GetStrings("defaultArgs")],
        AppCommandInstruction = json.GetString("appCommandInstruction") is { } i ? Enum.Parse<AppCommandInstruction>(i) : null,
        Environment = ReadPairs(json.GetArray("environment")),
        Labels = ReadPairs(json.GetArray("labels")),
        Ports = [.. json.GetStrings("ports")],
        Volumes = [.. json.GetStrings("volumes")],
        User = json.GetString("user"),
        WorkingDirectory = Required(json, "workingDirectory"),
        LabelBaseDigest = json["labelBaseDigest"]?.GetValue<bool>() ?? true,
    };

    private static JsonArray WritePairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new([.. pairs.Select(p => (JsonNode)new JsonObject { ["name"] = p.Key, ["value"] = p.Value })]);

    private static ImmutableArray<KeyValuePair<string, string>> ReadPairs(JsonArray? pairs) =>
        [.. (pairs ?? []).Select(p => KeyValuePair.Create(Required(p!.AsObject(), "name"), p.AsObject().GetString("value") ?? ""))];

    private static string Required(JsonObject json, string name) => json.GetString(name) ?? throw new JsonException($"'{name}' is missing");
}
