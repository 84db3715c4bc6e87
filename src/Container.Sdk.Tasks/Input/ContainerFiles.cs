using System.Globalization;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From <c>ContainerFile</c> items to layers: one for each owner, at the bottom of all.</summary>
internal static class ContainerFiles
{
    // In most bases these lead to /usr or /run, or have rights of their own: a layer's folder would take their place.
    private static readonly string[] Links = ["bin", "sbin", "lib", "lib32", "lib64", "libx32", "var/run", "var/lock", "tmp", "var/tmp", "root", "home"];

    /// <exception cref="ContainerException">The code of whatever is malformed or missing.</exception>
    public static IEnumerable<PlannedLayer> Read(ITaskItem[] items, string folder, IReadOnlyCollection<string> allowed)
    {
        var files = items.Select(i => Read(i, folder)).OrderBy(f => f.Path, EntryOrder.Instance).ToList();
        foreach (var same in files.GroupBy(f => f.Path, StringComparer.Ordinal).Where(g => g.Count() > 1))
            throw Diagnostics.SamePathTwice.Error(same.Key, same.First().Source, same.Last().Source);
        SecretCheck.Check(files.Select(f => new PublishedFile(f.Source, f.Path, new FileInfo(f.Source).Length, new FileOrigin(OriginKind.File))), allowed);
        return files.GroupBy(f => (f.UserId, f.GroupId)).OrderBy(g => g.Key).Select(g =>
        {
            var name = g.Key == (0, 0) ? "files" : $"files of {g.Key.UserId}:{g.Key.GroupId}";
            return new PlannedLayer(name, OriginKind.File, [name], [.. g]);
        });
    }

    private static PlannedFile Read(ITaskItem item, string folder)
    {
        var source = Path.GetFullPath(item.ItemSpec, folder);
        if (!File.Exists(source)) throw Diagnostics.FileMissing.Error(source, "ContainerFile names it, and it is not there");
        var path = SettingsReader.ImagePath("ContainerFile with the Path", item.GetMetadata("Path"));
        if (item.GetMetadata("Path").EndsWith('/')) path = $"{path.TrimEnd('/')}/{Path.GetFileName(source)}";
        if (path == "/") throw Diagnostics.InvalidImagePath.Error("ContainerFile with the Path", path);
        if (Links.FirstOrDefault(l => path.StartsWith($"/{l}/", StringComparison.Ordinal)) is { } link) throw Diagnostics.FileBehindLink.Error(path, $"/{link}");
        var (user, group) = Owner(item.GetMetadata("Owner"));
        return new PlannedFile(source, path[1..], Mode(item.GetMetadata("Mode")) ?? (ProgramFile.IsProgram(source) ? LayerEntry.ProgramMode : LayerEntry.DataMode)) { UserId = user, GroupId = group };
    }

    private static UnixFileMode? Mode(string mode)
    {
        if (mode.Length == 0) return null;
        return mode.Length is 3 or 4 && mode.All(c => c is >= '0' and <= '7') ? (UnixFileMode)Convert.ToInt32(mode, 8) : throw Diagnostics.InvalidNumber.Error("Mode of ContainerFile", mode, "an octal number such as 0644");
    }

    // Names are known only to the image.
    private static (int User, int Group) Owner(string owner)
    {
        if (owner.Length == 0) return (0, 0);
        var parts = owner.Split(':');
        return parts.Length <= 2 && parts.All(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? (Number(parts[0]), Number(parts[^1]))
            : throw Diagnostics.InvalidNumber.Error("Owner of ContainerFile", owner, "a number, or two with ':' between, user and group");

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
