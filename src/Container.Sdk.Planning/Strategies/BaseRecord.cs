using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>
/// What a base brings: each file of ours in it, with a mark that two files share only where content and mode are equal. It
/// travels as a label of the base, so that no layer has to be read to know it.
/// </summary>
/// <param name="Files">Path in the image to mark.</param>
public sealed record BaseRecord(ImmutableSortedDictionary<string, string> Files)
{
    /// <summary>The label that has it.</summary>
    public const string Label = "container-sdk.base.files";

    // Quoted, it has to fit into a line of a Dockerfile, of which BuildKit reads 64 KiB.
    private const int LargestLabel = 48 << 10;

    /// <summary>A base that brings nothing of ours.</summary>
    public static BaseRecord Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The record of planned layers; a file of a higher layer lies over one of a lower.</summary>
    /// <param name="layers">The layers, from the bottom.</param>
    /// <param name="digest">The digest of a file's content.</param>
    public static BaseRecord Of(IEnumerable<PlannedLayer> layers, Func<PlannedFile, Digest> digest)
    {
        var files = Empty.Files.ToBuilder();
        foreach (var file in layers.SelectMany(l => l.Files)) files[file.Path] = Mark(file, digest);
        return new BaseRecord(files.ToImmutable());
    }

    /// <summary>The mark of a file: its mode and the hash of its content, or where a link leads.</summary>
    public static string Mark(PlannedFile file, Func<PlannedFile, Digest> digest) =>
        file.LinkTarget is { } target ? $"link {target}" : $"{Convert.ToString((int)file.Mode, 8)} {digest(file).Hex}";

    /// <summary>The label's value; <c>null</c> where it would be too long for one: then an app takes nothing over.</summary>
    public string? ToLabel()
    {
        var json = new JsonObject();
        foreach (var (path, mark) in Files) json[path] = mark;
        var text = json.ToJsonString();
        return text.Length > LargestLabel ? null : text;
    }

    /// <summary>Reads the label of an image; empty where it has none.</summary>
    /// <param name="labels">The image's labels.</param>
    /// <param name="image">What the image is called, for messages.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotAnImage"/></exception>
    public static BaseRecord Read(IReadOnlyDictionary<string, string> labels, string image)
    {
        // A Dockerfile cannot take a label of its base away, only empty it.
        if (!labels.TryGetValue(Label, out var text) || text.Length == 0) return Empty;
        try
        {
            var json = Json.ParseObject(Encoding.UTF8.GetBytes(text));
            return new BaseRecord(json.ToImmutableSortedDictionary(p => p.Key, p => json.GetString(p.Key) ?? "", StringComparer.Ordinal));
        }
        catch (JsonException e)
        {
            throw Diagnostics.NotAnImage.Error(e, image, $"its label {Label} cannot be read, {e.Message}");
        }
    }
}

/// <summary>Whether an app can run on a base, by what the base says of its runtime.</summary>
public static class BaseFit
{
    /// <summary>The label with the framework that a base was made for: <c>10.0</c>.</summary>
    public const string FrameworkLabel = "container-sdk.base.framework";

    /// <summary>Why the app cannot run there; <c>null</c> where it can, or nothing is known.</summary>
    /// <param name="image">The base's configuration.</param>
    /// <param name="framework">The app's framework: <c>10.0</c>.</param>
    /// <param name="needsAspNet">Whether the app needs the ASP.NET Core runtime.</param>
    public static string? Fault(ImageConfiguration image, string framework, bool needsAspNet)
    {
        var runtime = Variable("DOTNET_VERSION");
        var has = image.Labels.GetValueOrDefault(FrameworkLabel) is { Length: > 0 } said ? said : runtime;
        if (has is not null && Parse(has) is { } there && Parse(framework) is { } needed && (there.Major, there.Minor).CompareTo((needed.Major, needed.Minor)) < 0)
            return $"it has .NET {there.Major}.{there.Minor}, and the app needs {needed.Major}.{needed.Minor}";
        // Microsoft's images name both runtimes; where neither is named, nothing is known.
        return needsAspNet && runtime is not null && Variable("ASPNET_VERSION") is null
            ? "it has the .NET runtime without ASP.NET Core, which the app needs; the library takes it with <FrameworkReference Include=\"Microsoft.AspNetCore.App\" />"
            : null;

        string? Variable(string name) => image.Environment.LastOrDefault(e => e.Key == name).Value;
    }

    // 10.0.0-rc.1 is a version, too.
    private static Version? Parse(string text) => Version.TryParse(text.Split('-')[0], out var version) ? version : null;
}
