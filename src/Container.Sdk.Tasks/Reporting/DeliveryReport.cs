using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>What was made and delivered, for people and for programs.</summary>
internal sealed class DeliveryReport(ImagePlan plan, ImageReference baseReference, ImageTarget target, AssembledImage assembled, Delivery? delivery)
{
    private Image Image => assembled.Image;

    private string Reference => $"{delivery?.ArchivePath ?? target.Display}@{Image.Descriptor.Digest}";

    /// <summary>
    /// The success line and the table. One message, because the terminal logger shows what follows
    /// <c>project -> </c> and hides other messages.
    /// </summary>
    public string ToText(string project)
    {
        var rows = Rows().ToList();
        var width = rows.Max(r => r.Name.Length);
        var text = new StringBuilder($"{project} -> {Reference}");
        foreach (var (name, size, what) in rows)
            text.Append(CultureInfo.InvariantCulture, $"\n    {name.PadRight(width)}  {Size(size),9}  {what}");
        if (target.Tags.Length > 1) text.Append("\n    also tagged ").AppendJoin(", ", target.Tags.Skip(1));
        return text.ToString();
    }

    /// <summary>Writes <c>result.json</c>.</summary>
    public void WriteResult(string path, string project)
    {
        var json = new JsonObject
        {
            ["version"] = 1,
            ["success"] = true,
            ["project"] = project,
            ["reference"] = Reference,
            ["repository"] = target.Repository.Value,
            ["tags"] = Json.ArrayOf(target.Tags.Select(t => t.Value)),
            ["digest"] = Image.Descriptor.Digest.ToString(),
            ["mediaType"] = Image.Descriptor.MediaType,
            ["platform"] = plan.Platform.ToString(),
            ["base"] = baseReference.ToString(),
            ["delivered"] = delivery is not null,
            ["archive"] = delivery?.ArchivePath,
            ["bytesSent"] = delivery?.BytesSent ?? 0,
            ["requests"] = delivery?.Requests ?? 0,
            ["layers"] = new JsonArray([.. assembled.Layers.Select((summary, i) => (JsonNode)new JsonObject
            {
                ["name"] = summary.Name,
                ["components"] = Json.ArrayOf(summary.Components),
                ["digest"] = Image.Layers[i].Descriptor.Digest.ToString(),
                ["diffId"] = Image.Layers[i].DiffId.ToString(),
                ["size"] = Image.Layers[i].Descriptor.Size,
                ["from"] = From(summary.Outcome),
                ["library"] = summary.Library?.ToString(),
                ["ownBecause"] = summary.OwnBecause,
                ["transfer"] = delivery is null ? null : What(delivery.Layers[i]),
            })]),
        };
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Json.ToText(json)), durable: false);
    }

    private IEnumerable<(string Name, long Size, string What)> Rows()
    {
        var bases = assembled.Layers.Count(l => l.Outcome == LayerOutcome.Base);
        if (bases > 0)
            yield return ($"base {ShortName(baseReference.ToString())}", Image.Layers.Take(bases).Sum(l => l.Descriptor.Size), Summary(bases));
        for (var i = bases; i < assembled.Layers.Length; i++)
        {
            var made = assembled.Layers[i].Outcome switch { LayerOutcome.Packed => "packed", LayerOutcome.Built => "built", LayerOutcome.Library => "shared", _ => "unchanged" };
            var what = delivery is null ? made : $"{made}, {What(delivery.Layers[i])}";
            yield return (assembled.Layers[i].Name, Image.Layers[i].Descriptor.Size, assembled.Layers[i].OwnBecause is { } why ? $"{what}; its own layer: {why}" : what);
        }
    }

    // Without the part before the last slash: the terminal logger takes all up to there for a folder, and makes it a link.
    private static string ShortName(string reference) => reference[(reference.LastIndexOf('/') + 1)..].Split('@')[0];

    private string Summary(int bases)
    {
        if (delivery is null) return "not sent";
        Transfer[] all = [Transfer.Reused, Transfer.Mounted, Transfer.Sent];
        return string.Join(", ", all.Select(t => (Count: delivery.Layers.Take(bases).Count(l => l == t), What: What(t))).Where(g => g.Count > 0).Select(g => $"{g.Count} {g.What}"));
    }

    private static string What(Transfer transfer) => transfer switch { Transfer.Sent => "sent", Transfer.Mounted => "mounted", _ => "reused" };

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

    // Powers of ten, as docker shows sizes.
    private static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
