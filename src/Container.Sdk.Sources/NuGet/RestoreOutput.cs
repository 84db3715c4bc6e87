using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>What restore knew: the package sources and configurations that count, and the frameworks that were chosen.</summary>
internal sealed class RestoreGraph
{
    private readonly JsonObject _restore;
    private readonly JsonObject _assets;
    private readonly string _folder;

    private RestoreGraph(JsonObject restore, JsonObject assets, string folder) => (_restore, _assets, _folder) = (restore, assets, folder);

    /// <summary>The NuGet configurations, the nearest first.</summary>
    public IReadOnlyList<string> ConfigFiles => _restore.GetStrings("configFilePaths");

    /// <summary>The package sources: addresses and absolute folders.</summary>
    public IReadOnlyList<string> Sources => [.. (_restore.GetObject("sources") ?? []).Select(s => s.Key)];

    /// <summary>The folders that packages are expanded to.</summary>
    public IReadOnlyList<string> PackageFolders => [.. _restore.GetStrings("fallbackFolders"), .. _restore.GetString("packagesPath") is { } path ? (string[])[path] : []];

    /// <summary>Reads what restore left for a project.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourcesNotRestored"/></exception>
    public static RestoreGraph Read(string project, string extensions)
    {
        var name = Path.GetFileName(project);
        try
        {
            var graph = Json.ParseObject(File.ReadAllBytes(Path.Combine(extensions, $"{name}.nuget.dgspec.json")));
            var assets = Json.ParseObject(File.ReadAllBytes(Path.Combine(extensions, "project.assets.json")));
            var restore = graph.GetObject("projects")?.GetObject(project)?.GetObject("restore") ?? throw new JsonException($"{name} is not in its own graph");
            return new RestoreGraph(restore, assets, Path.GetDirectoryName(project)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Diagnostics.SourcesNotRestored.Error(e, Path.GetFileNameWithoutExtension(project), e.Message);
        }
    }

    /// <summary>The framework that restore chose of a referenced project, as NuGet names it; empty where it did not.</summary>
    /// <param name="project">The project.</param>
    /// <param name="framework">The framework that the app is published for, as the project names it.</param>
    public string FrameworkOf(string project, string framework)
    {
        var library = (_assets.GetObject("libraries") ?? []).FirstOrDefault(l => l.Value is JsonObject o && o.GetString("msbuildProject") is { } path && Path.GetFullPath(path, _folder) == project).Key;
        if (library is null) return "";
        return (_assets.GetObject("targets") ?? []).OrderByDescending(t => IsFor(t.Key.Split('/')[0])).Select(t => (t.Value as JsonObject)?.GetObject(library)?.GetString("framework")).FirstOrDefault(f => f is not null) ?? "";

        // Newer restores name a target as the project does, older ones by its moniker.
        bool IsFor(string target) => framework.Length > 3 && (target == framework || target == $".NETCoreApp,Version=v{framework[3..]}");
    }
}
