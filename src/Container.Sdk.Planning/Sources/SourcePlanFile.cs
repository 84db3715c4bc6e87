using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>A source plan as the file <c>sources.json</c>.</summary>
public static class SourcePlanFile
{
    private const int Version = 1;

    /// <summary>Writes a plan.</summary>
    public static string Write(SourcePlan plan) => Json.ToText(new JsonObject
    {
        ["version"] = Version,
        ["name"] = plan.Name,
        ["root"] = plan.Root,
        ["buildImage"] = plan.BuildImage,
        ["crossCompiles"] = plan.CrossCompiles,
        ["configuration"] = plan.Configuration,
        ["framework"] = plan.Framework,
        ["hasStaticAssets"] = plan.HasStaticAssets,
        ["properties"] = new JsonArray([.. plan.Properties.Select(p => (JsonNode)new JsonObject { ["name"] = p.Key, ["value"] = p.Value })]),
        ["shared"] = Json.ArrayOf(plan.Shared),
        ["compilerFiles"] = Json.ArrayOf(plan.CompilerFiles),
        ["feeds"] = new JsonArray([.. plan.Feeds.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["folder"] = f.Folder, ["target"] = f.Target })]),
        ["registries"] = Json.ArrayOf(plan.Registries),
        ["secretConfigs"] = new JsonArray([.. plan.SecretConfigs.Select(c => (JsonNode)new JsonObject { ["id"] = c.Id, ["file"] = c.File })]),
        ["projects"] = new JsonArray([.. plan.Projects.Select(p => (JsonNode)new JsonObject
        {
            ["file"] = p.File,
            ["framework"] = p.Framework,
            ["uses"] = Json.ArrayOf(p.Uses),
            ["restoreFiles"] = Json.ArrayOf(p.RestoreFiles),
            ["linkedFiles"] = Json.ArrayOf(p.LinkedFiles),
            ["outputs"] = Json.ArrayOf(p.Outputs),
        })]),
    });

    /// <summary>Reads a plan.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static SourcePlan Read(ReadOnlySpan<byte> utf8)
    {
        var json = Json.ParseObject(utf8);
        if ((int?)json["version"] != Version) throw new JsonException("it is a plan of another version");
        return new SourcePlan
        {
            Name = Required(json, "name"),
            Root = Required(json, "root"),
            BuildImage = Required(json, "buildImage"),
            CrossCompiles = (bool?)json["crossCompiles"] ?? false,
            Configuration = Required(json, "configuration"),
            Framework = json.GetString("framework"),
            HasStaticAssets = (bool?)json["hasStaticAssets"] ?? false,
            Properties = [.. Objects(json, "properties").Select(p => KeyValuePair.Create(Required(p, "name"), Required(p, "value")))],
            Shared = [.. json.GetStrings("shared")],
            CompilerFiles = [.. json.GetStrings("compilerFiles")],
            Feeds = [.. Objects(json, "feeds").Select(f => new FolderFeed(Required(f, "name"), Required(f, "folder"), Required(f, "target")))],
            Registries = [.. json.GetStrings("registries")],
            SecretConfigs = [.. Objects(json, "secretConfigs").Select(c => new SecretConfig(Required(c, "id"), Required(c, "file")))],
            Projects = [.. Objects(json, "projects").Select(ReadProject)],
        };
    }

    private static SourceProject ReadProject(JsonObject json) => new(Required(json, "file"), [.. json.GetStrings("uses")])
    {
        Framework = json.GetString("framework"),
        RestoreFiles = [.. json.GetStrings("restoreFiles")],
        LinkedFiles = [.. json.GetStrings("linkedFiles")],
        Outputs = [.. json.GetStrings("outputs")],
    };

    private static IEnumerable<JsonObject> Objects(JsonObject json, string name) => (json.GetArray(name) ?? []).Select(n => n!.AsObject());

    private static string Required(JsonObject json, string name) => json.GetString(name) ?? throw new JsonException($"'{name}' is missing");
}
