using System.Collections.Immutable;
using System.Globalization;

namespace Container.Sdk.Publishing;

/// <summary>From items to the settings of an image: everything malformed ends here, with a code.</summary>
internal static class SettingsReader
{
    private const string Value = "Value";

    /// <summary>The texts of items.</summary>
    public static ImmutableArray<string> Names(IEnumerable<IProjectItem> items) => [.. items.Select(i => i.Include)];

    /// <summary><c>ContainerEnvironmentVariable</c>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidEnvironmentName"/></exception>
    public static KeyValuePair<string, string> EnvironmentVariable(IProjectItem item) =>
        IsEnvironmentName(item.Include) ? KeyValuePair.Create(item.Include, item[Value]) : throw Diagnostics.InvalidEnvironmentName.Error(item.Include);

    /// <summary><c>ContainerLabel</c>, and labels that are generated.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidLabel"/></exception>
    public static KeyValuePair<string, string> Label(IProjectItem item) =>
        item.Include.Trim().Length == 0 || item.Include.Any(char.IsControl) || item[Value].Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            ? throw Diagnostics.InvalidLabel.Error(item.Include)
            : KeyValuePair.Create(item.Include, item[Value]);

    /// <summary><c>ContainerPort</c>: <c>8080/udp</c> is how Docker writes it; the in-box SDK has the type in metadata.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidPort"/></exception>
    public static string Port(IProjectItem item)
    {
        var parts = item.Include.Split('/', 2);
        var type = item["Type"] is { Length: > 0 } t ? t : parts.Length > 1 ? parts[1] : "tcp";
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
            && type.ToLowerInvariant() is ("tcp" or "udp")
            ? $"{number}/{type.ToLowerInvariant()}"
            : throw Diagnostics.InvalidPort.Error(item.Include, type);
    }

    /// <summary><c>ContainerUser</c>; <c>null</c> where it is empty.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidUser"/></exception>
    public static string? User(string value) =>
        value.Length == 0 ? null
        : value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || value.Count(c => c == ':') > 1 || value.StartsWith(':') || value.EndsWith(':')
            ? throw Diagnostics.InvalidUser.Error(value)
            : value;

    /// <summary>An absolute path in the image, without a slash at its end.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidImagePath"/></exception>
    public static string ImagePath(string property, string value)
    {
        if (!value.StartsWith('/') || value.Split('/').Contains("..") || value.Any(char.IsControl)) throw Diagnostics.InvalidImagePath.Error(property, value);
        return "/" + string.Join('/', value.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."));
    }

    private static bool IsEnvironmentName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
