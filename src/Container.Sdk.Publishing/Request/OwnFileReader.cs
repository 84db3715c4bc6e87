using System.Globalization;

namespace Container.Sdk.Publishing;

/// <summary>From a <c>ContainerFile</c> item to a file of the user's own.</summary>
internal static class OwnFileReader
{
    private const string PathOfItem = "ContainerFile with the Path";

    // In most bases these lead to /usr or /run, or have rights of their own: a layer's folder would take their place.
    private static readonly string[] Links = ["bin", "sbin", "lib", "lib32", "lib64", "libx32", "var/run", "var/lock", "tmp", "var/tmp", "root", "home"];

    /// <summary>Reads an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="folder">The folder that a relative file is relative to.</param>
    /// <exception cref="ContainerException">The code of whatever is malformed or missing.</exception>
    public static OwnFile Read(IProjectItem item, string folder)
    {
        var source = Path.GetFullPath(item.Include, folder);
        if (!File.Exists(source)) throw Diagnostics.FileMissing.Error(source, "ContainerFile names it, and it is not there");
        var path = SettingsReader.ImagePath(PathOfItem, item["Path"]);
        if (item["Path"].EndsWith('/')) path = $"{path.TrimEnd('/')}/{Path.GetFileName(source)}";
        if (path == "/") throw Diagnostics.InvalidImagePath.Error(PathOfItem, path);
        if (Links.FirstOrDefault(l => path.StartsWith($"/{l}/", StringComparison.Ordinal)) is { } link) throw Diagnostics.FileBehindLink.Error(path, $"/{link}");
        var (user, group) = Owner(item["Owner"]);
        return new OwnFile(source, path) { Mode = Mode(item["Mode"]), UserId = user, GroupId = group };
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
