using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary><c>docker-bake.json</c>: all images of a solution in one command. Each project writes its own target, in whatever order.</summary>
public static class BakeFile
{
    /// <summary>The text with a target in it, in the place of the one that it had; the others stay where their Dockerfiles are still there.</summary>
    /// <param name="text">The text until now; empty where there was none, and as good as empty where it is none of ours.</param>
    /// <param name="target">The target.</param>
    /// <param name="exists">Whether a file is there, by its path from the solution's folder.</param>
    public static string With(string text, BakeTarget target, Func<string, bool> exists)
    {
        var targets = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, value) in Targets(text))
            if (value is JsonObject other && other.GetString("context") is { } context && other.GetString("dockerfile") is { } file && exists($"{context}/{file}")) targets[name] = other.DeepClone();
        targets[target.Name] = Write(target);
        return Json.ToText(new JsonObject
        {
            ["group"] = new JsonObject { ["default"] = new JsonObject { ["targets"] = Json.ArrayOf(targets.Keys) } },
            ["target"] = new JsonObject(targets),
        });
    }

    private static JsonObject Targets(string text)
    {
        try
        {
            return text.Length == 0 ? [] : Json.ParseObject(Encoding.UTF8.GetBytes(text)).GetObject("target") ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonObject Write(BakeTarget target)
    {
        var json = new JsonObject
        {
            ["context"] = target.Context,
            ["dockerfile"] = target.Dockerfile,
            ["platforms"] = Json.ArrayOf([target.Platform]),
            ["tags"] = Json.ArrayOf(target.Tags),
        };
        if (target.Contexts.Count > 0) json["contexts"] = Pairs(target.Contexts);
        if (target.Labels.Count > 0) json["labels"] = Pairs(target.Labels);
        if (target.Secrets.Count > 0) json["secret"] = Json.ArrayOf(target.Secrets);
        return json;
    }

    private static JsonObject Pairs(IReadOnlyCollection<KeyValuePair<string, string>> pairs) => new(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
}

/// <summary>An image of a solution; its paths are relative to the solution's folder.</summary>
/// <param name="Name">The name of the target.</param>
/// <param name="Context">The folder that its Dockerfile copies from.</param>
/// <param name="Dockerfile">Its Dockerfile, from <paramref name="Context"/>.</param>
/// <param name="Platform">Its platform.</param>
/// <param name="Tags">Its names.</param>
public sealed record BakeTarget(string Name, string Context, string Dockerfile, string Platform, IReadOnlyCollection<string> Tags)
{
    /// <summary>Further contexts.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Contexts { get; init; } = [];

    /// <summary>Labels that are not in the Dockerfile.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Where its secrets come from: names of files and of variables, never values.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];
}
