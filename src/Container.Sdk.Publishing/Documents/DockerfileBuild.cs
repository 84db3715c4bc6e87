using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>What a builder has to be told besides the Dockerfile: the file <c>build.json</c>, the step between writing and building.</summary>
public sealed record DockerfileBuild
{
    private const int Version = 1;

    /// <summary>Absolute path of the Dockerfile.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>Absolute path of the folder that it copies from.</summary>
    public required string Context { get; init; }

    /// <summary>Images that its stages start from, by the name there: where that is a tag, by digest.</summary>
    public ImmutableArray<KeyValuePair<string, ImageReference>> Images { get; init; } = [];

    /// <summary>The registries that it reads from.</summary>
    public ImmutableArray<RegistryHost> Registries { get; init; } = [];

    /// <summary>Further folders that it copies from or mounts, by name.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Folders { get; init; } = [];

    /// <summary>Labels that are not in the Dockerfile, because they change when it does not.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>What of the context a build leaves out: the file beside the Dockerfile, else the context's own; <c>null</c>: nothing.</summary>
    public string? IgnoreFile => ((string[])[Dockerfile + ".dockerignore", Path.Combine(Context, ".dockerignore")]).FirstOrDefault(File.Exists);

    /// <summary>Writes it to a file.</summary>
    public void Save(string file) => AtomicFile.Write(file, Encoding.UTF8.GetBytes(Json.ToText(new JsonObject
    {
        ["version"] = Version,
        ["dockerfile"] = Dockerfile,
        ["context"] = Context,
        ["images"] = DocumentReader.Pairs(Images.Select(i => KeyValuePair.Create(i.Key, i.Value.ToString()))),
        ["registries"] = Json.ArrayOf(Registries.Select(r => r.Value)),
        ["folders"] = DocumentReader.Pairs(Folders),
        ["labels"] = DocumentReader.Pairs(Labels),
    })), durable: false);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is something else.</exception>
    public static DockerfileBuild Load(string file) => DocumentReader.Read(File.ReadAllBytes(file), Version, r => new DockerfileBuild
    {
        Dockerfile = r.Text("dockerfile"),
        Context = r.Text("context"),
        Images = r.Parts("images", i => KeyValuePair.Create(i.Text("name"), i.Reference("value"))),
        Registries = [.. r.Texts("registries").Select(RegistryHost.Parse)],
        Folders = r.Pairs("folders"),
        Labels = r.Pairs("labels"),
    });
}
