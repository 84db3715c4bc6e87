using System.Globalization;
using System.Text;

namespace Container.Sdk.Planning;

/// <summary>What <c>ExplainContainer</c> prints of a project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Asked"><c>ContainerStrategy</c>; empty where none is set.</param>
/// <param name="Taken">The strategy that it comes to.</param>
/// <param name="Destination">Where the image would go.</param>
/// <param name="Plan">The plan; <c>null</c> where a container compiles, and its files are not known before.</param>
/// <param name="Choice">What <c>Auto</c> would choose.</param>
public sealed record Explanation(string Project, string Asked, string Taken, string Destination, ImagePlan? Plan, AutoChoice Choice)
{
    /// <summary>The text.</summary>
    /// <param name="length">Bytes of a planned file.</param>
    public string ToText(Func<PlannedFile, long> length)
    {
        var text = new StringBuilder($"{Project} -> would be {Destination}, by {Taken}; nothing is sent");
        if (Asked.Equals("Auto", StringComparison.OrdinalIgnoreCase)) Line(text, $"Auto chose {Choice.Strategy}, because {Choice.Reason}.");
        if (Asked.Length == 0) Line(text, "ContainerStrategy is not set: dotnet publish makes no image, and -t:PublishContainer takes Layered.");
        Line(text, "");
        if (Plan is null) Line(text, "A container compiles, so that the files of the layers are known only there; GenerateDockerfile shows its steps.");
        else Table(text, [["layer", "files", "size", "where it comes from"], ["base", "", "", $"{Plan.Base}"], .. Plan.Layers.Select(l => Row(l, length))]);
        Line(text, "");
        Table(text,
        [
            ["strategy", .. StrategyTable.Qualities.Select((_, i) => $"{i + 1}"), "for this project"],
            .. Choice.Verdicts.Select(v => (string[])[v.Strategy.Name, .. v.Strategy.Marks.Split(' '), $"{(v.Fits ? "fits" : "does not fit")}: {v.Why}"]),
        ]);
        Line(text, string.Join(", ", StrategyTable.Qualities.Select((q, i) => $"{i + 1} {q}")));
        Line(text, $"Recommended: {Choice.Strategy}, because {Choice.Reason}.");
        return text.ToString();
    }

    private static string[] Row(PlannedLayer layer, Func<PlannedFile, long> length) =>
        [layer.Name, layer.Files.Length.ToString(CultureInfo.InvariantCulture), Size(layer.Files.Sum(length)), Source(layer)];

    private static string Source(PlannedLayer layer) => layer switch
    {
        { Library: { } library } => $"{library.Image}, its own layer where the files are the same",
        { NotShared: { } why } => $"packed here, since {why}",
        { ThinImage: { } thin } => $"packed here, and published as {thin}, too",
        { Components.Length: > 1 } => string.Join(", ", layer.Components),
        _ => "packed here",
    };

    private static void Table(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length - 1).Select(c => rows.Max(r => r[c].Length)).ToList();
        foreach (var row in rows) Line(text, string.Join("  ", row.Select((cell, c) => c < widths.Count ? cell.PadRight(widths[c]) : cell)).TrimEnd());
    }

    private static void Line(StringBuilder text, string line) => text.Append(line.Length == 0 ? "\n" : $"\n    {line}");

    private static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
