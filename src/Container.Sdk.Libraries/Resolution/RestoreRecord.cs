using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>What one range got in the last restore.</summary>
/// <param name="Id">The package.</param>
/// <param name="Asked">The range, as <see cref="LibraryRequest.Asked"/> has it.</param>
/// <param name="Version">The version it got.</param>
/// <param name="Repository">Where the image lies.</param>
/// <param name="Digest">The digest of the image's manifest.</param>
/// <param name="Hash">SHA-512 of the package, in base 64.</param>
/// <param name="Direct">Whether the project itself asked.</param>
public sealed record RestoredLibrary(string Id, string Asked, string Version, string Repository, string Digest, string Hash, bool Direct);

/// <summary>
/// The file in obj that remembers what a restore asked and got: as long as the same is asked, restore asks no registry, and
/// builds, which restore nothing, rewrite references as restore did.
/// </summary>
public sealed record RestoreRecord(ImmutableArray<RestoredLibrary> Libraries)
{
    private const int Format = 1;

    /// <summary>Ids that libraries depend on and that no source covered, as <see cref="LibraryResolution.Others"/> has them.</summary>
    public ImmutableArray<string> Others { get; init; } = [];

    /// <summary>Reads a record; <c>null</c> where it is missing, damaged or of another version: then restore asks again.</summary>
    public static RestoreRecord? Read(string path)
    {
        try
        {
            var json = Json.ParseObject(File.ReadAllBytes(path));
            if (json["version"]?.GetValue<int>() != Format) return null;
            return new RestoreRecord([.. json.GetArray("libraries")!.Select(l => ReadLibrary(l!.AsObject()))]) { Others = [.. json.GetStrings("others")] };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException or ArgumentException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Writes the record, where it says something new: its time is what incremental builds look at.</summary>
    public void Write(string path)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(Json.ToText(ToJson()));
        if (!HasContent(path, bytes)) AtomicFile.Write(path, bytes, durable: false);
    }

    /// <summary>Whether exactly this was asked then, and would be looked for in the same places now.</summary>
    /// <param name="directRequests">What the project asks for; what no source covers is not looked at.</param>
    /// <param name="sources">The present sources.</param>
    public bool Answers(IEnumerable<LibraryRequest> directRequests, LibrarySources sources)
    {
        var then = new HashSet<LibraryRequest>();
        foreach (var library in Libraries)
        {
            if (!PackageId.TryParse(library.Id, out var id) || LibraryRequest.ReadRange(library.Asked) is not { } range) return false;
            if (sources.Find(id)?.ToString() != library.Repository) return false;
            if (library.Direct) then.Add(new LibraryRequest(id, range));
        }
        return then.SetEquals(directRequests.Where(r => sources.Covers(r.Id.Value))) && !Others.Any(sources.Covers);
    }

    private JsonObject ToJson() => new()
    {
        ["version"] = Format,
        ["libraries"] = new JsonArray([.. Libraries.OrderBy(l => l.Id, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.Asked, StringComparer.Ordinal).Select(l => (JsonNode)new JsonObject
        {
            ["id"] = l.Id,
            ["asked"] = l.Asked,
            ["version"] = l.Version,
            ["repository"] = l.Repository,
            ["digest"] = l.Digest,
            ["hash"] = l.Hash,
            ["direct"] = l.Direct,
        })]),
        ["others"] = Json.ArrayOf(Others.Order(StringComparer.OrdinalIgnoreCase)),
    };

    private static RestoredLibrary ReadLibrary(JsonObject json)
    {
        return new(Text("id"), Text("asked"), Text("version"), Text("repository"), Text("digest"), Text("hash"), json["direct"]!.GetValue<bool>());

        string Text(string name) => json.GetString(name) ?? throw new JsonException($"'{name}' is missing");
    }

    private static bool HasContent(string path, byte[] bytes)
    {
        try { return File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }
}
