using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>What a builder has to be told besides the Dockerfile: the file <c>build.json</c>, the step between writing and building.</summary>
public sealed record DockerfileBuild
{
    /// <summary>Absolute path of the Dockerfile.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>Absolute path of the folder that it copies from.</summary>
    public required string Context { get; init; }

    /// <summary>Images that its stages start from, by the name there, in the notation of <see cref="ImageReference"/>: where a tag is what the name says, by digest.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Images { get; init; } = [];

    /// <summary>The registries that it reads from.</summary>
    public ImmutableArray<string> Registries { get; init; } = [];

    /// <summary>Further folders that it copies from or mounts, by name.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Folders { get; init; } = [];

    /// <summary>Labels that are not in the Dockerfile, because they change when it does not.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>As the text of <c>build.json</c>.</summary>
    public string ToText() => Json.ToText(new JsonObject
    {
        ["version"] = 1,
        ["dockerfile"] = Dockerfile,
        ["context"] = Context,
        ["images"] = Write(Images),
        ["registries"] = Json.ArrayOf(Registries),
        ["folders"] = Write(Folders),
        ["labels"] = Write(Labels),
    });

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    public static DockerfileBuild Read(ReadOnlySpan<byte> utf8)
    {
        var json = Json.ParseObject(utf8);
        return new DockerfileBuild
        {
            Dockerfile = json.GetString("dockerfile")!,
            Context = json.GetString("context")!,
            Images = Read(json, "images"),
            Registries = [.. json.GetStrings("registries")],
            Folders = Read(json, "folders"),
            Labels = Read(json, "labels"),
        };
    }

    private static JsonObject Write(ImmutableArray<KeyValuePair<string, string>> pairs) => new(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));

    private static ImmutableArray<KeyValuePair<string, string>> Read(JsonObject json, string name) =>
        [.. json.GetObject(name)!.Select(p => KeyValuePair.Create(p.Key, p.Value!.GetValue<string>()))];
}
