using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>What a container compiles, in a plan.</summary>
internal static class SourcesDocument
{
    public static JsonObject Write(SourcePlan plan) => new()
    {
        ["name"] = plan.Name,
        ["root"] = plan.Root,
        ["buildImage"] = plan.BuildImage,
        ["crossCompiles"] = plan.CrossCompiles,
        ["configuration"] = plan.Configuration,
        ["framework"] = plan.Framework,
        ["hasStaticAssets"] = plan.HasStaticAssets,
        ["properties"] = DocumentReader.Pairs(plan.Properties),
        ["shared"] = Json.ArrayOf(plan.Shared),
        ["compilerFiles"] = Json.ArrayOf(plan.CompilerFiles),
        ["feeds"] = new JsonArray([.. plan.Feeds.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["folder"] = f.Folder, ["target"] = f.Target })]),
        ["registries"] = Json.ArrayOf(plan.Registries),
        ["secretConfigs"] = new JsonArray([.. plan.SecretConfigs.Select(c => (JsonNode)new JsonObject { ["id"] = c.Id, ["file"] = c.File })]),
        ["projects"] = new JsonArray([.. plan.Projects.Select(WriteProject)]),
    };

    public static SourcePlan Read(DocumentReader r) => new()
    {
        Name = r.Text("name"),
        Root = r.Text("root"),
        BuildImage = r.Text("buildImage"),
        CrossCompiles = r.Flag("crossCompiles"),
        Configuration = r.Text("configuration"),
        Framework = r.TextOrNull("framework"),
        HasStaticAssets = r.Flag("hasStaticAssets"),
        Properties = r.Pairs("properties"),
        Shared = r.Texts("shared"),
        CompilerFiles = r.Texts("compilerFiles"),
        Feeds = r.Parts("feeds", f => new FolderFeed(f.Text("name"), f.Text("folder"), f.Text("target"))),
        Registries = r.Texts("registries"),
        SecretConfigs = r.Parts("secretConfigs", c => new SecretConfig(c.Text("id"), c.Text("file"))),
        Projects = r.Parts("projects", ReadProject),
    };

    private static JsonNode WriteProject(SourceProject project) => new JsonObject
    {
        ["file"] = project.File,
        ["framework"] = project.Framework,
        ["uses"] = Json.ArrayOf(project.Uses),
        ["restoreFiles"] = Json.ArrayOf(project.RestoreFiles),
        ["linkedFiles"] = Json.ArrayOf(project.LinkedFiles),
        ["outputs"] = Json.ArrayOf(project.Outputs),
    };

    private static SourceProject ReadProject(DocumentReader r) => new(r.Text("file"), r.Texts("uses"))
    {
        Framework = r.TextOrNull("framework"),
        RestoreFiles = r.Texts("restoreFiles"),
        LinkedFiles = r.Texts("linkedFiles"),
        Outputs = r.Texts("outputs"),
    };
}
