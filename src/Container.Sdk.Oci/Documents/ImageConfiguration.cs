using System.Text.Json;
using System.Text.Json.Nodes;

namespace Container.Sdk.Oci;

/// <summary>
/// The configuration of an image: OCI image specification, config.md. It keeps the document as it was read, so that
/// whatever is not changed here (health check, shell, stop signal, <c>variant</c>, <c>os.version</c>, and what is not
/// invented yet) comes out as it came in.
/// </summary>
public sealed class ImageConfiguration
{
    private readonly JsonObject _json;

    private ImageConfiguration(JsonObject json) => _json = json;

    /// <summary>The configuration of <c>scratch</c>.</summary>
    public static ImageConfiguration Empty(Platform platform)
    {
        var json = new JsonObject { ["architecture"] = platform.Architecture, ["os"] = platform.Os };
        if (platform.Variant is not null && platform.Architecture == "arm") json["variant"] = platform.Variant;
        return new(json);
    }

    /// <summary>Reads a configuration.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="name">What it is the configuration of, for messages.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotAnImage"/></exception>
    public static ImageConfiguration Parse(ReadOnlySpan<byte> utf8, string name)
    {
        try
        {
            var configuration = new ImageConfiguration(Json.ParseObject(utf8));
            configuration.ReadAll();
            return configuration;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Diagnostics.NotAnImage.Error(e, name, $"its configuration cannot be read, {e.Message}");
        }
    }

    /// <summary>The platform that the image is for.</summary>
    public Platform Platform => new(
        _json.GetString("os") ?? throw new JsonException("it has no 'os'"),
        _json.GetString("architecture") ?? throw new JsonException("it has no 'architecture'"),
        NotEmpty("variant"), NotEmpty("os.version"));

    /// <summary>The digests of the uncompressed layers, from the bottom.</summary>
    public IReadOnlyList<Digest> DiffIds => _json.GetObject("rootfs") is { } rootfs
        ? [.. rootfs.GetStrings("diff_ids").Select(d => Digest.TryParse(d, out var digest) ? digest : throw new JsonException("a diff id is no digest"))]
        : [];

    /// <summary>The environment, in its order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment =>
        [.. Settings.GetStrings("Env").Select(e => e.Split('=', 2)).Select(e => KeyValuePair.Create(e[0], e.Length > 1 ? e[1] : ""))];

    /// <summary>The entrypoint; empty where there is none.</summary>
    public IReadOnlyList<string> Entrypoint => Settings.GetStrings("Entrypoint");

    /// <summary>The command; empty where there is none.</summary>
    public IReadOnlyList<string> Command => Settings.GetStrings("Cmd");

    /// <summary>The user, or <c>null</c>.</summary>
    public string? User => Settings.GetString("User") is { Length: > 0 } user ? user : null;

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels =>
        Settings.GetObject("Labels")?.ToDictionary(l => l.Key, l => l.Value?.ToString() ?? "", StringComparer.Ordinal) ?? [];

    /// <summary>The exposed ports, as <c>8080/tcp</c>.</summary>
    public IEnumerable<string> ExposedPorts => Settings.GetObject("ExposedPorts")?.Select(p => p.Key) ?? [];

    /// <summary>The volumes.</summary>
    public IEnumerable<string> Volumes => Settings.GetObject("Volumes")?.Select(p => p.Key) ?? [];

    /// <summary>How many entries of the history made a layer.</summary>
    public int LayersInHistory => _json.GetArray("history")?.Count(h => h is JsonObject entry && !IsEmptyLayer(entry)) ?? 0;

    /// <summary>What the history says of each layer, from the bottom.</summary>
    public IReadOnlyList<string> LayerHistory =>
        [.. _json.GetArray("history")?.OfType<JsonObject>().Where(h => !IsEmptyLayer(h)).Select(h => h.GetString("created_by") ?? "") ?? []];

