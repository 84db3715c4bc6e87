using System.Text;

namespace Container.Sdk.Planning;

/// <summary>How names and paths of a build in a container are written.</summary>
public static class SourceNames
{
    /// <summary>Where the sources lie in the container.</summary>
    public const string Root = "/source";

    /// <summary>A name for each key; the second of two equal names ends with <c>-2</c>.</summary>
    public static Dictionary<string, string> Unique(IEnumerable<(string Key, string Name)> items)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, name) in items)
        {
            var slug = Slug.Of(name);
            var unique = slug;
            for (var i = 2; names.ContainsValue(unique); i++) unique = $"{slug}-{i}";
            names[key] = unique;
        }
        return names;
    }

    /// <summary>A folder as the place that something is copied to.</summary>
    public static string Target(string folder) => folder.Length == 0 ? "./" : $"{folder}/";

    /// <summary>The folder that a file, or a folder with <c>/</c> at its end, is copied to.</summary>
    public static string FolderOf(string path) =>
        path.EndsWith('/') ? path.TrimEnd('/') : path.Contains('/') ? path[..path.LastIndexOf('/')] : "";

    /// <summary>A path in which nothing is a pattern.</summary>
    public static string Escaped(string path) => path.Replace("[", "[[]", StringComparison.Ordinal).Replace("*", "[*]", StringComparison.Ordinal).Replace("?", "[?]", StringComparison.Ordinal);

    /// <summary>A path as the value of a mount, which is a list with commas.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/></exception>
    public static string Mount(string path) =>
        path.Any(c => c is ',' or '"' or '\'' or '$' or '\\' || char.IsControl(c) || char.IsWhiteSpace(c)) ? throw Diagnostics.NotInDockerfile.Error("The path of a package source", path) : path;

    /// <summary>A property for MSBuild, which has no separator in it.</summary>
    public static string Property(string name, string value) => $"-p:{name}={Plain(value)}";

    private static string Plain(string value)
    {
        var text = new StringBuilder();
        foreach (var c in value) text.Append(c is '%' or ';' or ',' or '"' or '\'' or '$' or '@' or '*' or '?' || char.IsControl(c) ? $"%{(int)c:X2}" : c);
        return text.ToString();
    }
}
