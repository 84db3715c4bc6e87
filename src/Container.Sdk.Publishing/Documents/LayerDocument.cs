using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>A planned layer in a plan.</summary>
internal static class LayerDocument
{
    public static JsonNode Write(PlannedLayer layer) => new JsonObject
    {
        ["name"] = layer.Name,
        ["kind"] = layer.Kind.ToString(),
        ["components"] = new JsonArray([.. layer.Components.Select(c => (JsonNode)new JsonObject { ["kind"] = c.Kind.ToString(), ["id"] = c.Id, ["version"] = c.Version })]),
        ["library"] = layer.Library is { } library ? WriteLibrary(library) : null,
        ["notShared"] = layer.NotShared,
        ["thinImage"] = layer.ThinImage?.Value,
        ["files"] = new JsonArray([.. layer.Files.Select(WriteFile)]),
    };

    public static PlannedLayer Read(DocumentReader r) => new(
        r.Text("name"), r.Choice<OriginKind>("kind"),
        r.Parts("components", c => new FileOrigin(c.Choice<OriginKind>("kind"), c.Text("id"), c.Text("version"))),
        r.Parts("files", ReadFile))
    {
        Library = r.PartOrNull("library", ReadLibrary),
        NotShared = r.TextOrNull("notShared"),
        ThinImage = r.Parsed("thinImage", RepositoryName.Parse),
    };

    private static JsonNode WriteFile(PlannedFile file)
    {
        var json = new JsonObject { ["path"] = file.Path, ["mode"] = Convert.ToString((int)file.Mode, 8), ["source"] = file.Source };
        if (file.LinkTarget is not null) json["link"] = file.LinkTarget;
        if (file is not { UserId: 0, GroupId: 0 }) (json["user"], json["group"]) = (file.UserId, file.GroupId);
        return json;
    }

    private static PlannedFile ReadFile(DocumentReader r) => new(r.Text("source"), r.Text("path"), Mode(r.Text("mode")), r.TextOrNull("link"))
    {
        UserId = (int)(r.NumberOrNull("user") ?? 0),
        GroupId = (int)(r.NumberOrNull("group") ?? 0),
    };

    private static JsonObject WriteLibrary(LibraryLayer library) => new()
    {
        ["image"] = library.Image.ToString(),
        ["layer"] = library.Layer.ToJson(),
        ["diffId"] = library.DiffId.ToString(),
        ["ifDifferent"] = library.IfDifferent,
    };

    private static LibraryLayer ReadLibrary(DocumentReader r) =>
        new(r.Reference("image"), Descriptor.Parse(r.Raw("layer")), r.Parsed("diffId", Digest.Parse) ?? throw new JsonException("'diffId' is missing"), r.Text("ifDifferent"));

    private static UnixFileMode Mode(string octal)
    {
        try
        {
            return (UnixFileMode)Convert.ToInt32(octal, 8);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new JsonException($"'mode' is '{octal}'", e);
        }
    }
}
