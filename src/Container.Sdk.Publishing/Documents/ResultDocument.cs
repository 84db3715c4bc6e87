using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Images;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>The result file, for scripts: what was made, or why nothing was. The members and their meaning are a promise (docs/properties.md).</summary>
public static class ResultDocument
{
    private const int Version = 1;

    /// <summary>Writes what was made.</summary>
    /// <exception cref="ContainerException">The file cannot be written.</exception>
    public static void Save(PublishReport report, string file)
    {
        var (request, assembled, delivery) = report;
        Write(file, new JsonObject
        {
            ["version"] = Version,
            ["success"] = true,
            ["project"] = request.Project.Name,
            ["reference"] = report.Reference,
            ["repository"] = request.Target.Repository.Value,
            ["tags"] = Json.ArrayOf(request.Target.Tags.Select(t => t.Value)),
            ["digest"] = report.Image.Descriptor.Digest.ToString(),
            ["mediaType"] = report.Image.Descriptor.MediaType,
            ["platform"] = assembled.Platform.ToString(),
            ["base"] = assembled.Base.ToString(),
            ["delivered"] = delivery is not null,
            ["archive"] = delivery?.ArchivePath,
            ["bytesSent"] = delivery?.BytesSent ?? 0,
            ["requests"] = delivery?.Requests ?? 0,
            ["layers"] = new JsonArray([.. assembled.Layers.Select((layer, i) => (JsonNode)WriteLayer(layer, report.Image.Layers[i], delivery?.Layers[i]))]),
        }, durable: false);
    }

    /// <summary>Writes why nothing was made. That this cannot be written is not told: the error itself is the one to mend first.</summary>
    public static void SaveFailure(string project, ContainerException e, string file)
    {
        try
        {
            Write(file, new JsonObject
            {
                ["version"] = Version,
                ["success"] = false,
                ["project"] = project,
                ["code"] = e.Diagnostic.Code,
                ["message"] = e.Message,
                ["help"] = e.Diagnostic.HelpLink,
                ["retryMayHelp"] = e.Diagnostic.Transient,
            }, durable: true);
        }
        catch (ContainerException)
        {
            // See above.
        }
    }

    private static void Write(string file, JsonObject json, bool durable) => AtomicFile.Write(file, Encoding.UTF8.GetBytes(Json.ToText(json)), durable);

    private static JsonObject WriteLayer(AssembledLayer layer, ImageLayer image, Transfer? transfer) => new JsonObject
    {
        ["name"] = layer.Name,
        ["components"] = Json.ArrayOf(layer.Components),
        ["digest"] = image.Descriptor.Digest.ToString(),
        ["diffId"] = image.DiffId.ToString(),
        ["size"] = image.Descriptor.Size,
        ["from"] = From(layer.Outcome),
        ["library"] = layer.Library?.ToString(),
        ["ownBecause"] = layer.OwnBecause,
        ["transfer"] = transfer is { } t ? PublishReport.What(t) : null,
    };

    private static string From(LayerOutcome outcome) => outcome switch
    {
        LayerOutcome.Base => "base",
        LayerOutcome.Packed => "packed",
        LayerOutcome.Built => "built",
        LayerOutcome.Cached => "cache",
        LayerOutcome.Library => "library",
        LayerOutcome.Shared => "layer repository",
        _ => "taken over",
    };
}
