using System.Text.Json.Nodes;

namespace Container.Sdk.Sources.Tests;

/// <summary>A repository with an app, and beside it a user's folder; with what restore would have written, without running it.</summary>
internal sealed class RestoredApp : IDisposable
{
    private readonly TestFolder _folder = new();

    public RestoredApp()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        Write("repo/src/App/App.csproj", "<Project />");
    }

    public string Root => _folder["repo"];

    public string ProjectFolder => _folder["repo/src/App"];

    public string Project => _folder["repo/src/App/App.csproj"];

    public string ExtensionsPath => _folder["repo/src/App/obj"];

    public string this[string path] => _folder[path];

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], text);
        return _folder[path];
    }

    /// <summary>A configuration with these elements.</summary>
    public string Config(string path, string elements) => Write(path, $"<configuration>{elements}</configuration>");

    public string Feed(string path) => Directory.CreateDirectory(_folder[path]).FullName;

    /// <summary>Writes what restore leaves behind.</summary>
    /// <param name="configs">The configurations that it read, the nearest first.</param>
    /// <param name="sources">The package sources that it used.</param>
    /// <param name="assets">What it found, as <c>project.assets.json</c> has it.</param>
    public RestoredApp Restore(string[] configs, string[] sources, string assets = """{"version": 3, "targets": {}, "libraries": {}}""")
    {
        var restore = new JsonObject
        {
            ["projectUniqueName"] = Project,
            ["projectPath"] = Project,
            ["packagesPath"] = _folder["packages"],
            ["fallbackFolders"] = new JsonArray(_folder["fallback"]),
            ["configFilePaths"] = new JsonArray([.. configs.Select(c => (JsonNode)c)]),
            ["sources"] = new JsonObject(sources.Select(s => KeyValuePair.Create(s, (JsonNode?)new JsonObject()))),
        };
        Write("repo/src/App/obj/App.csproj.nuget.dgspec.json", new JsonObject
        {
            ["format"] = 1,
            ["restore"] = new JsonObject { [Project] = new JsonObject() },
            ["projects"] = new JsonObject { [Project] = new JsonObject { ["version"] = "1.0.0", ["restore"] = restore } },
        }.ToJsonString());
        Write("repo/src/App/obj/project.assets.json", assets);
        return this;
    }

    public RestoreOutput Output => RestoreOutput.Read(Project, ExtensionsPath);

    public NuGetConfigurations Configurations => NuGetConfigurations.Read(Root, ProjectFolder, Output);

    public PackageFeeds Feeds => new(Root, Configurations, Output);

    public void Dispose() => _folder.Dispose();
}