    // Whatever is malformed is found when the image is read, and not when it is used.
    private void ReadAll()
    {
        _ = (Platform, DiffIds, Environment, Entrypoint, Command, User, Labels, LayerHistory);
        _ = (ExposedPorts.Count(), Volumes.Count(), LayersInHistory);
    }

    private string? NotEmpty(string name) => _json.GetString(name) is { Length: > 0 } text ? text : null;

    private JsonObject Settings => _json.GetObject("config") ?? [];

    /// <summary>The configuration with other settings, and with layers on top.</summary>
    public ImageConfiguration With(ConfigurationChanges changes)
    {
        var json = _json.DeepClone().AsObject();
        if (json["config"] is null) json["config"] = new JsonObject();
        var config = json["config"]!.AsObject();

        Set("Env", Json.ArrayOf(changes.Environment.Select(e => $"{e.Key}={e.Value}")), changes.Environment.Count > 0);
        Set("Entrypoint", Json.ArrayOf(changes.Entrypoint), changes.Entrypoint.Count > 0);
        Set("Cmd", Json.ArrayOf(changes.Command), changes.Command.Count > 0);
        Set("User", changes.User is null ? null : JsonValue.Create(changes.User), changes.User is not null);
        Set("WorkingDir", JsonValue.Create(changes.WorkingDirectory), changes.WorkingDirectory.Length > 0);
        Set("ExposedPorts", Names(changes.ExposedPorts), changes.ExposedPorts.Count > 0);
        Set("Volumes", Names(changes.Volumes), changes.Volumes.Count > 0);
        Set("Labels", new JsonObject(changes.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))), changes.Labels.Count > 0);

        var history = json["history"] as JsonArray ?? [];
        json.Remove("history");
        // Some builders leave the history out. With an entry for each of the base's layers, ours stand at the right place.
        for (var missing = DiffIds.Count - LayersInHistory; missing > 0; missing--)
            history.Add(new JsonObject { ["created"] = changes.Created, ["created_by"] = "base image" });
        foreach (var layer in changes.Layers)
            history.Add(new JsonObject { ["created"] = changes.Created, ["created_by"] = layer.CreatedBy });
        json["created"] = changes.Created;
        json["rootfs"] = new JsonObject
        {
            ["type"] = "layers",
            ["diff_ids"] = Json.ArrayOf(DiffIds.Concat(changes.Layers.Select(l => l.DiffId)).Select(d => d.ToString())),
        };
        json["history"] = history;
        return new ImageConfiguration(json);

        void Set(string name, JsonNode? value, bool present)
        {
            config.Remove(name);
            if (present) config[name] = value;
        }

        static JsonObject Names(IEnumerable<string> names) => new(names.Order(StringComparer.Ordinal).Select(n => KeyValuePair.Create(n, (JsonNode?)new JsonObject())));
    }

    /// <summary>The bytes that are stored and hashed.</summary>
    public byte[] ToBytes() => Json.ToBytes(_json);

    private static bool IsEmptyLayer(JsonObject entry) => entry["empty_layer"] is JsonValue v && v.TryGetValue<bool>(out var empty) && empty;
}

/// <summary>All that an image sets on top of its base. Every value is the whole, final one.</summary>
public sealed record ConfigurationChanges
{
#pragma warning disable CS1591 // The names are those of the specification.
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
    public IReadOnlyList<string> Entrypoint { get; init; } = [];
    public IReadOnlyList<string> Command { get; init; } = [];
    public string? User { get; init; }
    public string WorkingDirectory { get; init; } = "";
    public IReadOnlyCollection<string> ExposedPorts { get; init; } = [];
    public IReadOnlyCollection<string> Volumes { get; init; } = [];
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
#pragma warning restore CS1591

    /// <summary>RFC 3339; the same for the image and each of its history entries.</summary>
    public required string Created { get; init; }

    /// <summary>The new layers, from the bottom.</summary>
    public IReadOnlyList<(Digest DiffId, string CreatedBy)> Layers { get; init; } = [];
}
