using System.Globalization;
using System.Text;
using Container.Sdk.Images;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>What was made and delivered.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Assembled">The image.</param>
/// <param name="Delivery">What delivering it did; <c>null</c> where it went nowhere.</param>
public sealed record PublishReport(ContainerRequest Request, AssembledImage Assembled, Delivery? Delivery)
{
    /// <summary>The image.</summary>
    public Image Image => Assembled.Image;

    /// <summary>The image as a reference to deploy: by its digest.</summary>
    public string Reference => $"{Delivery?.ArchivePath ?? Request.Target.Display}@{Image.Descriptor.Digest}";

    /// <summary>All names that it has: one for each tag.</summary>
    public IEnumerable<string> Names => Request.Target.Tags.Select(t => $"{Request.Target.Name}:{t}");

    /// <summary>
    /// The success line and the table. One message, because the terminal logger shows what follows
    /// <c>project -> </c> and hides other messages.
    /// </summary>
    public string ToText()
    {
        var rows = Rows().ToList();
        var width = rows.Max(r => r.Name.Length);
        var text = new StringBuilder($"{Request.Project.Name} -> {Reference}");
        foreach (var (name, size, what) in rows)
            text.Append(CultureInfo.InvariantCulture, $"\n    {name.PadRight(width)}  {SizeText.Of(size),9}  {what}");
        if (Request.Target.Tags.Length > 1) text.Append("\n    also tagged ").AppendJoin(", ", Request.Target.Tags.Skip(1));
        return text.ToString();
    }

    /// <summary>What happened to a layer's bytes, in a word.</summary>
    internal static string What(Transfer transfer) => transfer switch { Transfer.Sent => "sent", Transfer.Mounted => "mounted", _ => "reused" };

    private IEnumerable<(string Name, long Size, string What)> Rows()
    {
        var layers = Assembled.Layers;
        var bases = layers.Count(l => l.Outcome == LayerOutcome.Base);
        if (bases > 0)
            yield return ($"base {ShortName(Assembled.Base.ToString())}", Image.Layers.Take(bases).Sum(l => l.Descriptor.Size), Summary(bases));
        for (var i = bases; i < layers.Length; i++)
        {
            var made = layers[i].Outcome switch { LayerOutcome.Packed => "packed", LayerOutcome.Built => "built", LayerOutcome.Library => "shared", _ => "unchanged" };
            var what = Delivery is null ? made : $"{made}, {What(Delivery.Layers[i])}";
            yield return (layers[i].Name, Image.Layers[i].Descriptor.Size, layers[i].OwnBecause is { } why ? $"{what}; its own layer: {why}" : what);
        }
    }

    // Without the part before the last slash: the terminal logger takes all up to there for a folder, and makes it a link.
    private static string ShortName(string reference) => reference[(reference.LastIndexOf('/') + 1)..].Split('@')[0];

    private string Summary(int bases)
    {
        if (Delivery is null) return "not sent";
        Transfer[] all = [Transfer.Reused, Transfer.Mounted, Transfer.Sent];
        return string.Join(", ", all.Select(t => (Count: Delivery.Layers.Take(bases).Count(l => l == t), What: What(t))).Where(g => g.Count > 0).Select(g => $"{g.Count} {g.What}"));
    }
}

/// <summary>Sizes as people read them, in powers of ten as docker shows them.</summary>
internal static class SizeText
{
    /// <summary>The text.</summary>
    /// <param name="bytes">Bytes.</param>
    public static string Of(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
